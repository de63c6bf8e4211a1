"""The one source of now, and the shop's days."""

import asyncio
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from app.kit import clock

EVENING = datetime(2026, 7, 31, 16, 30, tzinfo=UTC)  # half past midnight in Shanghai


def test_now_is_the_present_in_utc() -> None:
    """Aware, and between two readings of the system's clock."""
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)
    assert clock.now().tzinfo is UTC


def test_a_business_day_begins_at_midnight_in_shanghai() -> None:
    """Which is four in the afternoon in UTC."""
    midnight = datetime(2026, 7, 31, 16, tzinfo=UTC)
    assert clock.business_day(midnight) == date(2026, 8, 1)
    assert clock.business_day(midnight - timedelta(microseconds=1)) == date(2026, 7, 31)


def test_tests_move_the_clock_and_it_comes_back() -> None:
    """Within the block it stands still, in UTC whatever zone was given."""
    with clock.moved_to(EVENING.astimezone(timezone(timedelta(hours=8)))):
        assert clock.now() == EVENING
        assert clock.now().tzinfo is UTC
        assert clock.today() == date(2026, 8, 1)
        with clock.moved_to(EVENING + clock.days(1)):
            assert clock.today() == date(2026, 8, 2)
        assert clock.now() == EVENING
    assert clock.now() != EVENING


def test_a_moment_without_zone_is_refused() -> None:
    """It could be anywhere."""
    with pytest.raises(ValueError, match="time zone"), clock.moved_to(EVENING.replace(tzinfo=None)):
        pass


async def test_a_moved_clock_reaches_the_tasks_of_its_block_and_no_others() -> None:
    """Two tests side by side do not see each other's time."""

    async def read() -> datetime:
        return clock.now()

    with clock.moved_to(EVENING):
        inside = asyncio.create_task(read())
    outside = asyncio.create_task(read())
    assert await inside == EVENING
    assert await outside != EVENING
