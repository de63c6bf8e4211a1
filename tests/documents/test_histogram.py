"""Durations in buckets."""

from hypothesis import given
from hypothesis import strategies as st

from app.documents.histogram import BUCKETS, ENDS, bucket, quantile


def counts(seconds: list[float]) -> list[int]:
    """The histogram of these calls."""
    found = [0] * BUCKETS
    for each in seconds:
        found[bucket(each)] += 1
    return found


def test_there_is_a_bucket_for_every_duration() -> None:
    """From nothing to an hour; an end belongs to the bucket it ends."""
    assert (bucket(0.0), bucket(ENDS[0]), bucket(ENDS[0] * 1.001)) == (0, 0, 1)
    assert (bucket(ENDS[-1]), bucket(3600.0)) == (BUCKETS - 2, BUCKETS - 1)


def test_of_no_call_there_is_no_quantile() -> None:
    """Not even zero."""
    assert quantile([0] * BUCKETS, 0.99) is None


def test_the_slowest_of_a_hundred_shows_in_p99_and_of_a_thousand_does_not() -> None:
    """99 of 100 calls are within p99."""
    assert quantile(counts([0.001] * 98 + [1.0] * 2), 0.99) >= 1.0
    assert quantile(counts([0.001] * 999 + [1.0]), 0.99) < 0.00126


@given(st.lists(st.floats(min_value=0.0003, max_value=10.0), min_size=1, max_size=300))
def test_a_quantile_is_at_most_a_quarter_above_the_true_one(seconds: list[float]) -> None:
    """And never below it."""
    ordered = sorted(seconds)
    true = next(each for place, each in enumerate(ordered, 1) if place >= 0.99 * len(ordered))
    assert true <= quantile(counts(seconds), 0.99) <= true * 1.2500001


@given(st.lists(st.floats(0, 20)), st.lists(st.floats(0, 20)))
def test_histograms_add_up(one: list[float], other: list[float]) -> None:
    """Two processes' counts are those of one that took all calls."""
    assert [a + b for a, b in zip(counts(one), counts(other), strict=True)] == counts(one + other)
