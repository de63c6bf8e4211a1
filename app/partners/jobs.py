"""Jobs of partners: events to webhooks, with retries until they are dead letters."""

from datetime import datetime, timedelta
from typing import Any

import structlog

from app.kit import audit, clock, db, jobs
from app.kit.caller import MACHINE
from app.kit.crypto import CannotOpen
from app.kit.db import RequestConnection
from app.kit.retry import Retry
from app.partners import queries, signing
from app.partners.queries import Due
from app.partners.sender import Outcome, Sender
from app.partners.webhooks import DELIVER, Webhooks

RETRY = Retry(attempts=16, first=timedelta(seconds=10), longest=timedelta(hours=12))
"""About two days, so that a receiver may be down over a weekend's night and miss nothing."""
PAUSED_AFTER = timedelta(days=3)
LATE = timedelta(minutes=15)
EARLY = timedelta(minutes=1)
"""A job may run so long before its delivery is due, since clocks differ; one that runs sooner is a duplicate."""

# what a paused webhook misses is a dead letter at once: staff may replay it when they resume the webhook
FAN_OUT = """
INSERT INTO webhook_delivery (event_id, webhook_id, status, attempts, next_try_at, error, created_at, finished_at)
SELECT e.id, w.id, CASE WHEN w.paused_at IS NULL THEN 'PENDING' ELSE 'DEAD' END, 0,
  CASE WHEN w.paused_at IS NULL THEN $2::timestamptz END, CASE WHEN w.paused_at IS NOT NULL THEN 'paused' END,
  $2, CASE WHEN w.paused_at IS NOT NULL THEN $2::timestamptz END
FROM partner_event e JOIN webhook w ON e.type = ANY(w.events) AND w.is_active
  AND (e.partner_id IS NULL OR e.partner_id = w.partner_id)
JOIN partner p ON p.id = w.partner_id AND p.is_active
WHERE e.id = $1 ORDER BY w.id
ON CONFLICT (webhook_id, event_id) DO NOTHING RETURNING id, status
"""
# by the number of attempts: of two workers that sent the same attempt one writes down what came of it
DELIVERED = """
UPDATE webhook_delivery SET status = 'DELIVERED', attempts = attempts + 1, response_status = $3, error = NULL,
  next_try_at = NULL, finished_at = $4
WHERE id = $1 AND attempts = $2 AND status = 'PENDING'
"""
FAILED = """
UPDATE webhook_delivery SET attempts = attempts + 1, response_status = $3, error = $4, next_try_at = $5
WHERE id = $1 AND attempts = $2 AND status = 'PENDING'
"""
DIED = """
UPDATE webhook_delivery SET status = 'DEAD', attempts = attempts + 1, response_status = $3, error = $4,
  next_try_at = NULL, finished_at = $5
WHERE id = $1 AND attempts = $2 AND status = 'PENDING'
"""
GIVEN_UP = """
UPDATE webhook_delivery SET status = 'DEAD', error = $2, next_try_at = NULL, finished_at = $3
WHERE id = $1 AND status = 'PENDING'
"""
HEALTHY = "UPDATE webhook SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL AND paused_at IS NULL"
FAILING = """
UPDATE webhook SET failing_since = coalesce(failing_since, $2),
  paused_at = CASE WHEN failing_since <= $3 THEN $2 END
WHERE id = $1 AND paused_at IS NULL RETURNING paused_at IS NOT NULL
"""
OVERDUE = """
SELECT id FROM webhook_delivery WHERE status = 'PENDING' AND next_try_at < $1 ORDER BY next_try_at, id LIMIT 1000
"""

_log = structlog.get_logger("partners")


async def fan_out(payload: dict[str, Any]) -> None:
    """Puts an event on its way to each webhook that listens; repeated, to none twice."""
    async with db.transaction() as tx:
        for delivery in await tx.fetch(FAN_OUT, payload["event"], clock.now()):
            if delivery["status"] == "PENDING":
                await jobs.enqueue(tx, DELIVER, {"delivery": delivery["id"]})


async def sweep(_: dict[str, Any]) -> None:
    """Queues again what should have been tried long ago, for a job that was lost; finds nothing on good days."""
    async with db.transaction() as tx:
        for delivery in await tx.fetch(OVERDUE, clock.now() - LATE):
            key = f"webhook:{delivery['id']}"
            await jobs.enqueue(tx, DELIVER, {"delivery": delivery["id"]}, dedupe_key=key)


class Deliverer:
    """Delivers with the installation's keys and its rule about addresses."""

    def __init__(self, webhooks: Webhooks, sender: Sender) -> None:
        self._webhooks = webhooks
        self._sender = sender

    async def deliver(self, payload: dict[str, Any]) -> None:
        """Tries a delivery once, and queues the next attempt if this one fails.

        A worker that dies after sending sends again: receivers know an event by its id. No database connection is
        held while the receiver is waited for.
        """
        due = await queries.due(payload["delivery"])
        if due is None or due.next_try_at > clock.now() + EARLY:
            return
        if not due.may_be_sent:
            await db.current().execute(GIVEN_UP, due.id, "paused", clock.now())
            return
        content = signing.body(due.type, due.happened_at, due.payload)
        try:
            secrets = await self._webhooks.secrets(db.current(), due)
        except (CannotOpen, LookupError):
            await _record(due, Outcome(None, "its secret does not open"))
            return
        headers = signing.headers(due.uid, clock.now(), content, secrets)
        await db.current().rest()
        await _record(due, await self._sender.post(due.url, content, headers))


async def _record(due: Due, outcome: Outcome) -> None:
    now = clock.now()
    async with db.transaction() as tx:
        if outcome.is_success:
            await tx.execute(DELIVERED, due.id, due.attempts, outcome.status, now)
            await tx.execute(HEALTHY, due.webhook_id)
            return
        paused = await tx.fetch(FAILING, due.webhook_id, now, now - PAUSED_AFTER)
        if due.attempts + 1 >= RETRY.attempts or not paused or paused[0][0]:
            await tx.execute(DIED, due.id, due.attempts, outcome.status, outcome.error, now)
        else:
            await _try_again(tx, due, outcome, now)
        if paused and paused[0][0]:
            await _tell_staff(tx, due, now)


async def _try_again(tx: RequestConnection, due: Due, outcome: Outcome, now: datetime) -> None:
    delay = RETRY.delay(due.attempts + 1)
    if await tx.execute(FAILED, due.id, due.attempts, outcome.status, outcome.error, now + delay) == "UPDATE 1":
        await jobs.enqueue(tx, DELIVER, {"delivery": due.id}, delay=delay)


async def _tell_staff(tx: RequestConnection, due: Due, now: datetime) -> None:
    """A paused webhook stands in the audit log and at the head of staff's list; the log line is for an alarm."""
    _log.error("webhook paused: it failed for days", webhook_id=due.webhook_id, partner_id=due.partner_id)
    after = {"paused_at": now}
    await audit.append(tx, MACHINE, scope=None, action="pause", entity="Webhook", entity_id=due.webhook_id, after=after)
