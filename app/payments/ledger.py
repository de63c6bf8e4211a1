"""What happened to money, written down once: charges, refunds, and what is granted to go back.

Each function takes the payment's row lock in the caller's transaction; an order's lock comes before it.
"""

from dataclasses import dataclass
from datetime import datetime

import structlog

from app.kit import clock, jobs
from app.kit.db import RequestConnection
from app.payments import queries, rules
from app.payments.enums import ChargeKind, EventKind, EventOutcome, EventSource, RefundKind
from app.payments.errors import RefundKeyReused, RefundTooLarge, RefundTooMany
from app.payments.gateway import Charge, RefundReport, RefundStatus
from app.payments.models import GrantedRefund, Payment

REFUND_JOB = "payments.refund"

APPEND = """
INSERT INTO payment_event (payment_id, kind, outcome, source, amount_fen, transaction_id, refund_id, out_refund_no,
  code, happened_at, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING RETURNING id
"""
ARRIVED = "UPDATE payment SET paid_fen = paid_fen + $2 WHERE id = $1"
PAID = "UPDATE payment SET paid_fen = paid_fen + $2, paid_at = $3, transaction_id = $4 WHERE id = $1"
LEFT = """
SELECT e.amount_fen - coalesce((SELECT sum(r.amount_fen) FROM granted_refund r
  WHERE r.payment_id = e.payment_id AND r.transaction_id = e.transaction_id), 0)
FROM payment_event e
WHERE e.payment_id = $1 AND e.transaction_id = $2 AND e.kind = 'CHARGE' AND e.outcome = 'SUCCESS'
"""
GRANT = """
INSERT INTO granted_refund (payment_id, key, ordinal, transaction_id, amount_fen, reason, out_refund_no, next_try_at,
  created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) RETURNING id
"""
GRANTED = "UPDATE payment SET refund_granted_fen = refund_granted_fen + $2 WHERE id = $1"
REFUNDED = "UPDATE payment SET refunded_fen = refunded_fen + $2 WHERE id = $1"
SUCCEEDED = """
UPDATE granted_refund SET succeeded_at = $2, accepted_at = coalesce(accepted_at, $3, $2), failure = NULL,
  next_try_at = NULL
WHERE id = $1
"""
ACCEPTED = "UPDATE granted_refund SET accepted_at = coalesce(accepted_at, $2) WHERE id = $1"
FAILED = "UPDATE granted_refund SET failure = $2, next_try_at = NULL WHERE id = $1"
ANOTHER = (
    "UPDATE granted_refund SET attempt = attempt + 1, accepted_at = NULL, tries = 0, next_try_at = $2 WHERE id = $1"
)

_log = structlog.get_logger("payments")


@dataclass(frozen=True, slots=True)
class ChargeOutcome:
    """What a charge meant, with its facts: what was expected and what came."""

    kind: ChargeKind
    payment: Payment
    charge: Charge

    @property
    def goes_back(self) -> bool:
        """Whether the money pays for nothing: `give_back` grants its return."""
        return self.kind in {ChargeKind.MISMATCH, ChargeKind.PAID_AFTER_CLOSE, ChargeKind.PAID_TWICE}


@dataclass(frozen=True, slots=True)
class RefundOutcome:
    """What a report changed; `refund` is None when nobody granted it."""

    kind: RefundKind
    refund: GrantedRefund | None


async def append(
    tx: RequestConnection,
    payment_id: int,
    kind: EventKind,
    outcome: EventOutcome,
    source: EventSource,
    *,
    amount_fen: int = 0,
    transaction_id: str | None = None,
    refund: GrantedRefund | None = None,
    out_refund_no: str | None = None,
    code: str | None = None,
    happened_at: datetime | None = None,
) -> bool:
    """An entry of the ledger; False when it is there already."""
    tx.require_transaction()
    now, refund_id = clock.now(), refund.id if refund else None
    facts = (amount_fen, transaction_id, refund_id, out_refund_no, code, happened_at or now, now)
    return bool(await tx.fetch(APPEND, payment_id, kind.value, outcome.value, source.value, *facts))


async def record_charge(tx: RequestConnection, payment_id: int, charge: Charge, source: EventSource) -> ChargeOutcome:
    """Writes down money that arrived, once, and says what it means. Never refuses: the money is there.

    PAID: the payment is paid from now on. ALREADY: this charge was written down before, nothing changed. MISMATCH,
    PAID_AFTER_CLOSE, PAID_TWICE: the payment is as it was and the money pays for nothing; whoever cannot use it calls
    `give_back` in this transaction.

    Raises:
        PaymentUnknown: there is no such payment.
        NoTransactionError: outside a transaction.
    """
    paid = await queries.lock(tx, payment_id)
    is_new = await append(
        tx,
        payment_id,
        EventKind.CHARGE,
        EventOutcome.SUCCESS,
        source,
        amount_fen=charge.amount_fen,
        transaction_id=charge.transaction_id,
        happened_at=charge.paid_at,
    )
    if not is_new:
        return ChargeOutcome(ChargeKind.ALREADY, paid, charge)
    kind = rules.judge(
        expected_fen=paid.amount_fen,
        amount_fen=charge.amount_fen,
        is_paid=paid.paid_at is not None,
        is_closed=paid.closed_at is not None,
    )
    if kind is ChargeKind.PAID:
        await tx.execute(PAID, payment_id, charge.amount_fen, charge.paid_at, charge.transaction_id)
    else:
        _log.error("money that pays for nothing", payment_id=payment_id, kind=kind.value, amount_fen=charge.amount_fen)
        await tx.execute(ARRIVED, payment_id, charge.amount_fen)
    return ChargeOutcome(kind, paid, charge)


async def give_back(tx: RequestConnection, outcome: ChargeOutcome, reason: str) -> GrantedRefund:
    """Grants the return of a whole charge that pays for nothing; repeated, nothing is added."""
    charge = outcome.charge
    return await grant_refund(
        tx,
        outcome.payment.id,
        key=f"charge:{charge.transaction_id}",
        amount_fen=charge.amount_fen,
        reason=reason,
        transaction_id=charge.transaction_id,
    )


async def grant_refund(
    tx: RequestConnection,
    payment_id: int,
    *,
    key: str,
    amount_fen: int,
    reason: str,
    transaction_id: str | None = None,
) -> GrantedRefund:
    """Grants that `amount_fen` goes back, once per `key` (up to 64 characters), and queues the job that does it.

    It goes back from the charge that pays the payment, or from `transaction_id`. `reason` is told to the customer by
    WeChat, in up to 80 characters. Shares of lines are the caller's rule; the sum never passes what was paid.

    Raises:
        RefundTooLarge: more than is left of that charge, or nothing was paid.
        RefundTooMany: WeChat takes 50 refunds of a payment.
        RefundKeyReused: the key was granted with another amount.
        PaymentUnknown, NoTransactionError: as `record_charge`.
    """
    paid = await queries.lock(tx, payment_id)
    granted = await queries.refunds_of([payment_id])
    for each in granted:
        if each.key == key:
            if each.amount_fen != amount_fen:
                raise RefundKeyReused(key)
            return each
    source = transaction_id or paid.transaction_id
    left = await tx.fetch(LEFT, payment_id, source)
    if amount_fen < 1 or source is None or not left or left[0][0] < amount_fen:
        raise RefundTooLarge(f"{amount_fen} fen are not left of payment {payment_id}")
    ordinal = len(granted) + 1
    if ordinal > rules.MOST_REFUNDS:
        raise RefundTooMany(f"payment {payment_id} was refunded {rules.MOST_REFUNDS} times")
    number, now = rules.refund_base(paid.out_trade_no, ordinal), clock.now()
    made = await tx.fetch(GRANT, payment_id, key, ordinal, source, amount_fen, reason, number, now)
    await tx.execute(GRANTED, payment_id, amount_fen)
    await jobs.enqueue(tx, REFUND_JOB, {"refund": made[0]["id"]})
    return (await queries.refunds_of([payment_id]))[-1]


async def request_refund(tx: RequestConnection, refund: GrantedRefund) -> None:
    """Writes down that WeChat is about to be asked, before it is; repeated for one number, nothing is added."""
    await append(
        tx,
        refund.payment_id,
        EventKind.REFUND,
        EventOutcome.REQUEST,
        EventSource.REQUEST,
        amount_fen=refund.amount_fen,
        transaction_id=refund.transaction_id,
        refund=refund,
        out_refund_no=refund.number,
    )


async def record_refund(tx: RequestConnection, report: RefundReport, source: EventSource) -> RefundOutcome:
    """Writes down what WeChat says of a refund, once, in whatever order it comes.

    REFUNDED: the money went back. PROCESSING: WeChat has it. ABNORMAL: the bank does not take it, staff must look
    (the merchant platform pays it out otherwise, and a later SUCCESS still counts). NEW_NUMBER: WeChat closed the
    first number for good; the job asks again under the second. FAILED: it closed that too. MISMATCH: another amount
    than granted, nothing changed. UNKNOWN: nobody granted it.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    found = await queries.refund_by_number(rules.base_of(report.out_refund_no))
    if found is None:
        return RefundOutcome(RefundKind.UNKNOWN, None)
    await queries.lock(tx, found.payment_id)
    refund = await queries.refund(found.id) or found
    if report.amount_fen != refund.amount_fen:
        _log.error("a refund of another amount", refund_id=refund.id, amount_fen=report.amount_fen)
        return RefundOutcome(RefundKind.MISMATCH, refund)
    kind = await _RECORD[report.status](tx, refund, report, source)
    return RefundOutcome(kind, await queries.refund(refund.id))


async def fail_refund(tx: RequestConnection, refund: GrantedRefund, code: str, source: EventSource) -> bool:
    """Leaves a refund to staff, unless it is done meanwhile; whether that changed anything."""
    await queries.lock(tx, refund.payment_id)
    now = await queries.refund(refund.id)
    if now is None or now.succeeded_at is not None or now.number != refund.number:
        return False
    await _fail(tx, refund, refund.number, code, source)
    await tx.execute(FAILED, refund.id, code)
    return True


async def _succeeded(
    tx: RequestConnection, refund: GrantedRefund, report: RefundReport, source: EventSource
) -> RefundKind:
    if refund.succeeded_at is not None:
        if not await _is_known(tx, report.out_refund_no):
            _log.error("a refund succeeded under both its numbers", refund_id=refund.id)
            await _fail(tx, refund, report.out_refund_no, "TWICE", source)
        return RefundKind.ALREADY
    finished = report.finished_at or clock.now()
    await append(
        tx,
        refund.payment_id,
        EventKind.REFUND,
        EventOutcome.SUCCESS,
        source,
        amount_fen=refund.amount_fen,
        transaction_id=refund.transaction_id,
        refund=refund,
        out_refund_no=report.out_refund_no,
        happened_at=finished,
    )
    await tx.execute(REFUNDED, refund.payment_id, refund.amount_fen)
    await tx.execute(SUCCEEDED, refund.id, finished, report.accepted_at)
    return RefundKind.REFUNDED


async def _is_known(tx: RequestConnection, out_refund_no: str) -> bool:
    sql = """SELECT 1 FROM payment_event WHERE out_refund_no = $1 AND kind = 'REFUND' AND outcome = 'SUCCESS'"""
    return bool(await tx.fetch(sql, out_refund_no))


def _is_over(refund: GrantedRefund, report: RefundReport) -> bool:
    """Whether the report comes too late: for a number that was given up, or a refund that is done or failed."""
    return refund.next_try_at is None or report.out_refund_no != refund.number


async def _processing(tx: RequestConnection, refund: GrantedRefund, report: RefundReport, _: EventSource) -> RefundKind:
    if _is_over(refund, report):
        return RefundKind.ALREADY
    await tx.execute(ACCEPTED, refund.id, report.accepted_at or clock.now())
    return RefundKind.PROCESSING


async def _abnormal(
    tx: RequestConnection, refund: GrantedRefund, report: RefundReport, source: EventSource
) -> RefundKind:
    if _is_over(refund, report):
        return RefundKind.ALREADY
    await _fail(tx, refund, report.out_refund_no, RefundStatus.ABNORMAL, source)
    await tx.execute(ACCEPTED, refund.id, report.accepted_at or clock.now())
    await tx.execute(FAILED, refund.id, RefundStatus.ABNORMAL.value)
    return RefundKind.ABNORMAL


async def _closed(
    tx: RequestConnection, refund: GrantedRefund, report: RefundReport, source: EventSource
) -> RefundKind:
    if _is_over(refund, report):
        return RefundKind.ALREADY
    await _fail(tx, refund, report.out_refund_no, RefundStatus.CLOSED, source)
    if refund.attempt == rules.MOST_ATTEMPTS:
        await tx.execute(FAILED, refund.id, RefundStatus.CLOSED.value)
        return RefundKind.FAILED
    await tx.execute(ANOTHER, refund.id, clock.now())
    await jobs.enqueue(tx, REFUND_JOB, {"refund": refund.id})
    return RefundKind.NEW_NUMBER


async def _fail(tx: RequestConnection, refund: GrantedRefund, number: str, code: str, source: EventSource) -> None:
    await append(
        tx,
        refund.payment_id,
        EventKind.REFUND,
        EventOutcome.FAILURE,
        source,
        amount_fen=refund.amount_fen,
        transaction_id=refund.transaction_id,
        refund=refund,
        out_refund_no=number,
        code=code,
    )


_RECORD = {
    RefundStatus.SUCCESS: _succeeded,
    RefundStatus.PROCESSING: _processing,
    RefundStatus.ABNORMAL: _abnormal,
    RefundStatus.CLOSED: _closed,
}
