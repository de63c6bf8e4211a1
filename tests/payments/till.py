"""A till over a database of the test's own: payments of one customer, and what stands in the ledger."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import asyncpg

from app.kit import clock, db
from app.payments import ledger, service
from app.payments.enums import EventSource
from app.payments.gateway import Charge, RefundReport, RefundStatus
from app.payments.ledger import ChargeOutcome, RefundOutcome
from app.payments.models import GrantedRefund, Payment
from app.tables import Database

CUSTOMER = """INSERT INTO customer (display_name, status, is_demo, created_at)
VALUES ('王小明', 'ACTIVE', true, $1) RETURNING id"""
HOLDS = timedelta(minutes=10)
# what the ledger's entries add up to must be what the counters say, for every payment
UNBALANCED = """
SELECT p.id FROM payment p
LEFT JOIN LATERAL (
  SELECT coalesce(sum(e.amount_fen) FILTER (WHERE e.kind = 'CHARGE' AND e.outcome = 'SUCCESS'), 0) AS paid,
    coalesce(sum(e.amount_fen) FILTER (WHERE e.kind = 'REFUND' AND e.outcome = 'SUCCESS'), 0) AS refunded
  FROM payment_event e WHERE e.payment_id = p.id) e ON true
LEFT JOIN LATERAL (
  SELECT coalesce(sum(r.amount_fen), 0) AS granted,
    coalesce(sum(r.amount_fen) FILTER (WHERE r.succeeded_at IS NOT NULL), 0) AS done
  FROM granted_refund r WHERE r.payment_id = p.id) r ON true
WHERE (p.paid_fen, p.refund_granted_fen, p.refunded_fen, p.refunded_fen) <> (e.paid, r.granted, e.refunded, r.done)
"""


@dataclass(frozen=True, slots=True)
class Till:
    """Payments over a database."""

    database: Database
    owner: asyncpg.Connection
    customer: int

    async def open(self, amount_fen: int = 1000) -> Payment:
        """A payment that ends in ten minutes."""
        async with self.database.session(), db.transaction() as tx:
            return await service.open(
                tx,
                customer_id=self.customer,
                amount_fen=amount_fen,
                description="优购生鲜",
                expires_at=clock.now() + HOLDS,
            )

    async def charge(
        self, payment: Payment, transaction: str = "", amount_fen: int | None = None, **source: EventSource
    ) -> ChargeOutcome:
        """Money that arrives for it, told once."""
        given = payment.amount_fen if amount_fen is None else amount_fen
        charge = Charge(payment.out_trade_no, transaction or f"T{payment.id}", given, clock.now())
        async with self.database.session(), db.transaction() as tx:
            return await ledger.record_charge(tx, payment.id, charge, source.get("source", EventSource.NOTIFY))

    async def paid(self, amount_fen: int = 1000) -> Payment:
        """A payment that was paid."""
        payment = await self.open(amount_fen)
        await self.charge(payment)
        return payment

    async def grant(self, payment: Payment, key: str, amount_fen: int) -> GrantedRefund:
        """Part of it, to go back."""
        async with self.database.session(), db.transaction() as tx:
            return await ledger.grant_refund(tx, payment.id, key=key, amount_fen=amount_fen, reason="少拣退款")

    async def report(
        self, number: str, amount_fen: int, status: RefundStatus = RefundStatus.SUCCESS, trade: str = "x"
    ) -> RefundOutcome:
        """What WeChat tells of a refund, told once."""
        report = RefundReport(number, trade, status, amount_fen, clock.now(), clock.now())
        async with self.database.session(), db.transaction() as tx:
            return await ledger.record_refund(tx, report, EventSource.NOTIFY)

    async def rows(self, sql: str, *args: Any) -> list[tuple[Any, ...]]:
        """What a statement answers, as the owner."""
        return [tuple(each) for each in await self.owner.fetch(sql, *args)]

    async def counters(self, payment: Payment) -> tuple[Any, ...]:
        """What came, what may go back and what went back, in fen."""
        sql = "SELECT paid_fen, refund_granted_fen, refunded_fen FROM payment WHERE id = $1"
        return (await self.rows(sql, payment.id))[0]

    async def events(self, payment: Payment) -> list[tuple[Any, ...]]:
        """Its entries in order: kind, outcome and amount."""
        sql = "SELECT kind, outcome, amount_fen FROM payment_event WHERE payment_id = $1 ORDER BY id"
        return await self.rows(sql, payment.id)

    async def everything(self) -> list[tuple[Any, ...]]:
        """All rows of the domain, to see that nothing was changed."""
        sql = """SELECT (SELECT json_agg(t ORDER BY id)::text FROM payment t),
          (SELECT json_agg(t ORDER BY id)::text FROM granted_refund t),
          (SELECT json_agg(t ORDER BY id)::text FROM payment_event t)"""
        return await self.rows(sql)
