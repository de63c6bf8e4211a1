"""What clerks see of the orders at their points, and what they do with them."""

from collections.abc import AsyncGenerator, Awaitable
from datetime import date
from typing import Annotated, Protocol

import strawberry
from strawberry import ID, Parent

from app.catalog.models import Sku
from app.kit import clock, ids
from app.kit.paging import Page
from app.orders import board, board_live, handing_over, picking, queries, substitutions
from app.orders.board import ToPick, Wanted
from app.orders.board_live import BoardNews
from app.orders.enums import CancelReason, OrderStatus
from app.orders.errors import LinesNotReady, SubstituteDearer
from app.orders.models import Order
from app.orders.picking import Missing
from app.pickup.models import PickupPoint
from app.traceability.models import Lot
from resolvers.arguments import After
from resolvers.info import Info


class LineUnits(Protocol):
    """What is read of an input: units of a line."""

    order_line_id: ID
    quantity: int


First = Annotated[int, strawberry.argument(description="How many orders, 1 to 100.")]
PointId = Annotated[ID, strawberry.argument(description="The pickup point, one that you serve.")]
AnyPoint = Annotated[ID | None, strawberry.argument(description="One pickup point; null: all that you serve.")]
SlotId = Annotated[ID, strawberry.argument(description="The pickup slot.")]
AnySlot = Annotated[ID | None, strawberry.argument(description="Only those of this slot.")]
Day = Annotated[date | None, strawberry.argument(description="Only those of this day, Asia/Shanghai.")]
Statuses = Annotated[
    list[OrderStatus] | None,
    strawberry.argument(description="Only those in these; null: PAID, PICKING, READY and NO_SHOW."),
]
Number = Annotated[str | None, strawberry.argument(description="The order's number, all of it.")]
Code = Annotated[
    str | None,
    strawberry.argument(
        description="The pickup code, all of it; with `pickupPointId`. Wrong ones lock you after five."
    ),
]
Phone = Annotated[str | None, strawberry.argument(description="The customer's phone number, all of it.")]
Tail = Annotated[str | None, strawberry.argument(description="The last four digits of the customer's phone number.")]
AnyStatuses = Annotated[list[OrderStatus] | None, strawberry.argument(description="Only those in these; null: any.")]


def orders(
    info: Info,
    pickup_point_id: PointId,
    *,
    slot_id: AnySlot = None,
    day: Day = None,
    statuses: Statuses = None,
    first: First = 50,
    after: After = None,
) -> Awaitable[Page[Order] | None]:
    """A page of the orders at a point."""
    wanted = Wanted(_key(pickup_point_id, "PickupPoint"), _key(slot_id, "PickupSlot"), day, statuses)
    return board.page(info.context.caller, wanted, first=first, after=after)


def search(
    info: Info,
    *,
    pickup_point_id: AnyPoint = None,
    slot_id: AnySlot = None,
    statuses: AnyStatuses = None,
    number: Number = None,
    pickup_code: Code = None,
    phone: Phone = None,
    phone_tail: Tail = None,
    first: First = 50,
    after: After = None,
) -> Awaitable[Page[Order] | None]:
    """A page of orders looked for."""
    point, slot = _key(pickup_point_id, "PickupPoint"), _key(slot_id, "PickupSlot")
    wanted = Wanted(point, slot, None, statuses, number, pickup_code, phone, phone_tail)
    return board.search(info.context.till.vault, info.context.caller, wanted, first=first, after=after)


def pick_list(info: Info, pickup_point_id: PointId, slot_id: SlotId) -> Awaitable[list[ToPick] | None]:
    """What is to be packed for a slot."""
    point, slot = ids.decode(pickup_point_id, "PickupPoint"), ids.decode(slot_id, "PickupSlot")
    return board.pick_list(info.context.caller, point, slot)


def sku_to_pick(parent: Parent[ToPick], info: Info) -> Awaitable[Sku | None]:
    """What it is sold as."""
    return info.context.loaders.skus.load(parent.sku_id)


def lot_to_pick(parent: Parent[ToPick], info: Info) -> Awaitable[Lot | None]:
    """The lot it is of."""
    return info.context.loaders.lots.load(parent.lot_id)


def board_news(info: Info, pickup_point_id: PointId) -> AsyncGenerator[BoardNews, None]:
    """The orders of the point's day, then those that change."""
    fanout, session = info.context.subscribing()
    return board_live.news(fanout, session, info.context.caller, ids.decode(pickup_point_id, "PickupPoint"))


def news_point(parent: Parent[BoardNews], info: Info) -> Awaitable[PickupPoint | None]:
    """Where they are collected."""
    return info.context.loaders.points.load(parent.point_id)


async def news_orders(parent: Parent[BoardNews], info: Info) -> list[Order]:
    """The orders as they are now."""
    if parent.order_ids is None:
        return await board.of_day(parent.point_id, clock.business_day(info.context.now))
    found = await queries.by_ids(list(parent.order_ids))
    return sorted(found, key=lambda order: order.id)


def start_picking(info: Info, order_id: ID) -> Awaitable[Order]:
    """The order, being packed."""
    return picking.start(info.context.caller, ids.decode(order_id, "Order"))


def record_weight(info: Info, order_line_id: ID, grams: int) -> Awaitable[Order]:
    """The order with the weight."""
    return picking.record_weight(info.context.caller, ids.decode(order_line_id, "OrderLine"), grams)


def short_pick(
    info: Info, *, idempotency_key: str, order_line_id: ID, quantity: int, writes_off: bool, reason: str
) -> Awaitable[Order]:
    """The order without what is missing."""
    missing = Missing(ids.decode(order_line_id, "OrderLine"), quantity, writes_off, reason)
    return picking.short_pick(info.context.caller, idempotency_key=idempotency_key, missing=missing)


def offer_substitution(
    info: Info, *, idempotency_key: str, order_line_id: ID, sku_id: ID, quantity: int, writes_off: bool, reason: str
) -> Awaitable[Order]:
    """The order with what is offered."""
    missing = Missing(ids.decode(order_line_id, "OrderLine"), quantity, writes_off, reason)
    sku, caller = ids.decode(sku_id, "Sku"), info.context.caller
    return substitutions.offer(caller, idempotency_key=idempotency_key, missing=missing, sku_id=sku)


def mark_ready(info: Info, order_id: ID) -> Awaitable[Order]:
    """The order, packed."""
    return picking.mark_ready(info.context.caller, ids.decode(order_id, "Order"))


def hand_over(info: Info, idempotency_key: str, pickup_point_id: ID, pickup_code: str) -> Awaitable[Order]:
    """The order, handed over."""
    point = ids.decode(pickup_point_id, "PickupPoint")
    return handing_over.hand_over(info.context.caller, idempotency_key, point, pickup_code)


def cancel(info: Info, order_id: ID, reason: CancelReason, note: str) -> Awaitable[Order]:
    """The order, cancelled by the shop."""
    return info.context.till.ending.cancel_for_shop(info.context.caller, ids.decode(order_id, "Order"), reason, note)


def cancel_lines(
    info: Info, *, idempotency_key: str, order_id: ID, lines: list[LineUnits], reason: CancelReason
) -> Awaitable[Order]:
    """The order without these units."""
    taken = [(ids.decode(line.order_line_id, "OrderLine"), line.quantity) for line in lines]
    order, caller = ids.decode(order_id, "Order"), info.context.caller
    return picking.cancel_lines(caller, idempotency_key=idempotency_key, order_id=order, lines=taken, reason=reason)


def late_lines(parent: Parent[LinesNotReady]) -> list[str]:
    """Which lines, by their ids."""
    return [ids.encode("OrderLine", line_id) for line_id in parent.line_ids]


def most(parent: Parent[SubstituteDearer]) -> int:
    """What the substitute may cost."""
    return parent.most_fen


def _key(given: ID | None, kind: str) -> int | None:
    return None if given is None else ids.decode(given, kind)
