"""Exact counts in a real Redis, and in the process while it is away."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from redis.asyncio import Redis
from structlog.testing import capture_logs

from app.kit.windows import Taken, Window, Windows
from tests.shop import NOWHERE


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    """The Redis of this run."""
    opened = Redis.from_url(redis_url)
    yield opened
    await opened.aclose()


def pair(minute: int, day: int) -> list[Window]:
    """A short window and a long one, that nobody else counts in."""
    name = uuid4().hex
    return [Window(f"test:{{{name}}}:m", minute, 30), Window(f"test:{{{name}}}:d", day, 3600)]


async def test_calls_are_counted_in_all_windows_or_in_none(redis: Redis) -> None:
    """The one that waits longest says how long; what was refused is not counted anywhere."""
    windows, counts = pair(2, 3), Windows()
    assert await counts.take(redis, windows) == Taken(0, [1, 2])
    assert await counts.take(redis, windows) == Taken(0, [0, 1])
    assert [await counts.take(redis, windows) for _ in range(3)] == [Taken(30, [0, 1])] * 3
    next_minute = [Window(windows[0].key + "2", 2, 30), windows[1]]
    assert await Windows().take(redis, next_minute) == Taken(0, [1, 0])  # another process
    assert await counts.take(redis, next_minute) == Taken(3600, [1, 0])
    assert [await redis.ttl(each.key) > 0 for each in windows] == [True, True]


async def test_processes_together_do_not_exceed_a_budget(redis: Redis) -> None:
    """Of many at once exactly as many pass as there are."""
    windows = pair(10, 100)
    taken = await asyncio.gather(*(Windows().take(redis, windows) for _ in range(40)))
    assert sum(each.wait == 0 for each in taken) == 10


async def test_without_redis_a_process_counts_by_itself(redis: Redis) -> None:
    """With one line in the log; when Redis is back it counts again, from what it knows."""
    now = [0.0]
    windows, counts, away = pair(2, 9), Windows(lambda: now[0]), Redis.from_url(NOWHERE)
    with capture_logs() as logs:
        taken = [await counts.take(away, windows) for _ in range(3)]
    assert taken == [Taken(0, [1, 8]), Taken(0, [0, 7]), Taken(30, [0, 7])]
    assert [entry["event"] for entry in logs] == ["redis is away: each process counts by itself"]
    assert await counts.take(redis, windows) == Taken(30, [0, 7])  # not asked again yet
    now[0] = 1.0
    assert await counts.take(redis, windows) == Taken(0, [1, 8])
    await away.aclose()
