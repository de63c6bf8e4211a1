from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints

# The ledger of consents stays append-only for who serves: what may go, and when, is said here alone.
FORGET_CONSENTS = """
CREATE FUNCTION forget_consents(most integer) RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  WITH over AS (
    SELECT c.id FROM consent c JOIN customer k ON k.id = c.customer_id
    WHERE k.closed_at < now() - interval '3 years' ORDER BY c.id LIMIT most FOR UPDATE OF c SKIP LOCKED
  ), gone AS (DELETE FROM consent c USING over WHERE c.id = over.id RETURNING 1)
  SELECT count(*)::integer FROM gone
$$;
REVOKE ALL ON FUNCTION forget_consents(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_consents(integer) TO yougou_app
"""


class Migration(migrations.Migration):
    dependencies = [("shop", "0028_offer_holds")]

    initial = False

    operations = [
        ops.CreateModel(
            name="RetentionReport",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("run_on", fields.DateField()),
                ("started_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("finished_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("removed", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
            ],
            options={
                "table": "retention_report",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "What one day's purge removed: counts by table, nothing of whom.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "RetentionReport",
            [
                UniqueConstraint(fields=("run_on",), name="retention_report_run_on_key"),
                CheckConstraint(check="jsonb_typeof(removed) = 'object'", name="retention_report_counts"),
            ],
        ),
        ops.RunSQL(FORGET_CONSENTS, reverse_sql="DROP FUNCTION forget_consents"),
    ]
