"""Which windows a pickup point's weekly rules open on a day. Pure."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, Protocol

from app.kit.clock import SHANGHAI


class WeeklyRule(Protocol):
    """What `windows_for` reads of a rule; `SlotRule` rows have it. Times are Asia/Shanghai wall time."""

    weekday: int
    starts_at: time
    ends_at: time
    cutoff_days_before: int
    cutoff_at: time
    capacity: int
    is_active: bool


class Window(NamedTuple):
    """A window to make a slot of, in UTC; `cutoff_at` is the last moment an order for it is taken."""

    starts_at: datetime
    ends_at: datetime
    cutoff_at: datetime
    capacity: int


def windows_for(day: date, rules: Iterable[WeeklyRule], closures: Collection[date]) -> list[Window]:
    """The windows of one point on `day` (Asia/Shanghai), by start; none on a day in `closures`.

    Inactive rules and those of other weekdays (ISO 8601, Monday is 1) open nothing.
    """
    if day in closures:
        return []
    return sorted(
        Window(
            starts_at=_instant(day, rule.starts_at),
            ends_at=_instant(day, rule.ends_at),
            cutoff_at=_instant(day - timedelta(days=rule.cutoff_days_before), rule.cutoff_at),
            capacity=rule.capacity,
        )
        for rule in rules
        if rule.is_active and rule.weekday == day.isoweekday()
    )


def _instant(day: date, wall: time) -> datetime:
    # PostgreSQL's timetz gives an offset back with the time; the rule means the wall clock, so it is dropped
    return datetime.combine(day, wall, SHANGHAI).astimezone(UTC)
