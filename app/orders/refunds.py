"""Money of an order that goes back: granted per line from what was paid for it, moved by the payments' own jobs."""

from collections.abc import Sequence
from typing import NamedTuple

from app.kit import clock, db
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.orders import queries
from app.orders.enums import RefundReason
from app.orders.errors import RefundsExhausted
from app.orders.models import Order
from app.payments import service as payments

_TOLD = {  # what WeChat tells the customer
    RefundReason.CANCELLATION: "订单取消退款",
    RefundReason.SHORT_PICK: "缺货商品退款",
    RefundReason.SUBSTITUTION: "替换商品差价退款",
    RefundReason.WEIGHT: "称重差价退款",
    RefundReason.DEFECT: "坏果包赔退款",
    RefundReason.PAID_TOO_LATE: "支付超时自动退款",
    RefundReason.PAID_TWICE: "重复支付自动退款",
}
_OF_LINES = """UPDATE order_line l SET refund_granted_fen = l.refund_granted_fen + p.amount
FROM unnest($1::bigint[], $2::bigint[]) AS p(id, amount) WHERE l.id = p.id"""
_OF_ORDER = "UPDATE customer_order SET refund_granted_fen = refund_granted_fen + $2 WHERE id = $1"
_NOTE = """INSERT INTO order_refund (order_id, order_line_id, granted_refund_id, reason, amount_fen, granted_at)
SELECT $1, p.id, $4, $5, p.amount, $6 FROM unnest($2::bigint[], $3::bigint[]) AS p(id, amount)"""


_BEGUN = """SELECT (SELECT count(*) FROM granted_refund WHERE payment_id = $2)
  + (SELECT count(*) FROM substitution s JOIN order_line l ON l.id = s.order_line_id
    WHERE l.order_id = $1 AND s.state = 'OFFERED') AS begun"""

MOST_PARTIAL = 40
"""Of WeChat's 50 refunds of a payment, those of units one after another; the others are for what ends an order: its
weights, its cancellation, late and double money, claims."""


class Part(NamedTuple):
    """So much of what was paid for a line."""

    order_line_id: int
    amount_fen: int


async def grant(tx: RequestConnection, order: Order, parts: Sequence[Part], reason: RefundReason, key: str) -> int:
    """Grants parts of an order's lines, locked before, as one refund; how many fen that is, 0 for nothing.

    `key`: what it is for, once per order; a job moves the money after the commit, and may try again with the same
    number. The CHECKs of line, order and payment keep each sum within what was paid.

    Raises:
        asyncpg.CheckViolationError: more than was paid for a line.
        RefundTooLarge, RefundTooMany: as payments.grant_refund.
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    parts = [part for part in parts if part.amount_fen > 0]
    amount = sum(part.amount_fen for part in parts)
    if not amount:
        return 0
    lines, amounts = [part.order_line_id for part in parts], [part.amount_fen for part in parts]
    await tx.execute(_OF_LINES, lines, amounts)
    await tx.execute(_OF_ORDER, order.id, amount)
    granted = await payments.grant_refund(tx, order.payment_id, key=key, amount_fen=amount, reason=_TOLD[reason])
    await tx.execute(_NOTE, order.id, lines, amounts, granted.id, reason.value, clock.now())
    return amount


async def require_one_left(order: Order) -> None:
    """Lets through who wants to give part of an order back, locked before; a substitute that waits counts as one.

    What is owed later never fails for it: gather what is missing, or cancel the whole order.

    Raises:
        Refused: RefundsExhausted: MOST_PARTIAL were begun.
    """
    if (await db.fetch(_BEGUN, order.id, order.payment_id))[0]["begun"] >= MOST_PARTIAL:
        raise Refused(RefundsExhausted())


async def grant_rest(tx: RequestConnection, order: Order, reason: RefundReason, key: str) -> int:
    """Grants whatever was paid for an order, locked before, and has not been granted yet: so many fen."""
    lines = await queries.lines_by_order([order.id])
    parts = [Part(line.id, line.total_fen - line.refund_granted_fen) for line in lines]
    return await grant(tx, order, parts, reason, key)
