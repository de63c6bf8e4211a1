"""The daily comparison of WeChat's bill with the ledger: what is safe is healed, the rest is told to staff."""

from datetime import date, datetime, time, timedelta
from typing import Any

import structlog

from app.kit import clock, db
from app.payments import queries, service
from app.payments.comparing import Difference, Ledger, LedgerCharge, LedgerRefund, differences
from app.payments.enums import EventSource
from app.payments.errors import BillNotReady, GatewayRefused
from app.payments.gateway import Bill, Gateway
from app.payments.handling import Handler

READY_AT = time(10)  # of the next day, in Shanghai (WeChat Pay, trade bill)
LOOKS_BACK = timedelta(days=31)

# days since the first payment that have no report yet
MISSING = """
SELECT d::date FROM generate_series($1::date, $2::date, interval '1 day') d
WHERE d::date >= (SELECT (min(created_at) AT TIME ZONE 'Asia/Shanghai')::date FROM payment)
AND NOT EXISTS (SELECT 1 FROM reconciliation_report r WHERE r.day = d::date) ORDER BY 1
"""
CHARGES = """
SELECT e.transaction_id, p.out_trade_no, e.amount_fen, e.happened_at >= $1 AND e.happened_at < $2 AS is_of_day
FROM payment_event e JOIN payment p ON p.id = e.payment_id
WHERE e.kind = 'CHARGE' AND e.outcome = 'SUCCESS'
AND (e.happened_at >= $1 AND e.happened_at < $2 OR e.transaction_id = ANY($3))
"""
REFUNDS = """
SELECT e.out_refund_no, p.out_trade_no, e.amount_fen,
  coalesce(r.accepted_at >= $1 AND r.accepted_at < $2, false)
    AND e.id = (SELECT max(id) FROM payment_event WHERE refund_id = r.id AND outcome = 'REQUEST') AS is_of_day,
  EXISTS (SELECT 1 FROM payment_event s WHERE s.out_refund_no = e.out_refund_no AND s.kind = 'REFUND'
    AND s.outcome = 'SUCCESS') AS is_done
FROM payment_event e JOIN granted_refund r ON r.id = e.refund_id JOIN payment p ON p.id = e.payment_id
WHERE e.kind = 'REFUND' AND e.outcome = 'REQUEST'
AND (r.accepted_at >= $1 AND r.accepted_at < $2 OR e.out_refund_no = ANY($3))
"""
REPORT = """
INSERT INTO reconciliation_report (day, charge_count, charge_fen, refund_count, refund_fen, matched, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (day) DO NOTHING RETURNING id
"""
DIFFER = """
INSERT INTO reconciliation_difference (report_id, kind, out_trade_no, transaction_id, out_refund_no, bill_fen,
  ledger_fen, is_healed)
SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::boolean[])
"""

_log = structlog.get_logger("payments")


class Reconciler:
    """Compares by a gateway; `handler` is told of money the ledger lacks."""

    def __init__(self, gateway: Gateway, handler: Handler) -> None:
        self._gateway = gateway
        self._handler = handler

    async def reconcile(self, _: dict[str, Any]) -> None:
        """A report for each of the last 31 days that has none; repeated, nothing is added.

        Raises:
            GatewayUnavailable: no bill now; the job is tried again.
        """
        for day in await _missing(clock.now()):
            try:
                await self._day(day)
            except BillNotReady:
                _log.info("the bill is not ready", day=day.isoformat())

    async def _day(self, day: date) -> None:
        await db.current().rest()
        bill = await self._gateway.bill(day)
        found = differences(bill, await _ledger(day, bill))
        for each in found:
            await self._heal(each, bill)
        left = set(differences(bill, await _ledger(day, bill))) if found else set()
        await _write(day, bill, found, left)

    async def _heal(self, found: Difference, bill: Bill) -> None:
        """Asks WeChat about what it has and the ledger lacks; nothing else is safe to change."""
        payment = await queries.by_number(found.out_trade_no)
        if payment is None or found.bill_fen is None:
            return
        try:
            if found.out_refund_no is not None:
                await db.current().rest()
                report = await self._gateway.query_refund(found.out_refund_no)
                if report is not None:
                    await self._handler.on_refund(report, EventSource.RECONCILE)
                return
            trade = await service.look_up(self._gateway, payment.id)
        except GatewayRefused as refused:
            _log.error("a difference cannot be looked up", payment_id=payment.id, refusal=refused.code)
            return
        if trade is not None and trade.charge is not None:
            charge = next(each for each in bill.charges if each.transaction_id == found.transaction_id)
            await self._handler.on_charge(payment.id, charge, EventSource.RECONCILE)


async def _missing(now: datetime) -> list[date]:
    local = now.astimezone(clock.SHANGHAI)
    last = local.date() - timedelta(days=1 if local.time() >= READY_AT else 2)
    return [record[0] for record in await db.fetch(MISSING, last - LOOKS_BACK, last)]


async def _ledger(day: date, bill: Bill) -> Ledger:
    begins = datetime.combine(day, time(), clock.SHANGHAI)
    ends = begins + timedelta(days=1)
    charges = await db.fetch(CHARGES, begins, ends, [each.transaction_id for each in bill.charges])
    refunds = await db.fetch(REFUNDS, begins, ends, [each.out_refund_no for each in bill.refunds])
    return Ledger(
        {record[0]: LedgerCharge(*record[1:]) for record in charges},
        {record[0]: LedgerRefund(*record[1:]) for record in refunds},
    )


async def _write(day: date, bill: Bill, found: list[Difference], left: set[Difference]) -> None:
    charges, refunds = bill.charges, bill.refunds
    both = len(charges) + len(refunds) - sum(each.bill_fen is not None for each in found)
    sums = (len(charges), _sum(charges), len(refunds), _sum(refunds), both, clock.now())
    async with db.transaction() as tx:
        made = await tx.fetch(REPORT, day, *sums)
        if made and found:
            await tx.execute(DIFFER, made[0]["id"], *_columns(found, left))
    open_ones = len(left)
    (_log.error if open_ones else _log.info)("reconciled", day=day.isoformat(), matched=both, differ=open_ones)


def _sum(rows: Any) -> int:
    return sum(each.amount_fen for each in rows)


def _columns(found: list[Difference], left: set[Difference]) -> tuple[list[Any], ...]:
    return (
        [each.kind.value for each in found],
        [each.out_trade_no for each in found],
        [each.transaction_id for each in found],
        [each.out_refund_no for each in found],
        [each.bill_fen for each in found],
        [each.ledger_fen for each in found],
        [each not in left for each in found],
    )
