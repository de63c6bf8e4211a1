from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.holds.enums import HoldOutcome
from app.inventory.enums import StockHoldOutcome
from app.kit.add_constraints import AddConstraints

# what is held beyond its time: read with every shelf and slot, and by the sweep; few rows at any time
ENDING = """
CREATE INDEX stock_hold_ending ON stock_hold (stock_lot_id, expires_at) INCLUDE (quantity)
  WHERE ended_at IS NULL AND expires_at IS NOT NULL;
CREATE INDEX slot_hold_ending ON slot_hold (pickup_slot_id, expires_at)
  WHERE released_at IS NULL AND expires_at IS NOT NULL;
CREATE INDEX coupon_hold_ending ON coupon_hold (expires_at) WHERE released_at IS NULL AND expires_at IS NOT NULL
"""
NOTHING_ENDING = "DROP INDEX stock_hold_ending; DROP INDEX slot_hold_ending; DROP INDEX coupon_hold_ending"


class Migration(migrations.Migration):
    dependencies = [("shop", "0024_data_requests")]
    initial = False
    operations = [
        ops.CreateModel(
            name="Hold",
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
                ("address_index", fields.BinaryField()),
                ("started_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("extended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("outcome", fields.CharEnumField(null=True, enum_type=HoldOutcome, max_length=24)),
            ],
            options={
                "table": "hold",
                "app": "shop",
                "indexes": [
                    Index(fields=["customer_id", "started_at"], name="hold_by_customer"),
                    Index(fields=["address_index", "started_at"], name="hold_by_address"),
                ],
                "pk_attr": "id",
                "table_description": "Stock, a slot's place and a coupon kept together for one customer while she checks out.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Hold",
            [
                CheckConstraint(check="outcome IN ('PLACED', 'RELEASED', 'EXPIRED')", name="hold_outcome_known"),
                UniqueConstraint(fields=("customer_id",), name="hold_customer_id_key", condition="ended_at IS NULL"),
                CheckConstraint(check="(ended_at IS NULL) = (outcome IS NULL)", name="hold_ended_has_outcome"),
                CheckConstraint(
                    check="expires_at > started_at AND extended_at >= started_at", name="hold_expires_later"
                ),
                CheckConstraint(check="octet_length(address_index) = 32", name="hold_address_length"),
            ],
        ),
        ops.CreateModel(
            name="CouponHold",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "hold",
                    fields.ForeignKeyField(
                        "shop.Hold",
                        source_field="hold_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "coupon_code",
                    fields.ForeignKeyField(
                        "shop.CouponCode",
                        source_field="coupon_code_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("expires_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("released_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "coupon_hold",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A code kept for a checkout, and then for its order. Written and ended only by who has the code's row locked.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "CouponHold",
            [
                UniqueConstraint(
                    fields=("coupon_code_id",), name="coupon_hold_coupon_code_id_key", condition="released_at IS NULL"
                ),
                UniqueConstraint(fields=("hold_id",), name="coupon_hold_hold_id_key", condition="released_at IS NULL"),
            ],
        ),
        ops.CreateModel(
            name="SlotHold",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "hold",
                    fields.ForeignKeyField(
                        "shop.Hold",
                        source_field="hold_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "pickup_slot",
                    fields.ForeignKeyField(
                        "shop.PickupSlot",
                        source_field="pickup_slot_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("expires_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("released_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "slot_hold",
                "app": "shop",
                "indexes": [Index(fields=["pickup_slot_id"], name="slot_hold_by_slot")],
                "pk_attr": "id",
                "table_description": "A place in a slot kept for a checkout, and then for its order: counted in the slot's `reserved` while it lives.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="SlotHold",
            constraint=UniqueConstraint(
                fields=("hold_id",), name="slot_hold_hold_id_key", condition="released_at IS NULL"
            ),
        ),
        ops.CreateModel(
            name="StockHold",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "hold",
                    fields.ForeignKeyField(
                        "shop.Hold",
                        source_field="hold_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "stock_lot",
                    fields.ForeignKeyField(
                        "shop.StockLot",
                        source_field="stock_lot_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("quantity", fields.IntField()),
                ("expires_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("outcome", fields.CharEnumField(null=True, enum_type=StockHoldOutcome, max_length=24)),
            ],
            options={
                "table": "stock_hold",
                "app": "shop",
                "indexes": [Index(fields=["hold_id"], name="stock_hold_by_hold")],
                "pk_attr": "id",
                "table_description": "Units of one stock lot kept for a checkout, and then for its order: counted in the lot's `held` while it lives.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "StockHold",
            [
                CheckConstraint(check="outcome IN ('RELEASED', 'SOLD')", name="stock_hold_outcome_known"),
                UniqueConstraint(
                    fields=("stock_lot_id", "hold_id"),
                    name="stock_hold_stock_lot_id_hold_id_key",
                    condition="ended_at IS NULL",
                ),
                CheckConstraint(check="quantity > 0", name="stock_hold_quantity_positive"),
                CheckConstraint(check="(ended_at IS NULL) = (outcome IS NULL)", name="stock_hold_ended_has_outcome"),
            ],
        ),
        ops.RunSQL(ENDING, reverse_sql=NOTHING_ENDING),
    ]
