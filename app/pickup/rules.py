"""Which windows a pickup point's weekly rules open on a day. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from app.kit.clock import SHANGHAI
from app.pickup.errors import BadPoint, BadWindow

AHEAD = 8
"""For how many business days there are slots, today included."""
FARTHEST = timedelta(days=366)
MAX_CAPACITY = 10_000
MAX_CUTOFF_DAYS = 7
MAX_REASON = 80
MAX_PREP_MINUTES = 24 * 60
_CODE = re.compile(r"[A-Za-z0-9-]{2,20}")
_LENGTHS = {"name": 60, "city": 40, "district": 40, "address": 120, "phone": 20}


class WeeklyRule(Protocol):
    """What `windows_for` reads of a rule; `SlotRule` rows have it. Times are Asia/Shanghai wall time."""

    weekday: int
    starts_at: time
    ends_at: time
    cutoff_days_before: int
    cutoff_at: time
    capacity: int
    is_active: bool


class DaysRule(Protocol):
    """What `windows_for` reads of an extra window; `ExtraSlot` rows have it. Times are Asia/Shanghai wall time."""

    opens_on: date
    starts_at: time
    ends_at: time
    cutoff_days_before: int
    cutoff_at: time
    capacity: int


class Window(NamedTuple):
    """A window to make a slot of, in UTC; `cutoff_at` is the last moment an order for it is taken."""

    starts_at: datetime
    ends_at: datetime
    cutoff_at: datetime
    capacity: int


class Standing(NamedTuple):
    """A slot as it is: its window, how many places are taken, and whether it is withdrawn."""

    id: int
    window: Window
    reserved: int
    is_withdrawn: bool


class Revision(NamedTuple):
    """What makes slots what is wanted.

    `withdraw`: ids of empty slots that are to go. `restore`: ids of empty slots, each with the capacity it is to have.
    `add`: windows without a slot. `kept`: the slots with reservations that no wanted window is for; they stay.
    """

    withdraw: list[int]
    restore: list[tuple[int, int]]
    add: list[Window]
    kept: list[Standing]


def windows_for(
    day: date, rules: Iterable[WeeklyRule], closures: Collection[date], extras: Iterable[DaysRule] = ()
) -> list[Window]:
    """The windows of one point on `day` (Asia/Shanghai), by start; none on a day in `closures`.

    Inactive rules and those of other weekdays (ISO 8601, Monday is 1) open nothing. An extra window is the more
    particular wish: a weekly window that overlaps one of the same day gives way.
    """
    if day in closures:
        return []
    extra = [window_on(day, each) for each in extras if each.opens_on == day]
    weekly = [window_on(day, rule) for rule in rules if rule.is_active and rule.weekday == day.isoweekday()]
    return sorted([*extra, *(each for each in weekly if not any(overlap(each, other) for other in extra))])


def overlap(one: Window, other: Window) -> bool:
    """Whether two windows share a moment; the end of a window is not part of it."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def revise(standing: Sequence[Standing], wanted: Sequence[Window], now: datetime) -> Revision:
    """How the slots of a point become the wanted windows, which do not overlap one another.

    A slot with reservations is a promise: it stays as it is, and a wanted window that overlaps it gives way. An empty
    one is withdrawn, or has the capacity that is wanted now. No window is opened whose cut-off has passed.
    """
    promised = [slot for slot in standing if slot.reserved > 0]
    free = {_times(each): each for each in wanted if not any(overlap(each, slot.window) for slot in promised)}
    matched: dict[tuple[datetime, ...], Standing] = {}
    for slot in sorted(standing, key=lambda slot: (slot.is_withdrawn, slot.id)):
        if slot.reserved == 0 and _times(slot.window) in free:
            matched.setdefault(_times(slot.window), slot)
    planned = {_times(each) for each in wanted}
    used = {slot.id for slot in matched.values()}
    return Revision(
        withdraw=[slot.id for slot in standing if slot.reserved == 0 and not slot.is_withdrawn and slot.id not in used],
        restore=[
            (slot.id, free[times].capacity)
            for times, slot in matched.items()
            if free[times].cutoff_at > now and (slot.is_withdrawn or slot.window.capacity != free[times].capacity)
        ],
        add=[each for times, each in free.items() if times not in matched and each.cutoff_at > now],
        kept=[slot for slot in promised if _times(slot.window) not in planned],
    )


def check_window(starts_at: time, ends_at: time, cutoff_days_before: int, cutoff_at: time, capacity: int) -> None:
    """Lets a weekly or extra window through; times are Asia/Shanghai wall time.

    Raises:
        BadWindow: a time has an offset, it ends before it begins, its cut-off lies behind its begin or more than a
            week before, or its capacity is not 1 to MAX_CAPACITY.
    """
    if any(each.tzinfo is not None for each in (starts_at, ends_at, cutoff_at)):
        raise BadWindow("a time of day is Asia/Shanghai wall time, without an offset")
    if starts_at >= ends_at:
        raise BadWindow("a window begins before it ends, on the same day")
    if not 0 <= cutoff_days_before <= MAX_CUTOFF_DAYS or (cutoff_days_before == 0 and cutoff_at > starts_at):
        raise BadWindow(f"a cut-off lies before the window, at most {MAX_CUTOFF_DAYS} days")
    if not 0 < capacity <= MAX_CAPACITY:
        raise BadWindow(f"a window takes 1 to {MAX_CAPACITY} orders")


def check_day(day: date, today: date) -> None:
    """Lets a day to close, or to open in addition, through.

    Raises:
        BadWindow: it is over, or more than a year ahead.
    """
    if not today <= day <= today + FARTHEST:
        raise BadWindow(f"a day from today to {FARTHEST.days} days ahead is expected")


def check_reason(reason: str) -> str:
    """Why a day is closed, without space around it.

    Raises:
        BadWindow: nothing, or more than MAX_REASON characters.
    """
    text = reason.strip()
    if not 0 < len(text) <= MAX_REASON:
        raise BadWindow(f"a reason has 1 to {MAX_REASON} characters")
    return text


def check_point(values: Mapping[str, Any]) -> None:
    """Lets the values of a point, by column, through.

    Raises:
        BadPoint: a code of another form, a text that is blank or too long, hours with an offset or backwards, degrees
            that are nowhere, or a preparation time that is negative or more than a day.
    """
    if _CODE.fullmatch(values.get("code", "ok")) is None:
        raise BadPoint("a code is 2 to 20 letters, digits and hyphens")
    for name, longest in _LENGTHS.items():
        text = values.get(name, "-")
        if not text.strip() or len(text) > longest or not text.isprintable():
            raise BadPoint(f"{name} has 1 to {longest} characters")
    opens_at, closes_at = values["opens_at"], values["closes_at"]
    if opens_at.tzinfo is not None or closes_at.tzinfo is not None or opens_at >= closes_at:
        raise BadPoint("hours are Asia/Shanghai wall time, without an offset, and do not cross midnight")
    if not 0 <= values["prep_minutes"] <= MAX_PREP_MINUTES:
        raise BadPoint(f"a preparation time is 0 to {MAX_PREP_MINUTES} minutes")
    degrees = values.get("latitude", Decimal()), values.get("longitude", Decimal())
    if not all(each.is_finite() for each in degrees) or abs(degrees[0]) > 90 or abs(degrees[1]) > 180:  # noqa: PLR2004 - the poles and the date line
        raise BadPoint("latitude is -90 to 90, longitude -180 to 180 degrees")


def _times(window: Window) -> tuple[datetime, ...]:
    return (window.starts_at, window.ends_at, window.cutoff_at)


def window_on(day: date, rule: DaysRule | WeeklyRule) -> Window:
    """The window a rule opens on `day`."""
    return Window(
        starts_at=_instant(day, rule.starts_at),
        ends_at=_instant(day, rule.ends_at),
        cutoff_at=_instant(day - timedelta(days=rule.cutoff_days_before), rule.cutoff_at),
        capacity=rule.capacity,
    )


def _instant(day: date, wall: time) -> datetime:
    # PostgreSQL's timetz gives an offset back with the time; the rule means the wall clock, so it is dropped
    return datetime.combine(day, wall, SHANGHAI).astimezone(UTC)
