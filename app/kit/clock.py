"""The one source of 'now'. Code asks it; tests move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_fixed: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def business_day(moment: datetime) -> date:
    """The calendar day in Asia/Shanghai that `moment` falls on: cut-offs and reports count in these."""
    return moment.astimezone(SHANGHAI).date()


def today() -> date:
    """The business day of now."""
    return business_day(now())


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Lets `now()` answer `moment` (aware) within the block and the tasks it starts: for tests."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)


def days(count: int) -> timedelta:
    """`count` times 24 hours."""
    return timedelta(days=count)
