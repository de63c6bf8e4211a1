"""Counts what is asked for: in memory per request, written in one statement every few seconds.

What a process that dies has not written is lost: seconds of counting, never a call.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

import asyncpg
import structlog

from app.documents.histogram import BUCKETS, bucket
from app.kit import clock, db
from app.tables import Database

FLUSH_EVERY = 5.0  # seconds
_AWAY = (asyncpg.PostgresError, *db.CONNECTION_LOST, OSError, TimeoutError)
_log = structlog.get_logger("documents")

# in the order of the key, as every process writes: two never wait for each other
_FLUSH = """INSERT INTO document_usage AS u (app_id, sha256, used_on, calls, errors, latency, last_used_at)
SELECT c.app_id, c.sha256, c.used_on, c.calls, c.errors, c.latency::bigint[], c.last_used_at
FROM unnest($1::bigint[], $2::text[], $3::date[], $4::bigint[], $5::bigint[], $6::text[], $7::timestamptz[])
AS c (app_id, sha256, used_on, calls, errors, latency, last_used_at)
ORDER BY c.app_id, c.sha256, c.used_on
ON CONFLICT (app_id, sha256, used_on) DO UPDATE SET calls = u.calls + EXCLUDED.calls,
errors = u.errors + EXCLUDED.errors, last_used_at = greatest(u.last_used_at, EXCLUDED.last_used_at),
latency = (SELECT array_agg(a + b ORDER BY place)
  FROM unnest(u.latency, EXCLUDED.latency) WITH ORDINALITY AS l (a, b, place))"""


class Used(NamedTuple):
    """What is counted: a document of an app on a business day."""

    app_id: int
    sha256: str
    used_on: date


@dataclass(slots=True)
class Count:
    """How often, how often with errors, how long, and when last."""

    last_used_at: datetime
    calls: int = 0
    errors: int = 0
    latency: list[int] = field(default_factory=lambda: [0] * BUCKETS)

    def add(self, other: "Count") -> None:
        """Adds what was counted elsewhere."""
        self.last_used_at = max(self.last_used_at, other.last_used_at)
        self.calls += other.calls
        self.errors += other.errors
        self.latency = [a + b for a, b in zip(self.latency, other.latency, strict=True)]


class Usage:
    """What one process has counted since it last wrote it down."""

    def __init__(self) -> None:
        self._counts: dict[Used, Count] = {}

    def note(self, app_id: int, sha256: str, seconds: float, *, has_errors: bool) -> None:
        """Counts one call that ended now after `seconds`. No statement."""
        now = clock.now()
        used = Used(app_id, sha256, clock.business_day(now))
        count = self._counts.get(used)
        if count is None:
            count = self._counts[used] = Count(now)
        count.last_used_at = now
        count.calls += 1
        count.errors += has_errors
        count.latency[bucket(seconds)] += 1

    async def flush(self) -> int:
        """Writes what was counted, in one statement if there is anything; how many rows. On failure all is kept."""
        if not self._counts:
            return 0
        taken, self._counts = self._counts, {}
        try:
            await db.current().execute(_FLUSH, *_columns(taken))
        except BaseException:
            for used, count in taken.items():
                if (later := self._counts.get(used)) is not None:
                    later.add(count)
                else:
                    self._counts[used] = count
            raise
        return len(taken)

    async def keep_flushing(self, database: Database) -> None:
        """Writes now and then until cancelled, and once more then."""
        try:
            while True:
                await asyncio.sleep(FLUSH_EVERY)
                await self._flush_or_log(database)
        finally:
            await self._flush_or_log(database)

    async def _flush_or_log(self, database: Database) -> None:
        try:
            async with database.session():
                await self.flush()
        except _AWAY:
            _log.warning("usage of documents not written yet", exc_info=True)


def _columns(counts: dict[Used, Count]) -> list[list[object]]:
    """The statement's parameters; a list of lists would be one array to PostgreSQL, so each histogram is its text."""
    return [
        [used.app_id for used in counts],
        [used.sha256 for used in counts],
        [used.used_on for used in counts],
        [count.calls for count in counts.values()],
        [count.errors for count in counts.values()],
        ["{" + ",".join(map(str, count.latency)) + "}" for count in counts.values()],
        [count.last_used_at for count in counts.values()],
    ]
