"""Exact counts within fixed windows of time, shared by all processes through Redis.

One round trip for every call: for callers who are few and whose budgets are promises. Where Redis is away each
process counts by itself until it answers again, with a line in the log: a budget is then looser, never an outage.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

MOST = 10_000  # windows counted here while Redis is away; beyond that counting starts anew
_PATIENCE = 0.25  # seconds Redis may take
_AGAIN_SECONDS = 1.0  # between attempts while it is away

# all windows or none: a call that one refuses is not counted in the others
_SCRIPT = """
local answer = {0}
for i, key in ipairs(KEYS) do
  local limit, ends = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local used = tonumber(redis.call('GET', key) or '0')
  if used >= limit then answer[1] = math.max(answer[1], ends) end
  answer[i + 1] = math.max(0, limit - used)
end
if answer[1] == 0 then
  for i, key in ipairs(KEYS) do
    if redis.call('INCR', key) == 1 then redis.call('EXPIRE', key, ARGV[2 * i]) end
    answer[i + 1] = answer[i + 1] - 1
  end
end
return answer
"""

_log = structlog.get_logger("windows")


class Window(NamedTuple):
    """A count: its key, which names the window too, how many it takes, and the seconds until it ends."""

    key: str
    limit: int
    seconds: int


class Taken(NamedTuple):
    """`wait`: 0, or the seconds until a call is counted again. `left`: in each window, after this call."""

    wait: int
    left: list[int]


class Windows:
    """Counts calls. `clock` answers seconds, for how long Redis is left alone once it is away."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._away_until: float | None = None
        self._counted: dict[str, int] = {}

    async def take(self, redis: Redis, windows: Sequence[Window]) -> Taken:
        """Counts a call in every window, or in none if one of them is full."""
        if self._away_until is not None and self._clock() < self._away_until:
            return self._take_here(windows)
        numbers = [number for each in windows for number in (each.limit, each.seconds)]
        try:
            async with asyncio.timeout(_PATIENCE):
                wait, *left = await redis.eval(_SCRIPT, len(windows), *(each.key for each in windows), *numbers)
        except (RedisError, OSError, TimeoutError) as error:
            if self._away_until is None:
                _log.warning("redis is away: each process counts by itself", error=str(error) or repr(error))
            self._away_until = self._clock() + _AGAIN_SECONDS
            return self._take_here(windows)
        self._away_until = None
        self._counted.clear()
        return Taken(int(wait), [int(each) for each in left])

    def _take_here(self, windows: Sequence[Window]) -> Taken:
        if len(self._counted) > MOST:
            self._counted.clear()
        used = [self._counted.get(each.key, 0) for each in windows]
        wait = max((each.seconds for each, count in zip(windows, used, strict=True) if count >= each.limit), default=0)
        taken = 0 if wait else 1
        for each, count in zip(windows, used, strict=True):
            self._counted[each.key] = count + taken
        return Taken(wait, [max(0, each.limit - count - taken) for each, count in zip(windows, used, strict=True)])
