"""Whoever finds something wrong with a product takes it off at once: editors, approvers and quality managers."""

from tortoise import migrations
from tortoise.migrations import operations as ops

ROLES = "code IN ('CATALOGUE_EDITOR', 'CATALOGUE_APPROVER', 'QUALITY_MANAGER')"
GIVE = f"UPDATE role SET scopes = array_append(scopes, 'catalog:unpublish') WHERE {ROLES}"
TAKE = f"UPDATE role SET scopes = array_remove(scopes, 'catalog:unpublish') WHERE {ROLES}"


class Migration(migrations.Migration):
    dependencies = [("shop", "0042_messages")]
    initial = False
    operations = [ops.RunSQL(GIVE, reverse_sql=TAKE)]
