from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.inventory.enums import MovementKind
from app.kit.add_constraints import AddConstraints


class Migration(migrations.Migration):
    dependencies = [("shop", "0008_papers")]

    initial = False

    operations = [
        ops.CreateModel(
            name="StockLot",
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
                (
                    "sku",
                    fields.ForeignKeyField(
                        "shop.Sku",
                        source_field="sku_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "lot",
                    fields.ForeignKeyField(
                        "shop.Lot",
                        source_field="lot_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("on_hand", fields.IntField()),
                ("held", fields.IntField(default=0)),
                ("updated_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "stock_lot",
                "app": "shop",
                "indexes": [Index(fields=["lot_id"], name="stock_lot_by_lot")],
                "pk_attr": "id",
                "table_description": "How many units of a SKU from one lot stand at a pickup point, and how many of them are held.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "StockLot",
            [
                UniqueConstraint(
                    fields=("sku_id", "pickup_point_id", "lot_id"), name="stock_lot_sku_id_pickup_point_id_lot_id_key"
                ),
                CheckConstraint(check="held BETWEEN 0 AND on_hand", name="stock_lot_within_on_hand"),
            ],
        ),
        ops.CreateModel(
            name="StockMovement",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
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
                (
                    "kind",
                    fields.CharEnumField(
                        description="RECEIVE: RECEIVE\nADJUST: ADJUST\nWRITE_OFF: WRITE_OFF\nTRANSFER: TRANSFER\nHOLD: HOLD\nRELEASE: RELEASE\nSELL: SELL\nRETURN: RETURN",
                        enum_type=MovementKind,
                        max_length=24,
                    ),
                ),
                ("on_hand_delta", fields.IntField()),
                ("held_delta", fields.IntField()),
                ("reason", fields.CharField(null=True, max_length=120)),
                ("caller", fields.CharField(max_length=60)),
                ("moved_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "stock_movement",
                "app": "shop",
                "indexes": [Index(fields=["stock_lot_id", "moved_at"], name="stock_movement_by_lot")],
                "pk_attr": "id",
                "table_description": "One change of a stock lot. Append-only: the sums of its deltas are the stock lot's counters.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "StockMovement",
            [
                CheckConstraint(
                    check="kind IN ('RECEIVE', 'ADJUST', 'WRITE_OFF', 'TRANSFER', 'HOLD', 'RELEASE', 'SELL', 'RETURN')",
                    name="stock_movement_kind_known",
                ),
                CheckConstraint(check="on_hand_delta <> 0 OR held_delta <> 0", name="stock_movement_moves_something"),
                CheckConstraint(
                    check="CASE kind WHEN 'RECEIVE' THEN on_hand_delta > 0 AND held_delta = 0 WHEN 'RETURN' THEN on_hand_delta > 0 AND held_delta = 0 WHEN 'WRITE_OFF' THEN on_hand_delta < 0 AND held_delta = 0 WHEN 'HOLD' THEN on_hand_delta = 0 AND held_delta > 0 WHEN 'RELEASE' THEN on_hand_delta = 0 AND held_delta < 0 WHEN 'SELL' THEN on_hand_delta < 0 AND held_delta <= 0 ELSE held_delta = 0 END",
                    name="stock_movement_direction_by_kind",
                ),
            ],
        ),
    ]
