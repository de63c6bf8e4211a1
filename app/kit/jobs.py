"""The job queue as the rest of the program sees it: jobs are enqueued with a business write.

Jobs stand in pgqueuer's tables (release 1.6, made by our migrations). A job may run more than once, when
its worker dies after the work and before the note of it; what it does must bear that. Payloads hold ids,
never personal values (DESIGN rule 9).
"""

from datetime import timedelta
from typing import Any

import orjson
from opentelemetry import propagate

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
PURGE_LOG = """
DELETE FROM pgqueuer_log l WHERE created < $1 AND aggregated
AND NOT EXISTS (SELECT 1 FROM pgqueuer q WHERE q.id = l.job_id)
"""
PURGE_STATISTICS = "DELETE FROM pgqueuer_statistics WHERE created < $1"


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


async def purge(_: dict[str, Any]) -> None:
    """The job that forgets what became of finished jobs after a week; dead letters keep their history."""
    connection, before = db.current(), clock.now() - LOG_KEPT
    await connection.execute(PURGE_LOG, before)
    await connection.execute(PURGE_STATISTICS, before)
