"""What a notification that is proven to be WeChat's still has to be: about money the shop asked for."""

import structlog

from app.payments import queries
from app.payments.enums import EventSource, RefundKind
from app.payments.gateway import Charge, RefundReport
from app.payments.handling import Handler

_log = structlog.get_logger("payments")


class Strange(Exception):  # noqa: N818 - names say what happened
    """It fits nothing here, so nothing was changed. Polling and the daily bill ask WeChat itself about it."""


async def take(handler: Handler, told: Charge | RefundReport) -> None:
    """Compares what is told with what was asked for, and hands it on.

    Raises:
        Strange: an unknown number, or another amount than asked for.
    """
    if isinstance(told, RefundReport):
        await _refund(handler, told)
        return
    payment = await queries.by_number(told.out_trade_no)
    if payment is None:
        _log.error("a notification about an unknown payment", out_trade_no=told.out_trade_no)
        raise Strange("unknown out_trade_no")
    if payment.amount_fen != told.amount_fen:
        _log.error("a notification of another amount", payment_id=payment.id, amount_fen=told.amount_fen)
        raise Strange("another amount")
    await handler.on_charge(payment.id, told, EventSource.NOTIFY)


async def _refund(handler: Handler, told: RefundReport) -> None:
    outcome = await handler.on_refund(told, EventSource.NOTIFY)
    if outcome.kind in {RefundKind.UNKNOWN, RefundKind.MISMATCH}:
        _log.error("a notification about a refund that was not granted", out_refund_no=told.out_refund_no)
        raise Strange("unknown out_refund_no or another amount")
