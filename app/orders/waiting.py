"""Orders that wait at their point: their customers are reminded, and after the window they count as not collected."""

from datetime import timedelta
from typing import Any

from app.kit import clock, db
from app.kit.caller import MACHINE
from app.orders import queries
from app.orders.enums import OrderStatus
from app.orders.live import order_changed
from app.orders.messages import service as messages
from app.orders.messages.enums import MessageTemplate
from app.orders.moves import move

GRACE = timedelta(minutes=30)
"""How long after the slot's end an order still counts as coming."""
REMINDER = timedelta(hours=1)
"""How long before the slot's end its customer is reminded."""
BATCH = 100

_MISSED = """SELECT o.id FROM customer_order o JOIN pickup_slot s ON s.id = o.pickup_slot_id
WHERE o.status = 'READY' AND s.ends_at <= $1 ORDER BY s.ends_at, o.id LIMIT $2"""
_WAITING = """SELECT o.id FROM customer_order o JOIN pickup_slot s ON s.id = o.pickup_slot_id
WHERE o.status = 'READY' AND o.reminded_at IS NULL AND s.ends_at > $1 AND s.ends_at <= $2
ORDER BY s.ends_at, o.id LIMIT $3"""
_REMINDED = "UPDATE customer_order SET reminded_at = $2 WHERE id = $1"


async def no_show(_: dict[str, Any]) -> None:
    """The job that notes who did not come; harmless to repeat.

    Nothing goes back and nothing is put on sale again: whoever comes on the same day is served, and after that staff
    decide.
    """
    for record in await db.fetch(_MISSED, clock.now() - GRACE, BATCH):
        async with db.transaction() as tx:
            order = await queries.lock(tx, record["id"])
            if order.status is OrderStatus.READY:
                await move(tx, MACHINE, order, OrderStatus.NO_SHOW)


async def remind(_: dict[str, Any]) -> None:
    """The job that reminds, once, whoever has not come shortly before her window ends; harmless to repeat.

    She gets a message if she granted one; `reminded_at` and the announcement of the change show it in the mini-program.
    """
    now = clock.now()
    for record in await db.fetch(_WAITING, now, now + REMINDER, BATCH):
        async with db.transaction() as tx:
            order = await queries.lock(tx, record["id"])
            if order.status is OrderStatus.READY and order.reminded_at is None:
                await tx.execute(_REMINDED, order.id, now)
                await messages.tell(tx, order, MessageTemplate.PICKUP_REMINDER)
                order_changed(tx, order)
