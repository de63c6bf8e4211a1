"""How often a partner may send each of its documents: what was agreed with it, counted exactly."""

from datetime import datetime, time, timedelta

from redis.asyncio import Redis

from app.http.callers import Identity
from app.http.errors import Code, RequestRefused
from app.kit import clock
from app.kit.windows import Window, Windows

_DAY_MORE = timedelta(days=1)


class Budgets:
    """Counts the documents of callers that have a budget: those who come with an API key."""

    def __init__(self) -> None:
        self._windows = Windows()

    async def take(self, redis: Redis, identity: Identity, document: str) -> None:
        """Counts one call of `document`, by its name: a new version of it has no new budget.

        Raises:
            RequestRefused: BUDGET_EXCEEDED, with the seconds to wait and what is left of minute and day; not counted.
        """
        if identity.budget is None:
            return
        now = clock.now()
        taken = await self._windows.take(redis, _windows(f"{identity.caller}:{document}", now, *identity.budget))
        if taken.wait:
            raise _spent(taken.wait, *taken.left)


def _windows(name: str, now: datetime, per_minute: int, per_day: int) -> list[Window]:
    """The clock's minute and the business day, Asia/Shanghai."""
    day = clock.business_day(now)
    midnight = datetime.combine(day + _DAY_MORE, time(), clock.SHANGHAI)
    return [
        Window(f"budget:{{{name}}}:{int(now.timestamp()) // 60}", per_minute, 60 - int(now.timestamp()) % 60),
        Window(f"budget:{{{name}}}:{day}", per_day, int((midnight - now).total_seconds()) + 1),
    ]


def _spent(seconds: int, minute: int, day: int) -> RequestRefused:
    return RequestRefused(
        429,
        Code.BUDGET_EXCEEDED,
        f"The budget of this document is spent. Send it again in {seconds} s.",
        is_well_formed=True,
        headers={"retry-after": str(seconds)},
        facts={"retryAfterSeconds": seconds, "left": {"minute": minute, "day": day}},
    )
