from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.catalog.enums import ReturnPolicy
from app.kit.add_constraints import AddConstraints
from app.orders.enums import CancelReason, OrderStatus, RefundReason

LEDGERS = "REVOKE UPDATE, DELETE ON order_event, order_line_lot, order_refund FROM yougou_app"
LIVE = "GRANT UPDATE, DELETE ON order_event, order_line_lot, order_refund TO yougou_app"
# the moves of app.orders.enums.MOVES; a test compares the two
LEGAL_MOVES = """
CREATE FUNCTION customer_order_refuse_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (OLD.status || '>' || NEW.status = ANY (ARRAY[
    'PENDING_PAYMENT>PAID', 'PENDING_PAYMENT>CANCELLED', 'PENDING_PAYMENT>EXPIRED', 'PAID>PICKING', 'PAID>CANCELLED',
    'PICKING>READY', 'PICKING>CANCELLED', 'READY>COLLECTED', 'READY>NO_SHOW', 'READY>CANCELLED', 'NO_SHOW>COLLECTED',
    'NO_SHOW>CANCELLED'])) THEN
    RAISE EXCEPTION 'an order does not become % after %', NEW.status, OLD.status USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER customer_order_moves_legally BEFORE UPDATE OF status ON customer_order
FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION customer_order_refuse_move();
CREATE INDEX customer_order_unpaid ON customer_order (pay_by, id) WHERE status = 'PENDING_PAYMENT'
"""
ANY_MOVES = """
DROP INDEX customer_order_unpaid;
DROP TRIGGER customer_order_moves_legally ON customer_order;
DROP FUNCTION customer_order_refuse_move
"""


class Migration(migrations.Migration):
    dependencies = [("shop", "0033_hand_over_told")]
    initial = False
    operations = [
        ops.CreateModel(
            name="Order",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("number", fields.CharField(unique=True, max_length=16)),
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
                    "payment",
                    fields.ForeignKeyField(
                        "shop.Payment",
                        source_field="payment_id",
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
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "status",
                    fields.CharEnumField(default=OrderStatus.PENDING_PAYMENT, enum_type=OrderStatus, max_length=24),
                ),
                ("subtotal_fen", fields.BigIntField()),
                ("discount_fen", fields.BigIntField()),
                ("total_fen", fields.BigIntField()),
                ("refund_granted_fen", fields.BigIntField(db_default=0)),
                ("pickup_code", fields.CharField(null=True, max_length=8)),
                ("cancel_reason", fields.CharEnumField(null=True, enum_type=CancelReason, max_length=24)),
                ("placed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("pay_by", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("paid_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("ready_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("collected_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "customer_order",
                "app": "shop",
                "indexes": [
                    Index(fields=["customer_id", "placed_at", "id"], name="customer_order_by_customer"),
                    Index(fields=["pickup_slot_id", "status"], name="customer_order_by_slot"),
                ],
                "pk_attr": "id",
                "table_description": "What a customer bought for one slot at one point. `total_fen` is what she pays; nothing later makes it more.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Order",
            [
                CheckConstraint(
                    check="status IN ('PENDING_PAYMENT', 'PAID', 'PICKING', 'READY', 'COLLECTED', 'CANCELLED', 'EXPIRED', 'NO_SHOW')",
                    name="customer_order_status_known",
                ),
                CheckConstraint(
                    check="cancel_reason IN ('CUSTOMER', 'SHOP', 'OUT_OF_STOCK', 'NO_SHOW', 'RECALL')",
                    name="customer_order_cancel_reason_known",
                ),
                UniqueConstraint(fields=("hold_id",), name="customer_order_hold_id_key"),
                UniqueConstraint(fields=("payment_id",), name="customer_order_payment_id_key"),
                UniqueConstraint(
                    fields=("pickup_code",),
                    name="customer_order_pickup_code_key",
                    condition="status IN ('PAID', 'PICKING', 'READY', 'NO_SHOW')",
                ),
                CheckConstraint(
                    check="subtotal_fen > 0 AND discount_fen >= 0 AND total_fen > 0 AND total_fen = subtotal_fen - discount_fen",
                    name="customer_order_adds_up",
                ),
                CheckConstraint(
                    check="refund_granted_fen BETWEEN 0 AND total_fen", name="customer_order_refunds_within_total"
                ),
                CheckConstraint(
                    check="paid_at IS NULL OR pickup_code IS NOT NULL", name="customer_order_paid_has_code"
                ),
                CheckConstraint(
                    check="status IN ('PENDING_PAYMENT', 'CANCELLED', 'EXPIRED') OR paid_at IS NOT NULL",
                    name="customer_order_paid_before_work",
                ),
                CheckConstraint(
                    check="(status = 'COLLECTED') = (collected_at IS NOT NULL)",
                    name="customer_order_collected_has_time",
                ),
                CheckConstraint(
                    check="(status IN ('CANCELLED', 'EXPIRED')) = (closed_at IS NOT NULL)",
                    name="customer_order_closed_has_time",
                ),
                CheckConstraint(
                    check="(status = 'CANCELLED') = (cancel_reason IS NOT NULL)",
                    name="customer_order_cancelled_has_reason",
                ),
                CheckConstraint(check="pickup_code ~ '^[2-9A-HJ-NP-Z]{8}$'", name="customer_order_code_form"),
            ],
        ),
        ops.CreateModel(
            name="OrderEvent",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "order",
                    fields.ForeignKeyField(
                        "shop.Order",
                        source_field="order_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("status", fields.CharEnumField(enum_type=OrderStatus, max_length=24)),
                ("caller", fields.CharField(max_length=60)),
                ("note", fields.CharField(null=True, max_length=200)),
                ("happened_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "order_event",
                "app": "shop",
                "indexes": [Index(fields=["order_id", "id"], name="order_event_by_order")],
                "pk_attr": "id",
                "table_description": "A move of an order: who made it, when and why. Append-only.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="OrderEvent",
            constraint=CheckConstraint(
                check="status IN ('PENDING_PAYMENT', 'PAID', 'PICKING', 'READY', 'COLLECTED', 'CANCELLED', 'EXPIRED', 'NO_SHOW')",
                name="order_event_status_known",
            ),
        ),
        ops.CreateModel(
            name="OrderLine",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "order",
                    fields.ForeignKeyField(
                        "shop.Order",
                        source_field="order_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("position", fields.SmallIntField()),
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
                    "offer",
                    fields.ForeignKeyField(
                        "shop.Offer",
                        source_field="offer_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=60)),
                ("spec", fields.CharField(max_length=40)),
                ("quantity", fields.IntField()),
                ("unit_price_fen", fields.BigIntField()),
                ("subtotal_fen", fields.BigIntField()),
                ("discount_fen", fields.BigIntField()),
                ("total_fen", fields.BigIntField()),
                ("is_gift", fields.BooleanField(default=False)),
                ("return_policy", fields.CharEnumField(enum_type=ReturnPolicy, max_length=24)),
                ("exception_confirmed", fields.BooleanField(default=False)),
                ("min_days_left", fields.SmallIntField()),
                ("nominal_grams", fields.IntField(null=True)),
                ("weighed_grams", fields.IntField(null=True)),
                ("short_quantity", fields.IntField(db_default=0)),
                ("refund_granted_fen", fields.BigIntField(db_default=0)),
                ("packed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "order_line",
                "app": "shop",
                "indexes": [Index(fields=["sku_id"], name="order_line_by_sku")],
                "pk_attr": "id",
                "table_description": "One SKU of an order as it was sold: name, price and promises of that moment, in fen and grams.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "OrderLine",
            [
                UniqueConstraint(fields=("order_id", "position"), name="order_line_order_id_position_key"),
                CheckConstraint(
                    check="return_policy IN ('FRESH', 'STANDARD', 'CONFIRMED_EXCEPTION')",
                    name="order_line_return_policy_known",
                ),
                CheckConstraint(
                    check="quantity > 0 AND short_quantity BETWEEN 0 AND quantity", name="order_line_quantity"
                ),
                CheckConstraint(
                    check="unit_price_fen >= 0 AND subtotal_fen = unit_price_fen * quantity AND discount_fen >= 0 AND total_fen >= 0 AND total_fen = subtotal_fen - discount_fen",
                    name="order_line_adds_up",
                ),
                CheckConstraint(
                    check="return_policy <> 'CONFIRMED_EXCEPTION' OR exception_confirmed",
                    name="order_line_exception_is_confirmed",
                ),
                CheckConstraint(check="is_gift = (unit_price_fen = 0)", name="order_line_gift_is_free"),
                CheckConstraint(
                    check="refund_granted_fen BETWEEN 0 AND total_fen", name="order_line_refunds_within_total"
                ),
                CheckConstraint(check="nominal_grams > 0 AND weighed_grams >= 0", name="order_line_weights"),
                CheckConstraint(
                    check="weighed_grams IS NULL OR nominal_grams IS NOT NULL",
                    name="order_line_weighed_is_catch_weight",
                ),
            ],
        ),
        ops.CreateModel(
            name="OrderLineLot",
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
            ],
            options={
                "table": "order_line_lot",
                "app": "shop",
                "indexes": [Index(fields=["lot_id"], name="order_line_lot_by_lot")],
                "pk_attr": "id",
                "table_description": "From which lot units of a line come. Append-only: an order keeps its lots for good (Food Safety Law, art. 42).",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "OrderLineLot",
            [
                UniqueConstraint(
                    fields=("order_line_id", "stock_hold_id"), name="order_line_lot_order_line_id_stock_hold_id_key"
                ),
                CheckConstraint(check="quantity > 0", name="order_line_lot_quantity_positive"),
            ],
        ),
        ops.CreateModel(
            name="OrderRefund",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "order",
                    fields.ForeignKeyField(
                        "shop.Order",
                        source_field="order_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "order_line",
                    fields.ForeignKeyField(
                        "shop.OrderLine",
                        source_field="order_line_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "granted_refund",
                    fields.ForeignKeyField(
                        "shop.GrantedRefund",
                        source_field="granted_refund_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("reason", fields.CharEnumField(enum_type=RefundReason, max_length=24)),
                ("amount_fen", fields.BigIntField()),
                ("granted_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "order_refund",
                "app": "shop",
                "indexes": [Index(fields=["order_id"], name="order_refund_by_order")],
                "pk_attr": "id",
                "table_description": "Money of an order that goes back: for which line and why. How far it is, its GrantedRefund says. Append-only.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "OrderRefund",
            [
                CheckConstraint(
                    check="reason IN ('CANCELLATION', 'SHORT_PICK', 'SUBSTITUTION', 'WEIGHT', 'DEFECT', 'PAID_TOO_LATE', 'PAID_TWICE')",
                    name="order_refund_reason_known",
                ),
                CheckConstraint(check="amount_fen > 0", name="order_refund_amount_positive"),
            ],
        ),
        ops.RunSQL(LEDGERS, reverse_sql=LIVE),
        ops.RunSQL(LEGAL_MOVES, reverse_sql=ANY_MOVES),
    ]
