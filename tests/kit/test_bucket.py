"""A bucket gives what it holds and what came back, and not a point more."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.kit.bucket import Bucket, Plan

PLANS = st.builds(Plan, capacity=st.integers(1, 50), rate=st.integers(1, 20))
# eighths of a second: floats hold them exactly
REQUESTS = st.lists(st.tuples(st.integers(0, 80), st.integers(0, 60)), max_size=40)


@given(plan=PLANS, requests=REQUESTS)
def test_it_is_the_bucket_of_the_book(plan: Plan, requests: list[tuple[int, int]]) -> None:
    """Against exact fractions."""
    bucket, level, now = Bucket(plan, 0.0), Fraction(plan.capacity), 0
    for eighths, points in requests:
        now += eighths
        level = min(Fraction(plan.capacity), level + Fraction(eighths, 8) * plan.rate)
        asked = min(points, plan.capacity)
        wait = bucket.wait(points, now / 8)
        assert wait == float(max(Fraction(0), (asked - level) / plan.rate))
        if not wait:
            bucket.spend(points, now / 8)
            level -= asked
        assert bucket.points(now / 8) == level


@given(plan=PLANS, requests=REQUESTS)
def test_nobody_spends_more_than_there_was(plan: Plan, requests: list[tuple[int, int]]) -> None:
    """In any stretch of time: what it holds, and what came back meanwhile."""
    bucket, now, spent = Bucket(plan, 0.0), 0.0, []
    for eighths, points in requests:
        now += eighths / 8
        if not bucket.wait(points, now):
            bucket.spend(points, now)
            spent.append((now, min(points, plan.capacity)))
    for number, (began, _) in enumerate(spent):
        for last in range(number, len(spent)):
            total = sum(points for _, points in spent[number : last + 1])
            assert total <= plan.capacity + (spent[last][0] - began) * plan.rate


def test_a_clock_that_goes_back_gives_nothing() -> None:
    """And takes nothing: the time between is not given twice."""
    bucket = Bucket(Plan(capacity=10, rate=4), 100.0)
    bucket.spend(10, 100.0)
    assert [bucket.points(moment) for moment in (101.0, 99.0, 101.0)] == [4, 0, 4]
    bucket.spend(4, 101.0)
    bucket.spend(0, 99.0)
    assert [bucket.points(moment) for moment in (100.0, 101.0, 102.0)] == [0, 0, 4]


def test_who_waits_as_told_is_served() -> None:
    """An empty bucket, and a request dearer than it holds, which takes all of it."""
    bucket = Bucket(Plan(capacity=10, rate=4), 100.0)
    assert bucket.wait(25, 100.0) == 0
    bucket.spend(25, 100.0)
    assert bucket.points(100.0) == 0
    assert bucket.wait(6, 100.0) == 1.5
    assert bucket.wait(6, 101.5) == 0
