"""Buckets that all processes share, at hardly any cost: points are leased from Redis in blocks and spent here.

Redis knows what is in each bucket. A process takes out at most what it needs, or what comes back in a second, and
spends it without asking again; it asks for more in the background before that is gone. What is not spent within
seconds is forgotten, and comes back to the bucket at its rate. So all processes together never spend more than the
bucket gives, and a caller who is idle is never short.

Without Redis each process has a bucket of the same size of its own, until Redis answers again.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.kit.bucket import Bucket, Plan

LEASE_SECONDS = 5.0  # a lease is spent until then, or forgotten
MOST_BUCKETS = 10_000  # known to a process at once; the one that was not asked for longest makes room
_PATIENCE = 0.25  # seconds Redis may take
_AGAIN_SECONDS = 1.0  # between attempts while it is away

# One round trip for several buckets. Redis' own clock: processes' clocks differ. A bucket that would be full is no key.
_SCRIPT = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local answer = {}
for i, key in ipairs(KEYS) do
  local capacity, rate = tonumber(ARGV[4 * i - 3]), tonumber(ARGV[4 * i - 2])
  local needed, block = tonumber(ARGV[4 * i - 1]), tonumber(ARGV[4 * i])
  local kept = redis.call('HMGET', key, 'points', 'at')
  local points = capacity
  if kept[1] then
    points = math.min(capacity, tonumber(kept[1]) + math.max(0, now - tonumber(kept[2])) * rate)
  end
  local granted = 0
  if points >= needed then
    granted = math.floor(math.min(points, math.max(needed, block)))
  end
  points = points - granted
  redis.call('HSET', key, 'points', points, 'at', now)
  redis.call('PEXPIRE', key, math.ceil((capacity - points) / rate * 1000) + 1000)
  answer[2 * i - 1] = granted
  answer[2 * i] = tostring(points)
end
return answer
"""

_log = structlog.get_logger("leases")


class Ask(NamedTuple):
    """A bucket: its name in Redis, and its size."""

    key: str
    plan: Plan


class _Held:
    """What this process has of a bucket."""

    __slots__ = ("ask", "leasing", "points", "spare", "there", "until")

    def __init__(self, ask: Ask, now: float) -> None:
        self.ask = ask
        self.points = 0  # leased and not spent
        self.until = now
        self.there = Bucket(ask.plan, now)  # at most this much is in Redis: only others' leases make it less
        self.spare: Bucket | None = None  # instead of Redis, while it is away
        self.leasing: asyncio.Task[None] | None = None

    def unspent(self, now: float) -> int:
        """The points that can be spent without asking."""
        if now >= self.until:
            self.points = 0
        return self.points

    def without_redis(self, now: float) -> Bucket:
        if self.spare is None:
            self.spare = Bucket(self.ask.plan, now)
        return self.spare


class Leases:
    """The buckets a process knows. `clock` answers seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()
        self._away_until: float | None = None  # when Redis is asked again; None while it answers

    def __len__(self) -> int:
        """How many buckets this process knows."""
        return len(self._held)

    async def take(self, redis: Redis, asks: Sequence[Ask], points: int) -> float:
        """Takes `points` out of every bucket, and answers 0; or takes nothing, and answers the seconds to wait.

        A bucket that holds fewer than `points` gives all it holds. Nothing is awaited while the points are leased.
        """
        held = [self._of(ask) for ask in asks]
        while True:
            now = self._clock()
            if self._away_until is not None:
                return self._take_without(redis, held, points, now)
            short = [each for each in held if each.unspent(now) < min(points, each.ask.plan.capacity)]
            if not short:
                self._spend(redis, held, points, now)
                return 0.0
            wait = max(each.there.wait(_needed(each, points, now), now) for each in short)
            if wait > 0:
                return wait
            under_way = next((each.leasing for each in short if each.leasing is not None), None)
            await asyncio.shield(under_way or self._lease(redis, short, points))

    def available(self, ask: Ask) -> int:
        """How many points a caller can spend now, as far as this process knows."""
        held, now = self._of(ask), self._clock()
        if self._away_until is not None:
            return int(held.without_redis(now).points(now))
        return min(ask.plan.capacity, int(held.unspent(now) + held.there.points(now)))

    async def close(self) -> None:
        """Waits for what is asked of Redis in the background."""
        await asyncio.gather(*self._tasks)

    def _of(self, ask: Ask) -> _Held:
        held = self._held.get(ask.key)
        if held is None:
            held = self._held[ask.key] = _Held(ask, self._clock())
            if len(self._held) > MOST_BUCKETS:
                self._held.popitem(last=False)
        else:
            self._held.move_to_end(ask.key)
        return held

    def _spend(self, redis: Redis, held: Iterable[_Held], points: int, now: float) -> None:
        low = []
        for each in held:
            each.points -= min(points, each.ask.plan.capacity)
            if each.points < each.ask.plan.rate // 2 and each.leasing is None and each.there.points(now) >= 1:
                low.append(each)
        if low:
            self._lease(redis, low, 0)

    def _take_without(self, redis: Redis, held: Sequence[_Held], points: int, now: float) -> float:
        if self._away_until is not None and now >= self._away_until:
            self._away_until = now + _AGAIN_SECONDS
            self._lease(redis, held, 0)
        spare = [each.without_redis(now) for each in held]
        wait = max(each.wait(points, now) for each in spare)
        if not wait:
            for each in spare:
                each.spend(points, now)
        return wait

    def _lease(self, redis: Redis, held: Sequence[_Held], points: int) -> "asyncio.Task[None]":
        """Asks Redis for `points` of each and for what is best kept ready beside them, in a task of its own."""
        task = asyncio.create_task(self._ask(redis, held, points))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        for each in held:
            each.leasing = task
        return task

    async def _ask(self, redis: Redis, held: Sequence[_Held], points: int) -> None:
        now = self._clock()
        args = [number for each in held for number in _numbers(each, points, now)]
        try:
            async with asyncio.timeout(_PATIENCE):
                answer = await redis.eval(_SCRIPT, len(held), *(each.ask.key for each in held), *args)
        except (RedisError, OSError, TimeoutError) as error:
            self._lost(error)
        else:
            self._found()
            now = self._clock()
            for each, granted, left in zip(held, answer[::2], answer[1::2], strict=True):
                each.points = each.unspent(now) + granted
                each.until = now + LEASE_SECONDS
                each.there.set(float(left), now)
        finally:
            for each in held:
                each.leasing = None

    def _lost(self, error: Exception) -> None:
        if self._away_until is None:
            _log.warning("redis is away: each process has buckets of its own", error=str(error) or repr(error))
        self._away_until = self._clock() + _AGAIN_SECONDS

    def _found(self) -> None:
        if self._away_until is not None:
            self._away_until = None
            for each in self._held.values():
                each.spare = None


def _needed(held: _Held, points: int, now: float) -> int:
    """What is short of `points`."""
    return max(0, min(points, held.ask.plan.capacity) - held.unspent(now))


def _numbers(held: _Held, points: int, now: float) -> tuple[int, int, int, int]:
    plan = held.ask.plan
    return plan.capacity, plan.rate, _needed(held, points, now), max(0, plan.rate - held.unspent(now))
