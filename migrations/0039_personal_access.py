"""Staff see customers masked; each number they see whole is written down, and how often they look is limited."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.accounts.enums import Looking, PersonalValue
from app.kit.add_constraints import AddConstraints

SCOPES = """
UPDATE role SET scopes = scopes || '{customers:read,customers:reveal}' WHERE code = 'STORE_CLERK';
UPDATE role SET scopes = scopes || '{customers:names,customers:read,customers:reveal}' WHERE code = 'ADMINISTRATOR'
"""
WITHOUT = """
UPDATE role SET scopes = array_remove(array_remove(array_remove(scopes, 'customers:names'), 'customers:read'),
  'customers:reveal')
"""
# The ledger stays append-only for who serves: what may go, and when, is said here alone.
LEDGER = "REVOKE UPDATE, DELETE ON personal_access FROM yougou_app"
FORGET = """
CREATE FUNCTION forget_personal_access(most integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  WITH over AS (
    SELECT a.id FROM personal_access a
    WHERE a.seen_at < now() - interval '3 years' ORDER BY a.id LIMIT most FOR UPDATE SKIP LOCKED
  ), gone AS (DELETE FROM personal_access a USING over WHERE a.id = over.id RETURNING 1)
  SELECT count(*)::integer FROM gone
$$;
REVOKE ALL ON FUNCTION forget_personal_access(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_personal_access(integer) TO yougou_app
"""


class Migration(migrations.Migration):
    dependencies = [("shop", "0038_notices")]
    initial = False
    operations = [
        ops.CreateModel(
            name="LookingAllowance",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "shop.Staff",
                        source_field="staff_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("kind", fields.CharEnumField(enum_type=Looking, max_length=24)),
                ("began_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used", fields.IntField()),
            ],
            options={
                "table": "looking_allowance",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "How often a member of staff looked customers up, or saw one unmasked, in the hour that began then.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "LookingAllowance",
            [
                CheckConstraint(check="kind IN ('LOOKUP', 'REVEAL')", name="looking_allowance_kind_known"),
                UniqueConstraint(fields=("staff_id", "kind"), name="looking_allowance_staff_id_kind_key"),
                CheckConstraint(check="used > 0", name="looking_allowance_used_positive"),
            ],
        ),
        ops.CreateModel(
            name="PersonalAccess",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "shop.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "shop.Staff",
                        source_field="staff_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("value", fields.CharEnumField(enum_type=PersonalValue, max_length=24)),
                ("reason", fields.CharField(max_length=200)),
                ("trace_id", fields.CharField(null=True, max_length=32)),
                ("seen_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "personal_access",
                "app": "shop",
                "indexes": [
                    Index(fields=["customer_id", "id"], name="personal_access_by_customer"),
                    Index(fields=["staff_id", "id"], name="personal_access_by_staff"),
                    Index(fields=["seen_at"], name="personal_access_by_age"),
                ],
                "pk_attr": "id",
                "table_description": "That a member of staff saw a value of a customer unmasked, and why; never the value. Append-only.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "PersonalAccess",
            [
                CheckConstraint(check="value IN ('PHONE')", name="personal_access_value_known"),
                CheckConstraint(check="char_length(reason) BETWEEN 5 AND 200", name="personal_access_reason_given"),
            ],
        ),
        ops.RunSQL(LEDGER, reverse_sql="GRANT UPDATE, DELETE ON personal_access TO yougou_app"),
        ops.RunSQL(FORGET, reverse_sql="DROP FUNCTION forget_personal_access(integer)"),
        ops.RunSQL(SCOPES, reverse_sql=WITHOUT),
    ]
