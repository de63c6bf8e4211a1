"""Rules of the catalogue. Pure."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalog.rules import RatingSummary

SOME = settings(max_examples=100, deadline=None, database=None, derandomize=True)
STARS = st.tuples(*[st.integers(0, 10**6)] * 5)


@pytest.mark.parametrize(
    ("counts", "average"),
    [
        ((0, 0, 0, 0, 0), None),
        ((1, 0, 0, 0, 0), "1.0"),
        ((0, 0, 0, 0, 9), "5.0"),
        ((0, 0, 0, 1, 1), "4.5"),
        ((0, 0, 0, 1, 19), "5.0"),  # 4.95, half up
        ((0, 0, 0, 3, 37), "4.9"),  # 4.925
        ((0, 0, 1, 0, 2), "4.3"),
        ((2, 4, 2, 11, 30), "4.3"),
    ],
)
def test_the_average_to_one_decimal(counts: tuple[int, ...], average: str | None) -> None:
    """Half up, as shoppers reckon; None without a review."""
    assert RatingSummary(counts).average == (average and Decimal(average))


@SOME
@given(counts=STARS)
def test_the_average_is_within_half_a_tenth(counts: tuple[int, ...]) -> None:
    """Of the exact mean, at any number of reviews."""
    summary = RatingSummary(counts)
    assert summary.count == sum(counts)
    if summary.average is not None:
        exact = Fraction(sum(star * count for star, count in enumerate(counts, start=1)), summary.count)
        assert abs(Fraction(summary.average) - exact) <= Fraction(1, 20)
        assert summary.average.as_tuple().exponent == -1
        assert 1 <= summary.average <= 5
