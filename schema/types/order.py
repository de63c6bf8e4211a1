"""Orders: what was bought, from which lots, and what became of it."""

from datetime import datetime

import strawberry

from app.catalog.enums import ReturnPolicy
from app.claims.enums import ClaimState, DefectReason
from app.claims.models import DefectClaim as ClaimRow
from app.claims.models import DefectClaimPhoto as PhotoRow
from app.orders.enums import CancelReason, OrderStatus, RefundReason, SubstitutionState
from app.orders.models import Order as OrderRow
from app.orders.models import OrderEvent as EventRow
from app.orders.models import OrderLine as LineRow
from app.orders.models import OrderLineLot as LotRow
from app.orders.models import OrderRefund as RefundRow
from app.orders.models import Substitution as SubstitutionRow
from app.payments.enums import RefundState
from app.payments.gateway import PayParameters as PayParametersValue
from resolvers import claim as resolve_claim
from resolvers import invoice as resolve_invoice
from resolvers import node as resolve_node
from resolvers import order as resolve
from resolvers import sums
from schema.binding import field, of
from schema.types.invoice import Invoice
from schema.types.lot import Lot
from schema.types.money import Money
from schema.types.node import Node
from schema.types.pickup import PickupPoint, PickupSlot
from schema.types.sku import Sku


@strawberry.type(description="Units of an order line that come from one lot. An order keeps its lots for good.")
@of(LotRow)
class OrderLineLot:
    """Its source is a row."""

    quantity: int = field(description="How many units.")
    lot: Lot | None = field(resolve.lot, description="The lot, with its journey and papers.")


@strawberry.type(description="Units of something else, offered one for one for units that cannot be packed.")
@of(SubstitutionRow)
class Substitution:
    """Its source is a row."""

    id: strawberry.ID = field(resolve_node.global_id, description="Opaque; `answerSubstitution` takes it.")
    sku: Sku | None = field(resolve.substitute, description="What is offered; null when it is not sold any more.")
    quantity: int = field(description="How many units, for as many of the line.")
    unit_price: Money = field(sums.unit_price, description="What one costs: never more than what it stands for.")
    state: SubstitutionState = field(description="Whether she takes it.")
    reason: str = field(description="Why the units cannot be packed.")
    offered_at: datetime = field(description="When it was offered.")
    answer_by: datetime = field(description="Until when she can answer; after that it is as if she had declined.")
    answered_at: datetime | None = field(description="When it was answered or its time was over; null before.")


@strawberry.type(description="A photo of what is claimed.")
@of(PhotoRow)
class DefectClaimPhoto:
    """Its source is a row."""

    url: str = field(resolve_claim.photo_url, description="Where it is: for the customer and the shop alone.")


@strawberry.type(description="Goods that were not good when they were collected, and what the shop decides (坏果包赔).")
@of(ClaimRow)
class DefectClaim:
    """Its source is a row."""

    id: strawberry.ID = field(resolve_node.global_id, description="Opaque; `decideDefectClaim` takes it.")
    state: ClaimState = field(description="What became of it.")
    reason: DefectReason = field(description="What is wrong.")
    text: str = field(description="What the customer wrote.")
    photos: list[DefectClaimPhoto] = field(resolve_claim.photos, description="What she took photos of.", list_size=3)
    quantity: int | None = field(description="How many units of the line; null when a share is claimed.")
    share_percent: int | None = field(description="How much of the line, in percent; null when units are claimed.")
    asked: Money = field(sums.asked, description="What that is worth: at most what was left of the line's price.")
    claimed_at: datetime = field(description="When it was claimed.")
    due_at: datetime = field(description="Until when the shop promises to decide.")
    is_overdue: bool = field(resolve_claim.is_overdue, description="Whether it should be decided already and is not.")
    escalated_at: datetime | None = field(
        description="When it was marked as late: it is too much to be accepted by itself. Null: it was not."
    )
    accepted_percent: int | None = field(description="How much of it was accepted, in percent; null while OPEN.")
    granted: Money | None = field(sums.granted, description="What goes back; null while OPEN.")
    decision_reason: str | None = field(description="What the shop wrote to its decision; null while OPEN.")
    decided_at: datetime | None = field(description="When it was decided; null while OPEN.")
    order_line: "OrderLine | None" = field(resolve_claim.order_line, description="The line it is about.")


@strawberry.type(description="One specification in an order as it was sold: name, price and promises of that moment.")
@of(LineRow)
class OrderLine(Node):
    """Its source is a row."""

    position: int = field(description="Its place in the order, from 1.")
    name: str = field(description="The product's name when it was sold.")
    spec: str = field(description="What one unit is.")
    sku: Sku | None = field(resolve.sku, description="The specification as it is today; null when it is not sold now.")
    quantity: int = field(description="How many units were bought.")
    unit_price: Money = field(sums.unit_price, description="What one unit cost.")
    subtotal: Money = field(sums.subtotal, description="All units before the discount.")
    discount: Money = field(sums.discount, description="This line's share of the coupon.")
    total: Money = field(sums.total, description="What was paid for the line: for weighed goods the most it costs.")
    is_gift: bool = field(description="Whether it came free with something else.")
    return_policy: ReturnPolicy = field(description="The return rule it was sold under.")
    min_days_left: int = field(description="How many days it keeps at least on the day of pickup: the shop's promise.")
    nominal_grams: int | None = field(
        description="What the units weigh by their specification, in grams; null for what is not weighed."
    )
    weighed_grams: int | None = field(description="What they weighed when they were packed; null before.")
    short_quantity: int = field(description="How many units could not be packed; what they cost goes back.")
    refund_granted: Money = field(sums.refund_granted, description="What goes back for this line, or has gone.")
    packed_at: datetime | None = field(description="When it was packed; null before.")
    lots: list[OrderLineLot] = field(
        resolve.line_lots, description="Where the units come from, first to expire first.", list_size=3
    )
    substitutions: list[Substitution] = field(
        resolve.substitutions, description="What was offered instead of units of it, in time.", list_size=1
    )
    claims: list[DefectClaim] = field(
        resolve_claim.of_line, description="What was claimed of it after the hand-over, in time.", list_size=1
    )


@strawberry.type(description="Something that happened to an order.")
@of(EventRow)
class OrderEvent:
    """Its source is a row."""

    status: OrderStatus = field(description="The status it had from then on.")
    note: str | None = field(description="More about it; null without.")
    happened_at: datetime = field(description="When.")


@strawberry.type(description="Money of an order that goes back.")
@of(RefundRow)
class OrderRefund:
    """Its source is a row."""

    reason: RefundReason = field(description="What for.")
    amount: Money = field(sums.refund_amount, description="How much.")
    state: RefundState = field(description="How far it is.")
    granted_at: datetime = field(description="When it was granted.")


@strawberry.type(description="What a customer bought for one pickup slot.")
@of(OrderRow)
class Order(Node):
    """Its source is a row."""

    number: str = field(description="The order's number, for people.")
    status: OrderStatus = field(description="Where it stands.")
    placed_at: datetime = field(description="When it was placed.")
    pay_by: datetime = field(description="Until when it can be paid; after that everything is on sale again.")
    paid_at: datetime | None = field(description="When it was paid; null before.")
    ready_at: datetime | None = field(description="When it was ready for pickup; null before.")
    collected_at: datetime | None = field(description="When it was handed over; null before.")
    closed_at: datetime | None = field(description="When it was cancelled or its time to pay was over; null else.")
    cancel_reason: CancelReason | None = field(description="Why it was cancelled; null else.")
    pickup_code: str | None = field(
        description="What the customer shows or reads out at the counter, eight characters; null before it is paid."
    )
    pickup_point: PickupPoint | None = field(resolve.pickup_point, description="Where it is collected.")
    pickup_slot: PickupSlot | None = field(resolve.pickup_slot, description="When it is collected.")
    subtotal: Money = field(sums.subtotal, description="All lines before the discount.")
    discount: Money = field(sums.discount, description="What the coupon took off.")
    total: Money = field(sums.total, description="What is paid: nothing later makes it more.")
    refund_granted: Money = field(sums.refund_granted, description="What goes back of it, or has gone.")
    lines: list[OrderLine] = field(resolve.lines, description="What was bought, by position.", list_size=20)
    events: list[OrderEvent] = field(resolve.events, description="What happened to it, in time.", list_size=8)
    refunds: list[OrderRefund] = field(resolve.refunds, description="What went back, in time.", list_size=5)
    invoices: list[Invoice] = field(
        resolve_invoice.of_order, description="The invoices asked for, in time.", list_size=1
    )


@strawberry.type(description="What `wx.requestPayment` takes, name by name. Good until the order's `payBy`.")
@of(PayParametersValue)
class PayParameters:
    """Its source is app.payments.gateway.PayParameters."""

    app_id: str = field(description="The mini-program.")
    time_stamp: str = field(description="Seconds since 1970, as text.")
    nonce_str: str = field(description="A random text.")
    package: str = field(description="`prepay_id=...`.")
    sign_type: str = field(description="RSA.")
    pay_sign: str = field(description="The shop's signature.")
