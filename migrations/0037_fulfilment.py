"""What a clerk does with an order: units taken off, substitutes offered, codes tried."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints
from app.orders.enums import ShortCause, SubstitutionState

LEDGER = "REVOKE UPDATE, DELETE ON order_line_short FROM yougou_app"
LIVE = "GRANT UPDATE, DELETE ON order_line_short TO yougou_app"
WAITING = "CREATE INDEX customer_order_waiting ON customer_order (pickup_slot_id) WHERE status = 'READY'"
NO_WAITING = "DROP INDEX customer_order_waiting"
# administrators serve at every point; clerks have the scope since staff signs in
GIVE = "UPDATE role SET scopes = scopes || '{pickup:serve}' WHERE code = 'ADMINISTRATOR'"
TAKE = "UPDATE role SET scopes = array_remove(scopes, 'pickup:serve') WHERE code = 'ADMINISTRATOR'"


class Migration(migrations.Migration):
    dependencies = [("shop", "0036_publishing")]
    initial = False
    operations = [
        ops.CreateModel(
            name="OrderLineShort",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "order_line",
                    fields.ForeignKeyField(
                        "shop.OrderLine",
                        source_field="order_line_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "stock_hold",
                    fields.ForeignKeyField(
                        "shop.StockHold",
                        source_field="stock_hold_id",
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
                ("quantity", fields.IntField()),
                ("cause", fields.CharEnumField(enum_type=ShortCause, max_length=24)),
                ("is_written_off", fields.BooleanField()),
                ("reason", fields.CharField(null=True, max_length=90)),
                ("caller", fields.CharField(max_length=60)),
                ("happened_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "order_line_short",
                "app": "shop",
                "indexes": [
                    Index(fields=["order_line_id"], name="order_line_short_by_line"),
                    Index(fields=["lot_id"], name="order_line_short_by_lot"),
                ],
                "pk_attr": "id",
                "table_description": "Units of a line, of one lot, that the customer does not get. Append-only.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "OrderLineShort",
            [
                CheckConstraint(
                    check="cause IN ('SHORT_PICK', 'CANCELLATION', 'SUBSTITUTION')", name="order_line_short_cause_known"
                ),
                CheckConstraint(check="quantity > 0", name="order_line_short_quantity_positive"),
            ],
        ),
        ops.CreateModel(
            name="PickupAttempts",
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
                ("wrong", fields.SmallIntField()),
                ("last_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("locked_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "pickup_attempts",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "How often a clerk gave a wrong pickup code at a point lately.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "PickupAttempts",
            [
                UniqueConstraint(
                    fields=("staff_id", "pickup_point_id"), name="pickup_attempts_staff_id_pickup_point_id_key"
                ),
                CheckConstraint(check="wrong >= 0", name="pickup_attempts_wrong_not_negative"),
            ],
        ),
        ops.CreateModel(
            name="Substitution",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "order_line",
                    fields.ForeignKeyField(
                        "shop.OrderLine",
                        source_field="order_line_id",
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
                ("quantity", fields.IntField()),
                ("unit_price_fen", fields.BigIntField()),
                (
                    "state",
                    fields.CharEnumField(default=SubstitutionState.OFFERED, enum_type=SubstitutionState, max_length=24),
                ),
                ("writes_off", fields.BooleanField()),
                ("reason", fields.CharField(max_length=90)),
                ("offered_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("answer_by", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("answered_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "substitution",
                "app": "shop",
                "indexes": [Index(fields=["order_line_id"], name="substitution_by_line")],
                "pk_attr": "id",
                "table_description": "Units of another SKU offered, one for one, for units of a line that cannot be packed. Kept under their own hold.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Substitution",
            [
                CheckConstraint(
                    check="state IN ('OFFERED', 'ACCEPTED', 'DECLINED', 'LAPSED')", name="substitution_state_known"
                ),
                UniqueConstraint(
                    fields=("order_line_id",), name="substitution_order_line_id_key", condition="state = 'OFFERED'"
                ),
                UniqueConstraint(fields=("hold_id",), name="substitution_hold_id_key"),
                CheckConstraint(check="quantity > 0 AND unit_price_fen >= 0", name="substitution_sums"),
                CheckConstraint(
                    check="(state = 'OFFERED') = (answered_at IS NULL)", name="substitution_answered_has_time"
                ),
            ],
        ),
        ops.AddField(
            model_name="Order",
            name="reminded_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.RunSQL(LEDGER, reverse_sql=LIVE),
        ops.RunSQL(WAITING, reverse_sql=NO_WAITING),
        ops.RunSQL(GIVE, reverse_sql=TAKE),
    ]
