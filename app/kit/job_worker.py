"""The worker: takes jobs from the queue and runs their handlers, until it is asked to stop.

Any number of workers share a queue (SKIP LOCKED). A worker shows a heartbeat per job it runs; a job whose
heartbeat stops is taken over by another.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, Protocol

import asyncpg
import orjson
import structlog
from croniter import croniter
from pgqueuer import AsyncpgDriver, PgQueuer
from pgqueuer.adapters.tracing.opentelemetry import OpenTelemetryTracing
from pgqueuer.core.executors import ScheduleExecutor
from pgqueuer.domain.models import Job
from pgqueuer.errors import FailingListenerError, RetryRequested

from app.kit import clock, db, jobs
from app.kit.retry import USUAL, Retry

Handler = Callable[[dict[str, Any]], Awaitable[None]]

BATCH = 5  # jobs taken at once
CONCURRENT = 10  # jobs running at once; more wait for a pool connection anyway
RECONNECT = timedelta(seconds=1)
LOST = (*db.CONNECTION_LOST, FailingListenerError)

# From here on the job is no duplicate of what is enqueued: a later event needs a run of its own. The log
# counts the attempts, those that killed their worker too.
BEGIN = """
WITH begun AS (UPDATE pgqueuer SET dedupe_key = NULL WHERE id = $1 AND dedupe_key IS NOT NULL)
SELECT count(*) FROM pgqueuer_log WHERE job_id = $1 AND status = 'picked'
AND id > coalesce((SELECT max(id) FROM pgqueuer_log WHERE job_id = $1 AND status = 'failed'), 0)
"""

log = structlog.get_logger(__name__)


class JobFailed(Exception):  # noqa: N818 - a note in the queue's log, not an error of this program
    """What the queue keeps of a failure: the type and first line of the error, no traceback or detail."""


class Sessions(Protocol):
    """The open database, as far as a worker needs it."""

    pool: asyncpg.Pool

    def session(self) -> AbstractAsyncContextManager[db.RequestConnection]:
        """One connection for everything inside the block."""


class Schedule(NamedTuple):
    """When the job `name` is enqueued by itself: a cron expression in Asia/Shanghai wall time."""

    cron: str
    name: str


class _ShanghaiCron(ScheduleExecutor):
    """pgqueuer reads cron expressions in UTC; ours are the shop's wall time."""

    def get_next(self) -> datetime:
        """The next moment the expression names."""
        following: datetime = croniter(self.parameters.expression, clock.now().astimezone(clock.SHANGHAI)).get_next(
            datetime
        )
        return following.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Worker:
    """What a worker runs, and how patient it is."""

    database: Sessions
    handlers: Mapping[str, Handler]
    schedules: Sequence[Schedule]
    retry: Retry
    heartbeat: timedelta
    limits: Mapping[str, int]

    async def serve(self, stop: asyncio.Event) -> None:
        """Runs jobs on one connection of its own for the queue, until `stop`, then finishes what runs."""
        async with self.database.pool.acquire() as connection:
            try:
                queue = PgQueuer(AsyncpgDriver(connection))
                self._register(queue)
                async with asyncio.TaskGroup() as group:
                    watch = group.create_task(_shut_down(queue, stop))
                    await queue.run(
                        dequeue_timeout=self.heartbeat,
                        batch_size=BATCH,
                        max_concurrent_tasks=CONCURRENT,
                        shutdown_on_listener_failure=True,
                        heartbeat_timeout=self.heartbeat,
                    )
                    watch.cancel()
            finally:
                await connection.close()  # it listens; the pool's connections never do

    def _register(self, queue: PgQueuer) -> None:
        queue.qm.tracer = OpenTelemetryTracing()
        for name, handler in self.handlers.items():
            limit = self.limits.get(name, 0)
            queue.entrypoint(name, concurrency_limit=limit, on_failure="hold")(self._runner(handler))
        for schedule in self.schedules:
            queue.schedule(schedule.name, schedule.cron, executor_factory=_ShanghaiCron)(self._starter(schedule.name))

    def _runner(self, handler: Handler) -> Callable[[Job], Awaitable[None]]:
        async def run(job: Job) -> None:
            async with self.database.session():
                attempt = (await db.fetch(BEGIN, job.id))[0][0]
                if attempt > self.retry.attempts:
                    raise JobFailed("its worker was lost each time")
                try:
                    await handler(orjson.loads(job.payload or b"{}"))
                except Exception as error:
                    log.exception("job failed", job=job.entrypoint, job_id=job.id, attempt=attempt)
                    if attempt == self.retry.attempts or isinstance(error, orjson.JSONDecodeError):
                        raise JobFailed(_note(error)) from None
                    raise RetryRequested(self.retry.delay(attempt), _note(error)) from None

        return run

    def _starter(self, name: str) -> Callable[[Any], Awaitable[None]]:
        async def start(_: Any) -> None:
            async with self.database.session(), db.transaction() as tx:
                await jobs.enqueue(tx, name, {}, dedupe_key=f"schedule:{name}")

        return start


async def work(
    database: Sessions,
    handlers: Mapping[str, Handler],
    schedules: Sequence[Schedule],
    *,
    stop: asyncio.Event,
    retry: Retry = USUAL,
    heartbeat: timedelta = timedelta(seconds=30),
    limits: Mapping[str, int] | None = None,
) -> None:
    """Runs jobs until `stop` is set, then finishes those that run and returns.

    `handlers` maps a job's name to what runs it, inside `database.session()`; a job of another name stays
    queued. A handler that raises is tried again as `retry` says, then its job is kept as a dead letter.
    After a lost connection the worker starts anew. `heartbeat` is how long a job of a dead worker waits.
    `limits`: how many jobs of a name run at once in all workers together, so that slow ones leave room for others.

    Raises:
        ValueError: a schedule of a job without handler, or no cron expression.
    """
    if unknown := {schedule.name for schedule in schedules} - set(handlers):
        raise ValueError(f"schedules without handler: {', '.join(sorted(unknown))}")
    worker = Worker(database, handlers, schedules, retry, heartbeat, limits or {})
    while not stop.is_set():
        try:
            await worker.serve(stop)
        except* LOST:
            log.warning("the worker lost its connection and starts anew", exc_info=True)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), RECONNECT.total_seconds())


async def _shut_down(queue: PgQueuer, stop: asyncio.Event) -> None:
    await stop.wait()
    queue.shutdown.set()


def _note(error: Exception) -> str:
    """Without the driver's DETAIL, which quotes values of the row."""
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0][:200]}"
