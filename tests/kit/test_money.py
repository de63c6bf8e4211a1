"""Arithmetic on money, exact to the fen."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit import money

FEN = st.integers(0, 10**12)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("price", "net", "per", "expected"),
    [
        (1990, 500, 500, 1990),
        (1000, 300, 500, 1667),
        (1, 1000, 500, 1),  # 0.5 fen rounds up
        (1, 1001, 500, 0),
        (3, 200, 100, 2),  # 1.5 rounds up, where banker's rounding of 2.5 would not
        (5, 200, 100, 3),
        (0, 250, 500, 0),
    ],
)
def test_unit_price_rounds_half_up(price: int, net: int, per: int, expected: int) -> None:
    """Prices per 500 g and 100 g."""
    assert money.unit_price(price, net, per) == expected


@given(price=FEN, net=st.integers(1, 10**6), per=st.integers(1, 10**4))
def test_unit_price_is_the_nearest_fen(price: int, net: int, per: int) -> None:
    """Off by half a fen at most, and never below when exactly half."""
    off = money.unit_price(price, net, per) - Fraction(price * per, net)
    assert Fraction(-1, 2) < off <= Fraction(1, 2)


@pytest.mark.parametrize(("price", "net", "per"), [(1, 0, 500), (1, -1, 500), (1, 500, 0), (-1, 500, 500)])
def test_unit_price_refuses_what_is_no_price(price: int, net: int, per: int) -> None:
    """No weight, or a price below nothing."""
    with pytest.raises(ValueError, match="positive"):
        money.unit_price(price, net, per)


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (5, [3, 3, 3, 1], [2, 2, 1, 0]),  # remainders 0.5 0.5 0.5 0.5: the first two
        (10, [0, 5, 0, 5], [0, 5, 0, 5]),
        (1, [0, 1], [0, 1]),
        (0, [0, 0], [0, 0]),
        (0, [], []),
        (7, [10], [7]),
    ],
)
def test_share_by_largest_remainder(total: int, weights: list[int], expected: list[int]) -> None:
    """Known splits, ties by position."""
    assert money.share(total, weights) == expected


@given(total=FEN, weights=WEIGHTS)
def test_shares_add_up_and_are_near_their_proportion(total: int, weights: list[int]) -> None:
    """The sum is exact, zero gets zero, and nobody is a whole fen away."""
    if not any(weights):
        weights[0] = 1
    parts = money.share(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1
        assert part == 0 or weight > 0


@given(total=FEN, weights=WEIGHTS)
def test_a_greater_weight_never_gets_less(total: int, weights: list[int]) -> None:
    """Order of the weights is kept; among equals the earlier has at least as much."""
    weights[0] += 1
    parts = money.share(total, weights)
    ranked = sorted(range(len(weights)), key=lambda position: (-weights[position], position))
    assert [parts[position] for position in ranked] == sorted(parts, reverse=True)


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (1, [2, -1]), (1, []), (1, [0, 0])])
def test_share_refuses_what_cannot_be_split(total: int, weights: list[int]) -> None:
    """Negative amounts, and something to split over nothing."""
    with pytest.raises(ValueError, match="total"):
        money.share(total, weights)


@given(st.integers(-(10**17), 10**17))
def test_yuan_are_the_same_amount(fen: int) -> None:
    """Exact, always with two decimals."""
    yuan = money.to_yuan(fen)
    assert yuan.as_tuple().exponent == -2
    assert yuan * 100 == fen


def test_yuan_are_written_with_two_decimals() -> None:
    """As a price tag says them."""
    assert [str(money.to_yuan(fen)) for fen in (0, 5, 1990, -100)] == ["0.00", "0.05", "19.90", "-1.00"]
