"""The clerk's desk: an order is moved by staff of its own point alone, and each move stands in the audit log."""

from typing import Any

from app.kit import audit
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.orders import queries
from app.orders.enums import OrderStatus
from app.orders.errors import OrderNotFound, OrderNotMovable
from app.orders.models import Order, OrderLine
from app.pickup.staff import serves

SCOPE = "pickup:serve"


async def lock(tx: RequestConnection, caller: Caller, order_id: int) -> Order:
    """An order at a point that the member of staff serves, locked.

    Raises:
        Refused: OrderNotFound: there is none, or it is at another point.
        Forbidden: the caller is no member of staff.
        NoTransactionError: outside a transaction.
    """
    order = await queries.lock(tx, order_id)
    if not await serves(caller, [order.pickup_point_id]):
        raise Refused(OrderNotFound())
    return order


async def lock_by_line(tx: RequestConnection, caller: Caller, line_id: int) -> tuple[Order, OrderLine]:
    """The order of a line, as `lock`, while it is being picked; and the line as nobody else changes it.

    Raises:
        As `lock`.
        Refused: OrderNotMovable: it is not being picked.
    """
    found = await queries.lines_by_id([line_id])
    if not found:
        raise Refused(OrderNotFound())
    order = await lock(tx, caller, found[0].order_id)
    if order.status is not OrderStatus.PICKING:
        raise Refused(OrderNotMovable(order.status))
    return order, (await queries.lines_by_id([line_id]))[0]


async def note(
    tx: RequestConnection,
    caller: Caller,
    action: str,
    order: Order,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any],
) -> None:
    """What staff did to an order, in the audit log.

    Raises:
        NoTransactionError: outside a transaction.
    """
    await audit.append(
        tx, caller, scope=SCOPE, action=action, entity="Order", entity_id=order.id, before=before, after=after
    )
