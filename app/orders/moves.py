"""An order moves: its status, the time of it and the entry in its history, in one statement each."""

from datetime import datetime

from app.kit import clock
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.orders import rules
from app.orders.enums import CancelReason, OrderStatus
from app.orders.errors import OrderNotMovable
from app.orders.live import order_changed
from app.orders.models import Order

_MOVE = """UPDATE customer_order SET status = $2::text,
  paid_at = CASE WHEN $2::text = 'PAID' THEN $3::timestamptz ELSE paid_at END,
  pickup_code = coalesce(pickup_code, $4::text),
  ready_at = CASE WHEN $2::text = 'READY' THEN $3::timestamptz ELSE ready_at END,
  collected_at = CASE WHEN $2::text = 'COLLECTED' THEN $3::timestamptz ELSE collected_at END,
  closed_at = CASE WHEN $2::text IN ('CANCELLED', 'EXPIRED') THEN $3::timestamptz ELSE closed_at END,
  cancel_reason = $5::text
WHERE id = $1"""
_NOTE = "INSERT INTO order_event (order_id, status, caller, note, happened_at) VALUES ($1, $2, $3, $4, $5)"


async def note(tx: RequestConnection, caller: Caller, order: Order, text: str | None) -> None:
    """Adds an entry to the history of an order that stays where it is. The text holds nothing personal."""
    tx.require_transaction()
    await tx.execute(_NOTE, order.id, order.status.value, str(caller), text, clock.now())
    order_changed(tx, order)


async def move(
    tx: RequestConnection,
    caller: Caller,
    order: Order,
    following: OrderStatus,
    *,
    at: datetime | None = None,
    reason: CancelReason | None = None,
    text: str | None = None,
) -> None:
    """Moves an order, locked before, and tells whoever watches it. With PAID it gets its pickup code.

    `at`: when it happened, where somebody else's clock says so; now otherwise.

    Raises:
        Refused: OrderNotMovable: the move is not legal (app.orders.enums.MOVES).
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    if not rules.may_become(order.status, following):
        raise Refused(OrderNotMovable(order.status))
    now = clock.now()
    # of two orders that draw the same code at once one fails and is told again: once in some 10^8 payments
    code = rules.pickup_code() if following is OrderStatus.PAID else None
    await tx.execute(_MOVE, order.id, following.value, at or now, code, reason and reason.value)
    await tx.execute(_NOTE, order.id, following.value, str(caller), text, now)
    order.status = following
    order_changed(tx, order)
