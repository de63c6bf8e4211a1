"""Administrators look after jobs that failed."""

from tortoise import migrations
from tortoise.migrations import operations as ops

GIVE = "UPDATE role SET scopes = array_append(scopes, 'jobs:manage') WHERE code = 'ADMINISTRATOR'"
TAKE = "UPDATE role SET scopes = array_remove(scopes, 'jobs:manage') WHERE code = 'ADMINISTRATOR'"


class Migration(migrations.Migration):
    dependencies = [("shop", "0044_phone_tails")]
    initial = False
    operations = [ops.RunSQL(GIVE, reverse_sql=TAKE)]
