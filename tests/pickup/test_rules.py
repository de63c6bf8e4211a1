"""Which windows weekly rules open."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from app.pickup.rules import Window, windows_for

MONDAY = date(2026, 11, 23)
CHINA = timezone(timedelta(hours=8))


@dataclass
class Rule:
    """A weekly rule; by default Mondays from 17 to 19, order by 22:00 the evening before."""

    weekday: int = 1
    starts_at: time = time(17)
    ends_at: time = time(19)
    cutoff_days_before: int = 1
    cutoff_at: time = time(22)
    capacity: int = 40
    is_active: bool = True


def test_an_evening_window_closes_the_evening_before() -> None:
    """Order tonight by 22:00, collect tomorrow evening; wall times of Shanghai become UTC."""
    assert windows_for(MONDAY, [Rule()], ()) == [
        Window(
            starts_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
            ends_at=datetime(2026, 11, 23, 11, tzinfo=UTC),
            cutoff_at=datetime(2026, 11, 22, 14, tzinfo=UTC),
            capacity=40,
        )
    ]


def test_a_same_day_window_has_its_own_cut_off() -> None:
    """Days before 0: the cut-off lies on the day itself, before the window."""
    rule = Rule(starts_at=time(11, 30), ends_at=time(13), cutoff_days_before=0, cutoff_at=time(9, 30), capacity=20)
    (window,) = windows_for(MONDAY, [rule], ())
    assert window.cutoff_at == datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
    assert window.cutoff_at < window.starts_at == datetime(2026, 11, 23, 3, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "cutoff"),
    [
        (date(2026, 12, 1), datetime(2026, 11, 30, 14, tzinfo=UTC)),
        (date(2027, 1, 1), datetime(2026, 12, 31, 14, tzinfo=UTC)),
        (date(2028, 3, 1), datetime(2028, 2, 29, 14, tzinfo=UTC)),
    ],
)
def test_the_evening_before_the_first_is_in_the_month_before(day: date, cutoff: datetime) -> None:
    """Month, year and leap day ends."""
    (window,) = windows_for(day, [Rule(weekday=day.isoweekday())], ())
    assert window.cutoff_at == cutoff


def test_a_closed_day_opens_nothing() -> None:
    """A closure stands above the rules, on its day only."""
    assert windows_for(MONDAY, [Rule()], {MONDAY}) == []
    assert len(windows_for(MONDAY, [Rule()], {MONDAY - timedelta(days=1)})) == 1


def test_inactive_rules_and_other_weekdays_open_nothing() -> None:
    """Monday is 1, Sunday 7."""
    assert windows_for(MONDAY, [Rule(is_active=False), Rule(weekday=2), Rule(weekday=7)], ()) == []
    assert len(windows_for(date(2026, 11, 29), [Rule(weekday=7)], ())) == 1


def test_windows_come_by_their_start() -> None:
    """Whatever the order of the rules."""
    late, early = Rule(starts_at=time(19), ends_at=time(21)), Rule(starts_at=time(11), ends_at=time(13))
    assert [window.starts_at.hour for window in windows_for(MONDAY, [late, early], ())] == [3, 11]


@pytest.mark.parametrize("zone", [None, UTC, CHINA])
def test_the_rules_mean_the_wall_clock(zone: timezone | None) -> None:
    """An offset that the column gives back with the time changes nothing."""
    (window,) = windows_for(MONDAY, [Rule(starts_at=time(17, tzinfo=zone))], ())
    assert window.starts_at == datetime(2026, 11, 23, 9, tzinfo=UTC)
