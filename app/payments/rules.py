"""Rules of payments, without I/O."""

from datetime import datetime, timedelta

from app.payments.enums import ChargeKind, RefundState

PREPAY_HOLDS = timedelta(hours=2)
"""How long a prepay id can be paid with, whatever the order's own end (WeChat Pay, JSAPI order)."""
PREPAY_MARGIN = timedelta(minutes=5)
"""A prepay id so near its end is not handed out: the customer still has to type her password."""
MOST_REFUNDS = 50
"""Of one payment (WeChat Pay, refund)."""
MOST_ATTEMPTS = 2
"""Numbers of one refund: WeChat closed the first one for good, a second try gets a new number, a third never."""
SECOND = "B"


def refund_base(out_trade_no: str, ordinal: int) -> str:
    """The number of a payment's refund: the same whenever it is asked for again."""
    return f"{out_trade_no}R{ordinal}"


def refund_number(base: str, attempt: int) -> str:
    """The number of an attempt, 1 or 2."""
    return base if attempt == 1 else base + SECOND


def base_of(out_refund_no: str) -> str:
    """Whose number it is."""
    return out_refund_no.removesuffix(SECOND)


def refund_state(accepted_at: datetime | None, succeeded_at: datetime | None, failure: str | None) -> RefundState:
    """Where a granted refund stands, by what its row says."""
    if succeeded_at is not None:
        return RefundState.REFUNDED
    if failure is not None:
        return RefundState.FAILED
    return RefundState.GRANTED if accepted_at is None else RefundState.PROCESSING


def judge(*, expected_fen: int, amount_fen: int, is_paid: bool, is_closed: bool) -> ChargeKind:
    """What a charge that was not seen before means.

    A payment that was paid stays paid by that charge; one that was closed is not opened again by money.
    """
    if is_paid:
        return ChargeKind.PAID_TWICE
    if amount_fen != expected_fen:
        return ChargeKind.MISMATCH
    return ChargeKind.PAID_AFTER_CLOSE if is_closed else ChargeKind.PAID
