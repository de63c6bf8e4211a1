"""What the tests of the kernel share: a pool of two, a worker, and waiting without sleeping."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from app.kit.job_worker import Handler, Schedule, work
from app.kit.retry import Retry
from app.tables import Database

PATIENCE = 20  # seconds: a bound against hanging, never a measurement
AT_ONCE = Retry(attempts=3, first=timedelta(0))
BEAT = timedelta(seconds=1)


@pytest.fixture
async def narrow(app_url: str) -> AsyncIterator[Database]:
    """The test's database on a pool of two connections."""
    opened = await Database.open(app_url, size=2)
    yield opened
    await opened.close()


@asynccontextmanager
async def working(
    database: Database, handlers: Mapping[str, Handler], schedules: Sequence[Schedule] = (), retry: Retry = AT_ONCE
) -> AsyncIterator[asyncio.Task[None]]:
    """A worker that runs during the block and is stopped gracefully after it."""
    stop = asyncio.Event()
    task = asyncio.create_task(work(database, handlers, schedules, stop=stop, retry=retry, heartbeat=BEAT))
    try:
        async with asyncio.timeout(PATIENCE):
            yield task
    finally:
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await task


async def until_waiting(database: Database, count: int) -> None:
    """Returns when `count` backends of the test's database wait for a lock."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    async with asyncio.timeout(PATIENCE), database.session() as watcher:
        while (await watcher.fetch(waiting))[0][0] != count:
            pass
