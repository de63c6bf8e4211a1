from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints
from app.kit.fields import WallTimeField

NO_OVERLAP = """
ALTER TABLE slot_rule ADD CONSTRAINT slot_rule_no_overlap EXCLUDE USING gist (
  pickup_point_id WITH =, weekday WITH =,
  int4range(extract(epoch FROM starts_at)::int, extract(epoch FROM ends_at)::int) WITH &&) WHERE (is_active);
ALTER TABLE extra_slot ADD CONSTRAINT extra_slot_no_overlap EXCLUDE USING gist (
  pickup_point_id WITH =, opens_on WITH =,
  int4range(extract(epoch FROM starts_at)::int, extract(epoch FROM ends_at)::int) WITH &&);
ALTER TABLE pickup_slot DROP CONSTRAINT pickup_slot_no_overlap;
ALTER TABLE pickup_slot ADD CONSTRAINT pickup_slot_no_overlap EXCLUDE USING gist (
  pickup_point_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (withdrawn_at IS NULL)
"""
OVERLAP = """
ALTER TABLE slot_rule DROP CONSTRAINT slot_rule_no_overlap;
ALTER TABLE extra_slot DROP CONSTRAINT extra_slot_no_overlap;
DELETE FROM pickup_slot WHERE withdrawn_at IS NOT NULL;
ALTER TABLE pickup_slot DROP CONSTRAINT pickup_slot_no_overlap;
ALTER TABLE pickup_slot ADD CONSTRAINT pickup_slot_no_overlap EXCLUDE USING gist (
  pickup_point_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
"""
SCOPE = "UPDATE role SET scopes = array_append(scopes, 'pickup:manage') WHERE code = 'ADMINISTRATOR'"
WITHOUT = "UPDATE role SET scopes = array_remove(scopes, 'pickup:manage') WHERE code = 'ADMINISTRATOR'"


class Migration(migrations.Migration):
    dependencies = [("shop", "0034_orders")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ExtraSlot",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "pickup_point",
                    fields.ForeignKeyField(
                        "shop.PickupPoint",
                        source_field="pickup_point_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("opens_on", fields.DateField()),
                ("starts_at", WallTimeField(auto_now=False, auto_now_add=False)),
                ("ends_at", WallTimeField(auto_now=False, auto_now_add=False)),
                ("cutoff_days_before", fields.SmallIntField()),
                ("cutoff_at", WallTimeField(auto_now=False, auto_now_add=False)),
                ("capacity", fields.IntField()),
            ],
            options={
                "table": "extra_slot",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A window on one day beside the weekly rules: before a holiday, or on a weekday without any.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "ExtraSlot",
            [
                CheckConstraint(check="starts_at < ends_at", name="extra_slot_window"),
                CheckConstraint(check="capacity > 0", name="extra_slot_capacity_positive"),
                CheckConstraint(
                    check="cutoff_days_before BETWEEN 0 AND 7 AND (cutoff_days_before > 0 OR cutoff_at <= starts_at)",
                    name="extra_slot_cutoff_before",
                ),
            ],
        ),
        ops.RemoveConstraint(model_name="PickupSlot", name="pickup_slot_pickup_point_id_starts_at_key", fields=None),
        ops.AddField(
            model_name="PickupSlot",
            name="withdrawn_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        AddConstraints(
            "PickupSlot",
            [
                UniqueConstraint(
                    fields=("pickup_point_id", "starts_at"),
                    name="pickup_slot_pickup_point_id_starts_at_key",
                    condition="withdrawn_at IS NULL",
                ),
                CheckConstraint(check="withdrawn_at IS NULL OR reserved = 0", name="pickup_slot_withdrawn_is_empty"),
            ],
        ),
        ops.RemoveConstraint(
            model_name="SlotRule", name="slot_rule_pickup_point_id_weekday_starts_at_key", fields=None
        ),
        ops.RunSQL(NO_OVERLAP, reverse_sql=OVERLAP),
        ops.RunSQL(SCOPE, reverse_sql=WITHOUT),
    ]
