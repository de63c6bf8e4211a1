"""Points leased from a real Redis: never more than the bucket gives, and hardly any call for it."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import pytest
from redis.asyncio import Redis
from structlog.testing import capture_logs

from app.kit import leases
from app.kit.bucket import Plan
from app.kit.leases import LEASE_SECONDS, Ask, Leases
from tests.shop import NOWHERE

PATIENCE = 30  # seconds: a bound against hanging, never a measurement


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        """The seconds so far."""
        return self.now


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    """The Redis of this run."""
    opened = Redis.from_url(redis_url)
    yield opened
    await opened.aclose()


def _ask(capacity: int, rate: int, name: str = "") -> Ask:
    return Ask(f"points:test:{name}{uuid4().hex}", Plan(capacity, rate))


async def _evals(redis: Redis) -> int:
    return int((await redis.info("commandstats")).get("cmdstat_eval", {"calls": 0})["calls"])


async def test_a_bucket_gives_what_it_holds(redis: Redis) -> None:
    """A point too many is refused, with the seconds until it is there, and takes nothing."""
    bucket, held = _ask(100, 1), Leases()
    assert await held.take(redis, [bucket], 60) == 0
    assert await held.take(redis, [bucket], 30) == 0
    wait = await held.take(redis, [bucket], 20)
    assert 5 < wait <= 10
    assert held.available(bucket) in range(10, 15)
    assert await held.take(redis, [bucket], 10) == 0


async def test_of_two_buckets_neither_is_charged_when_one_is_empty(redis: Redis) -> None:
    """Or a caller behind a busy address would pay for being refused."""
    own, shared, held = _ask(100, 1), _ask(10, 1), Leases()
    assert await held.take(redis, [own, shared], 10) == 0
    for _ in range(20):
        assert await held.take(redis, [own, shared], 10) > 0
    assert await held.take(redis, [own], 90) == 0


async def test_a_request_dearer_than_the_bucket_takes_all_of_it(redis: Redis) -> None:
    """Else it would never be answered."""
    bucket, held = _ask(50, 1), Leases()
    assert await held.take(redis, [bucket], 1_000) == 0
    assert await held.take(redis, [bucket], 5) > 0


async def test_hardly_any_request_asks_redis(redis: Redis) -> None:
    """1,000 requests of 20 points: blocks of 10,000, asked for again when half is spent."""
    bucket, held = _ask(100_000, 10_000), Leases()
    before = await _evals(redis)
    for _ in range(1_000):
        assert await held.take(redis, [bucket], 20) == 0
    await held.close()
    assert await _evals(redis) - before <= 5


async def test_who_is_refused_does_not_ask_redis_again(redis: Redis) -> None:
    """A thousand attempts at an empty bucket cost Redis nothing."""
    bucket, held = _ask(10, 1), Leases()
    assert await held.take(redis, [bucket], 10) == 0
    await held.close()
    before = await _evals(redis)
    for _ in range(1_000):
        assert await held.take(redis, [bucket], 10) > 0
    assert await _evals(redis) == before


async def test_requests_side_by_side_never_spend_more(redis: Redis) -> None:
    """A hundred at once from four processes' tables, on one bucket: exactly what it holds is given."""
    bucket, tables = _ask(1_000, 1), [Leases() for _ in range(4)]
    waits = await asyncio.gather(*(tables[each % 4].take(redis, [bucket], 25) for each in range(100)))
    served = sum(not wait for wait in waits)
    assert 36 <= served <= 40  # a process may hold a lease of one point that is too small to spend
    assert await redis.hget(bucket.key, "points") is not None


async def test_a_lease_that_is_not_spent_is_forgotten(redis: Redis) -> None:
    """And Redis is asked again: what it has counts."""
    clock, bucket = Clock(), _ask(100, 50)
    held = Leases(clock)
    assert await held.take(redis, [bucket], 10) == 0
    await held.close()
    assert held.available(bucket) >= 90
    before = await _evals(redis)
    clock.now += LEASE_SECONDS
    assert await held.take(redis, [bucket], 10) == 0
    await held.close()
    assert await _evals(redis) > before


async def test_redis_keeps_a_bucket_only_until_it_is_full(redis: Redis) -> None:
    """A key per caller would else stay for ever."""
    bucket, held = _ask(100, 10), Leases()
    assert await held.take(redis, [bucket], 100) == 0
    assert 9_000 < await redis.pttl(bucket.key) <= 11_000


async def test_the_table_is_bounded(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever was not seen for longest makes room; its bucket is in Redis all the same."""
    monkeypatch.setattr(leases, "MOST_BUCKETS", 10)
    held, first = Leases(), _ask(100, 1, "first")
    assert await held.take(redis, [first], 100) == 0
    for _ in range(30):
        assert await held.take(redis, [_ask(100, 1)], 1) == 0
    assert len(held) == 10
    assert await held.take(redis, [first], 100) > 0


async def test_without_redis_each_process_has_buckets_of_the_same_size() -> None:
    """One line in the log for the whole outage, and nobody waits for Redis."""
    clock, bucket, nowhere = Clock(), _ask(100, 10), Redis.from_url(NOWHERE)
    held = Leases(clock)
    with capture_logs() as logs:
        assert await held.take(nowhere, [bucket], 70) == 0
        assert await held.take(nowhere, [bucket], 70) == 4
        assert held.available(bucket) == 30
        for _ in range(5):
            clock.now += 4
            assert await held.take(nowhere, [bucket], 40) == 0
            await held.close()
    assert [(entry["log_level"], entry["event"]) for entry in logs] == [
        ("warning", "redis is away: each process has buckets of its own")
    ]
    await nowhere.aclose()


async def test_redis_comes_back_by_itself(redis: Redis) -> None:
    """The next request after a second asks it in the background, and the one after that pays there."""
    clock, bucket, nowhere = Clock(), _ask(100, 10), Redis.from_url(NOWHERE)
    held = Leases(clock)
    with capture_logs() as logs:
        assert await held.take(nowhere, [bucket], 100) == 0
        clock.now += 1
        assert await held.take(redis, [bucket], 10) == 0
        await held.close()
        assert await redis.exists(bucket.key)
        assert await held.take(redis, [bucket], 90) == 0
        assert await held.take(nowhere, [bucket], 90) > 0
    assert len(logs) == 1
    await nowhere.aclose()


_PROCESS = """
import asyncio, sys, time
from redis.asyncio import Redis
from app.kit.bucket import Plan
from app.kit.leases import Ask, Leases

async def main(url, key, capacity, rate):
    redis, held = Redis.from_url(url), Leases()
    bucket, spent, end = Ask(key, Plan(capacity, rate)), 0, time.monotonic() + 1.5
    print("ready", flush=True)
    sys.stdin.readline()
    while time.monotonic() < end:
        if await held.take(redis, [bucket], 7):
            await asyncio.sleep(0.001)
        else:
            spent += 7
    await held.close()
    await redis.aclose()
    print(spent)

asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
"""


@pytest.fixture
def processes() -> Iterator[list[asyncio.subprocess.Process]]:
    """Ended after the test, whatever happens."""
    started: list[asyncio.subprocess.Process] = []
    yield started
    for each in started:
        if each.returncode is None:
            each.kill()


async def test_processes_together_spend_what_one_bucket_gives(
    redis: Redis, redis_url: str, processes: list[asyncio.subprocess.Process]
) -> None:
    """Three processes as fast as they can: no more than it held and what came back until the last of them ended."""
    bucket = _ask(2_000, 300)
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-c", _PROCESS, redis_url, bucket.key, "2000", "300")
    processes += [await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe) for _ in range(3)]
    async with asyncio.timeout(PATIENCE):
        for each in processes:
            assert each.stdout is not None
            assert await each.stdout.readline() == b"ready\n"
        began = (await redis.time())[0]
        spent = [int(told) for told, _ in await asyncio.gather(*(each.communicate(b"\n") for each in processes))]
        ended = (await redis.time())[0]
    assert 2_000 - 3 * 300 <= sum(spent) <= 2_000 + 300 * (ended - began + 1)  # each may keep a lease at its end
    assert min(spent) > 0
