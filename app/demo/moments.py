"""Times of the demo shop: business days of Asia/Shanghai as UTC moments."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache

CHINA = timezone(timedelta(hours=8))
"""Asia/Shanghai has kept this offset since 1991; a fixed offset is what a `timetz` column can hold."""
OFFSET = "+08:00"


def at(day: date, minutes: int) -> datetime:
    """The moment `minutes` after midnight of a business day, in UTC."""
    return _midnight(day) + timedelta(minutes=minutes)


@lru_cache(maxsize=2048)
def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA).astimezone(UTC)


def wall(hour: int, minute: int = 0) -> time:
    """A wall time in Asia/Shanghai."""
    return time(hour, minute)


def iso(moment: datetime) -> str:
    """A moment as EPCIS events give it here: local time with its offset, to the second."""
    return moment.astimezone(CHINA).strftime("%Y-%m-%dT%H:%M:%S+08:00")
