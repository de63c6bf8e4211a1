"""What the serving role may do: everything to live tables, only add to ledgers (DESIGN rule 6)."""

from tortoise import migrations
from tortoise.migrations import operations as ops

GRANTS = """
GRANT USAGE ON SCHEMA public TO yougou_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO yougou_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO yougou_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO yougou_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO yougou_app;
REVOKE UPDATE, DELETE ON audit_entry, consent, price_history, trace_event, lot_event, lot_seal,
  stock_movement, coupon_redemption FROM yougou_app;
REVOKE INSERT, UPDATE, DELETE ON tortoise_migrations FROM yougou_app
"""
REVOKES = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM yougou_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM yougou_app;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM yougou_app;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM yougou_app
"""


class Migration(migrations.Migration):
    dependencies = [("shop", "0013_jobs")]

    operations = [ops.RunSQL(GRANTS, reverse_sql=REVOKES)]
