"""Who looks after stock: clerks at their points, quality management everywhere; administrators look on."""

from tortoise import migrations
from tortoise.migrations import operations as ops

GIVE = """
UPDATE role SET scopes = scopes || '{stock:read,stock:write}' WHERE code = 'STORE_CLERK';
UPDATE role SET scopes = scopes || '{points:all,stock:read,stock:write}' WHERE code = 'QUALITY_MANAGER';
UPDATE role SET scopes = scopes || '{points:all,stock:read}' WHERE code = 'ADMINISTRATOR'
"""
TAKE = """
UPDATE role SET scopes = array_remove(array_remove(array_remove(scopes, 'points:all'), 'stock:read'), 'stock:write')
"""


class Migration(migrations.Migration):
    dependencies = [("shop", "0031_carts")]

    operations = [ops.RunSQL(GIVE, reverse_sql=TAKE)]
