"""Orders as the clerks of their point see them."""

from datetime import datetime

import strawberry

from app.orders.board import ToPick as ToPickValue
from app.orders.board_live import BoardNews
from app.orders.enums import CancelReason, OrderStatus
from app.orders.models import Order as OrderRow
from resolvers import clerk as resolve
from resolvers import node as resolve_node
from resolvers import order as resolve_order
from resolvers import sums
from schema.binding import field, of
from schema.types.lot import Lot
from schema.types.money import Money
from schema.types.order import OrderEvent, OrderLine, OrderRefund
from schema.types.pickup import PickupPoint, PickupSlot
from schema.types.sku import Sku


@strawberry.type(
    description="An order as a clerk of its point sees it: never with its pickup code, which its customer tells."
)
@of(OrderRow)
class PickupOrder:
    """Its source is a row."""

    id: strawberry.ID = field(resolve_node.global_id, description="Opaque; the mutations take it.")
    number: str = field(description="The order's number, for people.")
    status: OrderStatus = field(description="Where it stands.")
    placed_at: datetime = field(description="When it was placed.")
    paid_at: datetime | None = field(description="When it was paid; null before.")
    ready_at: datetime | None = field(description="When it was packed; null before.")
    reminded_at: datetime | None = field(description="When its customer was reminded that it waits; null before.")
    collected_at: datetime | None = field(description="When it was handed over; null before.")
    closed_at: datetime | None = field(description="When it was cancelled; null else.")
    cancel_reason: CancelReason | None = field(description="Why it was cancelled; null else.")
    pickup_point: PickupPoint | None = field(resolve_order.pickup_point, description="Where it is collected.")
    pickup_slot: PickupSlot | None = field(resolve_order.pickup_slot, description="When it is collected.")
    total: Money = field(sums.total, description="What was paid.")
    refund_granted: Money = field(sums.refund_granted, description="What goes back of it, or has gone.")
    lines: list[OrderLine] = field(resolve_order.lines, description="What is to be packed, by position.", list_size=20)
    events: list[OrderEvent] = field(resolve_order.events, description="What happened to it, in time.", list_size=8)
    refunds: list[OrderRefund] = field(resolve_order.refunds, description="What went back, in time.", list_size=5)


@strawberry.type(description="Units of one lot that are still to be packed for a slot.")
@of(ToPickValue)
class PickListLine:
    """Its source is app.orders.board.ToPick."""

    sku: Sku | None = field(resolve.sku_to_pick, description="The specification; null while that is not sold.")
    name: str = field(description="The product's name.")
    spec: str = field(description="What one unit is.")
    lot: Lot | None = field(resolve.lot_to_pick, description="The lot to take them from.")
    units: int = field(description="How many units, for all orders together.")
    orders: int = field(description="How many orders they are for.")


@strawberry.type(description="What is new about the orders of a pickup point.")
@of(BoardNews)
class PickupBoard:
    """Its source is a piece of news."""

    is_complete: bool = field(
        description="Whether these are all orders of today that are paid and not over: forget others. False: only"
        " those that changed, whatever their day and status."
    )
    orders: list[PickupOrder] = field(resolve.news_orders, description="The orders as they are now.", list_size=50)
    pickup_point: PickupPoint | None = field(resolve.news_point, description="The point.")
