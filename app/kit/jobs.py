"""The job queue as the rest of the program sees it: enqueue with a business write, look after what failed.

Jobs stand in pgqueuer's tables (release 1.6, made by our migrations). A job may run more than once, when
its worker dies after the work and before the note of it; what it does must bear that. Payloads hold ids,
never personal values (DESIGN rule 9).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from opentelemetry import propagate
from pgqueuer.adapters.persistence.qb import QueryQueueBuilder

from app.kit import clock, db
from app.kit.db import RequestConnection

LOG_KEPT = timedelta(days=7)

# pgqueuer's own enqueue either loses the row lock or does not tell a new job from a queued one. The lock
# matters: a worker cannot take the queued duplicate before this transaction commits, so that the job that
# answers for this call sees what this transaction wrote.
ENQUEUE = """
WITH job AS MATERIALIZED (SELECT nextval('pgqueuer_id_seq') AS id),
inserted AS (
  INSERT INTO pgqueuer (id, priority, entrypoint, payload, execute_after, dedupe_key, headers, status)
  SELECT id, 0, $1, $2, now() + $3::interval, $4, $5::jsonb, 'queued' FROM job
  ON CONFLICT (dedupe_key) WHERE status IN ('queued', 'picked') AND dedupe_key IS NOT NULL
  DO UPDATE SET priority = pgqueuer.priority
  RETURNING id
),
fresh AS (SELECT id FROM inserted JOIN job USING (id)),
logged AS (
  INSERT INTO pgqueuer_log (job_id, status, entrypoint, priority) SELECT id, 'queued', $1, 0 FROM fresh
)
SELECT id FROM fresh
"""
DEAD = """
SELECT q.id, q.entrypoint, q.payload, q.created, q.updated, note.traceback ->> 'exception_message'
FROM pgqueuer q
LEFT JOIN LATERAL (
  SELECT traceback FROM pgqueuer_log WHERE job_id = q.id AND status = 'failed' ORDER BY id DESC LIMIT 1
) note ON true
WHERE q.status = 'failed' ORDER BY q.id LIMIT $1
"""
REPLAY = QueryQueueBuilder().build_requeue_jobs_query()
PURGE_LOG = """
DELETE FROM pgqueuer_log l WHERE created < $1 AND aggregated
AND NOT EXISTS (SELECT 1 FROM pgqueuer q WHERE q.id = l.job_id)
"""
PURGE_STATISTICS = "DELETE FROM pgqueuer_statistics WHERE created < $1"


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A job that failed as often as it may, kept until someone replays it."""

    id: int
    name: str
    payload: str  # JSON as it was queued
    created_at: datetime
    failed_at: datetime
    error: str | None


async def enqueue(
    tx: RequestConnection,
    name: str,
    payload: dict[str, Any],
    *,
    dedupe_key: str | None = None,
    delay: timedelta = timedelta(0),
) -> int | None:
    """Queues the job `name` in the caller's transaction: it runs if that commits, and never before.

    Returns its id, or None when a job with the same `dedupe_key` waits already; that one then runs after
    this transaction. A job that has begun to run is no duplicate. Who enqueues several with keys in one
    transaction does so in the order of the keys, or two transactions may wait for each other.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    headers = orjson.dumps({"otel": carrier}).decode() if carrier else None
    queued = await tx.fetch(ENQUEUE, name, orjson.dumps(payload), delay, dedupe_key, headers)
    return int(queued[0]["id"]) if queued else None


async def dead_letters(limit: int = 100) -> list[DeadLetter]:
    """The jobs that failed for good, oldest first."""
    return [
        DeadLetter(record[0], record[1], record[2].decode(errors="replace"), *record[3:])
        for record in await db.fetch(DEAD, limit)
    ]


async def replay(tx: RequestConnection, job_id: int) -> bool:
    """Puts a dead letter back into the queue with all its attempts; whether there was one with this id.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    return await tx.execute(REPLAY, [job_id]) == "INSERT 0 1"


async def purge(_: dict[str, Any]) -> None:
    """The job that forgets what became of finished jobs after a week; dead letters keep their history."""
    connection, before = db.current(), clock.now() - LOG_KEPT
    await connection.execute(PURGE_LOG, before)
    await connection.execute(PURGE_STATISTICS, before)
