"""Tables of orders: what was bought, from which lots, and what became of it."""

from datetime import datetime

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.catalog.enums import ReturnPolicy
from app.kit.fields import check, choice, known, ref, unique
from app.kit.personal import Erase, Mask, declare
from app.orders.enums import CancelReason, OrderStatus, RefundReason, ShortCause, SubstitutionState
from app.payments.enums import RefundState
from app.payments.rules import refund_state

_KEPT = "3 years (E-Commerce Law, article 31)"


class Order(Model):
    """What a customer bought for one slot at one point. `total_fen` is what she pays; nothing later makes it more."""

    id = fields.BigIntField(primary_key=True)
    number = fields.CharField(max_length=16, unique=True)
    customer = ref("Customer")
    customer_id: int
    pickup_point = ref("PickupPoint")
    pickup_point_id: int
    pickup_slot = ref("PickupSlot")
    pickup_slot_id: int
    hold = ref("Hold")
    hold_id: int
    payment = ref("Payment")
    payment_id: int
    coupon_code = ref("CouponCode", null=True)
    coupon_code_id: int | None
    status = choice(OrderStatus, default=OrderStatus.PENDING_PAYMENT)
    subtotal_fen = fields.BigIntField()
    discount_fen = fields.BigIntField()
    total_fen = fields.BigIntField()
    refund_granted_fen = fields.BigIntField(db_default=0)
    pickup_code = fields.CharField(max_length=8, null=True)  # from payment on
    cancel_reason = choice(CancelReason, null=True)
    placed_at: datetime = fields.DatetimeField()
    pay_by: datetime = fields.DatetimeField()
    paid_at: datetime | None = fields.DatetimeField(null=True)
    ready_at: datetime | None = fields.DatetimeField(null=True)
    reminded_at: datetime | None = fields.DatetimeField(null=True)  # that it waits, shortly before its window ends
    collected_at: datetime | None = fields.DatetimeField(null=True)
    closed_at: datetime | None = fields.DatetimeField(null=True)  # when it was cancelled or its time to pay was over

    class Meta:
        """Legal moves are kept by a trigger (migration); a pickup code is unique among the live orders of a point."""

        table = "customer_order"
        indexes = (
            Index(fields=("customer_id", "placed_at", "id"), name="customer_order_by_customer"),
            Index(fields=("pickup_slot_id", "status"), name="customer_order_by_slot"),
        )
        constraints = (
            known("customer_order", "status", OrderStatus),
            known("customer_order", "cancel_reason", CancelReason),
            unique("customer_order", "hold_id"),
            unique("customer_order", "payment_id"),
            unique("customer_order", "pickup_code", where="status IN ('PAID', 'PICKING', 'READY', 'NO_SHOW')"),
            check(
                "customer_order",
                "adds_up",
                "subtotal_fen > 0 AND discount_fen >= 0 AND total_fen > 0 AND total_fen = subtotal_fen - discount_fen",
            ),
            check("customer_order", "refunds_within_total", "refund_granted_fen BETWEEN 0 AND total_fen"),
            check("customer_order", "paid_has_code", "paid_at IS NULL OR pickup_code IS NOT NULL"),
            check(
                "customer_order",
                "paid_before_work",
                "status IN ('PENDING_PAYMENT', 'CANCELLED', 'EXPIRED') OR paid_at IS NOT NULL",
            ),
            check("customer_order", "collected_has_time", "(status = 'COLLECTED') = (collected_at IS NOT NULL)"),
            check(
                "customer_order", "closed_has_time", "(status IN ('CANCELLED', 'EXPIRED')) = (closed_at IS NOT NULL)"
            ),
            check("customer_order", "cancelled_has_reason", "(status = 'CANCELLED') = (cancel_reason IS NOT NULL)"),
            check("customer_order", "code_form", "pickup_code ~ '^[2-9A-HJ-NP-Z]{8}$'"),
        )


class OrderLine(Model):
    """One SKU of an order as it was sold: name, price and promises of that moment, in fen and grams."""

    id = fields.BigIntField(primary_key=True)
    order = ref("Order")
    order_id: int
    position = fields.SmallIntField()
    sku = ref("Sku")
    sku_id: int
    offer = ref("Offer", null=True)
    offer_id: int | None
    name = fields.CharField(max_length=60)
    spec = fields.CharField(max_length=40)
    quantity = fields.IntField()
    unit_price_fen = fields.BigIntField()
    subtotal_fen = fields.BigIntField()
    discount_fen = fields.BigIntField()
    total_fen = fields.BigIntField()
    is_gift = fields.BooleanField(default=False)
    return_policy = choice(ReturnPolicy)
    exception_confirmed = fields.BooleanField(default=False)  # that it cannot be returned without a reason
    min_days_left = fields.SmallIntField()  # promised on the day of pickup
    nominal_grams = fields.IntField(null=True)  # of all units, where they are weighed when packed
    weighed_grams = fields.IntField(null=True)
    short_quantity = fields.IntField(db_default=0)  # units that could not be picked
    refund_granted_fen = fields.BigIntField(db_default=0)
    packed_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        """What goes back for a line is never more than was paid for it."""

        table = "order_line"
        indexes = (Index(fields=("sku_id",), name="order_line_by_sku"),)
        constraints = (
            unique("order_line", "order_id", "position"),
            known("order_line", "return_policy", ReturnPolicy),
            check("order_line", "quantity", "quantity > 0 AND short_quantity BETWEEN 0 AND quantity"),
            check(
                "order_line",
                "adds_up",
                "unit_price_fen >= 0 AND subtotal_fen = unit_price_fen * quantity AND discount_fen >= 0"
                " AND total_fen >= 0 AND total_fen = subtotal_fen - discount_fen",
            ),
            check(
                "order_line",
                "exception_is_confirmed",
                "return_policy <> 'CONFIRMED_EXCEPTION' OR exception_confirmed",
            ),
            check("order_line", "gift_is_free", "is_gift = (unit_price_fen = 0)"),
            check("order_line", "refunds_within_total", "refund_granted_fen BETWEEN 0 AND total_fen"),
            check("order_line", "weights", "nominal_grams > 0 AND weighed_grams >= 0"),
            check("order_line", "weighed_is_catch_weight", "weighed_grams IS NULL OR nominal_grams IS NOT NULL"),
        )


class OrderLineLot(Model):
    """From which lot units of a line come. Append-only: an order keeps its lots for good (Food Safety Law, art. 42)."""

    id = fields.BigIntField(primary_key=True)
    order_line = ref("OrderLine")
    order_line_id: int
    stock_hold = ref("StockHold")
    stock_hold_id: int
    lot = ref("Lot")
    lot_id: int
    quantity = fields.IntField()

    class Meta:
        """Found by lot, for recalls."""

        table = "order_line_lot"
        indexes = (Index(fields=("lot_id",), name="order_line_lot_by_lot"),)
        constraints = (
            unique("order_line_lot", "order_line_id", "stock_hold_id"),
            check("order_line_lot", "quantity_positive", "quantity > 0"),
        )


class OrderLineShort(Model):
    """Units of a line, of one lot, that the customer does not get. Append-only.

    What left the shop from a lot for an order is what its OrderLineLot says less these.
    """

    id = fields.BigIntField(primary_key=True)
    order_line = ref("OrderLine")
    order_line_id: int
    stock_hold = ref("StockHold")
    stock_hold_id: int
    lot = ref("Lot")
    lot_id: int
    quantity = fields.IntField()
    cause = choice(ShortCause)
    is_written_off = fields.BooleanField()  # else the units went back on sale
    reason = fields.CharField(max_length=90, null=True)
    caller = fields.CharField(max_length=60)
    happened_at: datetime = fields.DatetimeField()

    class Meta:
        """Counted in the line's `short_quantity`."""

        table = "order_line_short"
        indexes = (
            Index(fields=("order_line_id",), name="order_line_short_by_line"),
            Index(fields=("lot_id",), name="order_line_short_by_lot"),
        )
        constraints = (
            known("order_line_short", "cause", ShortCause),
            check("order_line_short", "quantity_positive", "quantity > 0"),
        )


class Substitution(Model):
    """Units of another SKU offered, one for one, for units of a line that cannot be packed. Kept under their own hold.

    `unit_price_fen`: of one unit of the substitute when it was offered, never more than the line's.
    """

    id = fields.BigIntField(primary_key=True)
    order_line = ref("OrderLine")
    order_line_id: int
    sku = ref("Sku")
    sku_id: int
    hold = ref("Hold")
    hold_id: int
    quantity = fields.IntField()
    unit_price_fen = fields.BigIntField()
    state = choice(SubstitutionState, default=SubstitutionState.OFFERED)
    writes_off = fields.BooleanField()  # the units it stands for; else they go back on sale
    reason = fields.CharField(max_length=90)
    offered_at: datetime = fields.DatetimeField()
    answer_by: datetime = fields.DatetimeField()
    answered_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        """One open offer for a line."""

        table = "substitution"
        indexes = (Index(fields=("order_line_id",), name="substitution_by_line"),)
        constraints = (
            known("substitution", "state", SubstitutionState),
            unique("substitution", "order_line_id", where="state = 'OFFERED'"),
            unique("substitution", "hold_id"),
            check("substitution", "sums", "quantity > 0 AND unit_price_fen >= 0"),
            check("substitution", "answered_has_time", "(state = 'OFFERED') = (answered_at IS NULL)"),
        )


class PickupAttempts(Model):
    """How often a clerk gave a wrong pickup code at a point lately."""

    id = fields.BigIntField(primary_key=True)
    staff = ref("Staff")
    staff_id: int
    pickup_point = ref("PickupPoint")
    pickup_point_id: int
    wrong = fields.SmallIntField()
    last_at: datetime = fields.DatetimeField()
    locked_until: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        """One row for a clerk at a point."""

        table = "pickup_attempts"
        constraints = (
            unique("pickup_attempts", "staff_id", "pickup_point_id"),
            check("pickup_attempts", "wrong_not_negative", "wrong >= 0"),
        )


class OrderEvent(Model):
    """A move of an order: who made it, when and why. Append-only."""

    id = fields.BigIntField(primary_key=True)
    order = ref("Order")
    order_id: int
    status = choice(OrderStatus)
    caller = fields.CharField(max_length=60)
    note = fields.CharField(max_length=200, null=True)
    happened_at: datetime = fields.DatetimeField()

    class Meta:
        """In the order they happened."""

        table = "order_event"
        indexes = (Index(fields=("order_id", "id"), name="order_event_by_order"),)
        constraints = (known("order_event", "status", OrderStatus),)


class OrderRefund(Model):
    """Money of an order that goes back: for which line and why. How far it is, its GrantedRefund says. Append-only."""

    id = fields.BigIntField(primary_key=True)
    order = ref("Order")
    order_id: int
    order_line = ref("OrderLine", null=True)
    order_line_id: int | None
    granted_refund = ref("GrantedRefund")
    granted_refund_id: int
    reason = choice(RefundReason)
    amount_fen = fields.BigIntField()
    granted_at: datetime = fields.DatetimeField()

    # of its GrantedRefund, joined by app.orders.queries
    succeeded_at: datetime | None
    failure: str | None
    accepted_at: datetime | None

    class Meta:
        """Each refund that was granted belongs to one order; several lines may share one."""

        table = "order_refund"
        indexes = (Index(fields=("order_id",), name="order_refund_by_order"),)
        constraints = (
            known("order_refund", "reason", RefundReason),
            check("order_refund", "amount_positive", "amount_fen > 0"),
        )

    @property
    def state(self) -> RefundState:
        """How far it is."""
        return refund_state(self.accepted_at, self.succeeded_at, self.failure)


declare(
    Order,
    plain=(
        "id",
        "number",
        "pickup_point_id",
        "pickup_slot_id",
        "hold_id",
        "payment_id",
        "coupon_code_id",
        "status",
        "subtotal_fen",
        "discount_fen",
        "total_fen",
        "refund_granted_fen",
        "pickup_code",
        "cancel_reason",
        "placed_at",
        "pay_by",
        "paid_at",
        "ready_at",
        "reminded_at",
        "collected_at",
        "closed_at",
    ),
    customer_id=("sale and after-sales", _KEPT, Mask.HIDDEN, Erase.KEEP),
)
