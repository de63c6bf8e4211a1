"""The price a shopper is told. Pure."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.promotions.rules import ShelfPrice, shelf_price

SOME = settings(max_examples=100, deadline=None, database=None, derandomize=True)
FEN = st.integers(1, 10**9)


@pytest.mark.parametrize(
    ("price", "list_price", "offer", "expected"),
    [
        (1000, None, None, ShelfPrice(1000, None)),
        (1000, 1500, None, ShelfPrice(1000, 1500)),
        (1000, None, 800, ShelfPrice(800, 1000)),
        (1000, 1500, 800, ShelfPrice(800, 1000)),
        (1000, 1500, 1000, ShelfPrice(1000, 1500)),
        (1000, 1500, 1200, ShelfPrice(1000, 1500)),
        (1000, 1500, 999, ShelfPrice(999, 1000)),
        (1, None, 1, ShelfPrice(1, None)),
    ],
)
def test_the_shelf_price(price: int, list_price: int | None, offer: int | None, expected: ShelfPrice) -> None:
    """An offer counts when it is lower, and what it undercuts is crossed out, never the list price above that."""
    assert shelf_price(price, list_price, offer) == expected


@SOME
@given(price=FEN, above=st.none() | FEN, offer=st.none() | FEN)
def test_no_price_is_above_what_is_crossed_out_or_asked(price: int, above: int | None, offer: int | None) -> None:
    """The database holds list prices above prices; then what is crossed out lies above what is asked."""
    told = shelf_price(price, None if above is None else price + above, offer)
    assert told.price_fen == min(price, offer or price)
    assert told.reference_fen is None or told.reference_fen > told.price_fen
