"""Jobs of payments: refunds until they are done or need somebody, and payments no notification came for."""

from datetime import timedelta
from typing import Any

import structlog

from app.kit import clock, db, jobs
from app.kit.retry import Retry
from app.payments import ledger, queries, service
from app.payments.enums import EventSource, RefundKind
from app.payments.errors import GatewayRefused, GatewayUnavailable, NotEnough
from app.payments.gateway import Gateway, NewRefund, RefundReport
from app.payments.handling import Handler
from app.payments.ledger import REFUND_JOB
from app.payments.models import GrantedRefund

RETRY = Retry(attempts=30, first=timedelta(minutes=1), longest=timedelta(hours=6))
"""About a week. WeChat wants a minute between the refunds of a payment; banks take days to say they are done."""
EARLY = timedelta(seconds=5)
"""A job may run so long before it is due, since clocks differ; one that runs sooner is a duplicate."""
LATE = timedelta(minutes=10)
QUIET = timedelta(seconds=20)
"""A notification comes within seconds; who has not been told by then asks."""
POLLED = timedelta(days=1)
MOST_POLLED = 100

NEXT = """
UPDATE granted_refund SET tries = tries + 1, next_try_at = $3
WHERE id = $1 AND tries = $2 AND next_try_at IS NOT NULL
"""
OVERDUE = """
SELECT id FROM granted_refund WHERE next_try_at < $1 ORDER BY id LIMIT 1000
"""
TOTAL = """
SELECT amount_fen FROM payment_event WHERE transaction_id = $1 AND kind = 'CHARGE' AND outcome = 'SUCCESS'
"""

_log = structlog.get_logger("payments")


class Refunder:
    """Moves granted refunds by a gateway; `handler` is told what came of it."""

    def __init__(self, gateway: Gateway, handler: Handler) -> None:
        self._gateway = gateway
        self._handler = handler

    async def refund(self, payload: dict[str, Any]) -> None:
        """One try of a granted refund: asked for with its number, or asked about once WeChat has it.

        A worker that dies in the middle asks again with the same number, and WeChat knows it. No database connection
        is held while WeChat is waited for.
        """
        refund = await queries.refund(payload["refund"])
        if refund is None or refund.next_try_at is None or refund.next_try_at > clock.now() + EARLY:
            return
        async with db.transaction() as tx:
            await ledger.request_refund(tx, refund)
        asked = NewRefund(refund.number, refund.transaction_id, refund.amount_fen, await _total(refund), refund.reason)
        await db.current().rest()
        try:
            report = await self._report(refund, asked)
        except (GatewayUnavailable, NotEnough) as later:
            await _later(refund, later)
            return
        except GatewayRefused as refused:
            await _leave(refund, refused.code)
            return
        outcome = await self._handler.on_refund(report, EventSource.REQUEST if refund.tries == 0 else EventSource.QUERY)
        if outcome.kind is RefundKind.PROCESSING:
            await _again(refund)
        elif outcome.kind is RefundKind.MISMATCH:
            await _leave(refund, "AMOUNT_DIFFERS")

    async def _report(self, refund: GrantedRefund, asked: NewRefund) -> RefundReport:
        known = None if refund.accepted_at is None else await self._gateway.query_refund(refund.number)
        return known or await self._gateway.refund(asked)

    async def sweep(self, _: dict[str, Any]) -> None:
        """Queues again what should have been tried long ago, for a job that was lost; finds nothing on good days."""
        async with db.transaction() as tx:
            for record in await tx.fetch(OVERDUE, clock.now() - LATE):
                await jobs.enqueue(tx, REFUND_JOB, {"refund": record["id"]}, dedupe_key=f"refund:{record['id']}")


class Poller:
    """Asks about payments that may have been paid without our being told."""

    def __init__(self, gateway: Gateway, handler: Handler) -> None:
        self._gateway = gateway
        self._handler = handler

    async def poll(self, _: dict[str, Any]) -> None:
        """Looks up what was asked for some seconds ago and is open still, until a day after its end.

        A gateway that does not answer ends the round; the next one comes in a minute.
        """
        now = clock.now()
        for payment_id in await queries.waiting(now - QUIET, now - POLLED, MOST_POLLED):
            try:
                trade = await service.look_up(self._gateway, payment_id)
            except GatewayRefused as refused:
                _log.error("a payment cannot be looked up", payment_id=payment_id, code=refused.code)
                continue
            except GatewayUnavailable as away:
                _log.warning("polling ends early", reason=str(away))
                return
            if trade is not None and trade.charge is not None:
                await self._handler.on_charge(payment_id, trade.charge, EventSource.QUERY)


async def _total(refund: GrantedRefund) -> int:
    """The whole of the charge it goes back from: WeChat wants to be told."""
    return int((await db.fetch(TOTAL, refund.transaction_id))[0][0])


async def _later(refund: GrantedRefund, why: Exception) -> None:
    _log.warning("a refund waits", refund_id=refund.id, tries=refund.tries + 1, reason=str(why))
    if refund.tries + 1 >= RETRY.attempts and refund.accepted_at is None:
        await _leave(refund, why.code if isinstance(why, GatewayRefused) else "NO_ANSWER")
    else:
        await _again(refund)


async def _again(refund: GrantedRefund) -> None:
    delay = RETRY.delay(refund.tries + 1)
    async with db.transaction() as tx:
        if await tx.execute(NEXT, refund.id, refund.tries, clock.now() + delay) == "UPDATE 1":
            await jobs.enqueue(tx, REFUND_JOB, {"refund": refund.id}, delay=delay)


async def _leave(refund: GrantedRefund, code: str) -> None:
    """To staff: it stands in their list; the log line is for an alarm."""
    _log.error("a refund needs somebody", refund_id=refund.id, code=code)
    async with db.transaction() as tx:
        await ledger.fail_refund(tx, refund, code, EventSource.REQUEST)
