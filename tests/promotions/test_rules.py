"""The price a shopper is told. Pure."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.promotions.rules import ShelfPrice, shelf_price

SOME = settings(max_examples=100, deadline=None, database=None, derandomize=True)
FEN = st.integers(1, 10**9)


@pytest.mark.parametrize(
    ("price", "list_price", "offer", "lowest", "expected"),
    [
        (1000, None, None, 2000, ShelfPrice(1000, None)),
        (1000, 1500, None, 2000, ShelfPrice(1000, 1500)),
        (1000, None, 800, 2000, ShelfPrice(800, 1000)),
        (1000, 1500, 800, 2000, ShelfPrice(800, 1000)),
        (1000, 1500, 1000, 2000, ShelfPrice(1000, 1500)),
        (1000, 1500, 1200, 2000, ShelfPrice(1000, 1500)),
        (1000, 1500, 999, 2000, ShelfPrice(999, 1000)),
        (1, None, 1, 2000, ShelfPrice(1, None)),
        (1000, 1500, None, 1200, ShelfPrice(1000, 1200)),
        (1000, 1500, None, 1000, ShelfPrice(1000, None)),
        (1000, 1500, None, None, ShelfPrice(1000, None)),
        (1000, None, 800, 900, ShelfPrice(800, 900)),
        (1000, None, 800, 799, ShelfPrice(800, None)),
        (1000, None, 800, None, ShelfPrice(800, None)),
    ],
)
def test_the_shelf_price(
    price: int, list_price: int | None, offer: int | None, lowest: int | None, expected: ShelfPrice
) -> None:
    """An offer counts when it is lower, and what it undercuts is crossed out, as far as it was asked lately."""
    assert shelf_price(price, list_price, offer, lowest) == expected


@SOME
@given(price=FEN, above=st.none() | FEN, offer=st.none() | FEN, lowest=st.none() | FEN)
def test_no_price_is_above_what_is_crossed_out_or_asked(
    price: int, above: int | None, offer: int | None, lowest: int | None
) -> None:
    """What is crossed out lies above what is asked, and never above what was asked lately."""
    told = shelf_price(price, None if above is None else price + above, offer, lowest)
    assert told.price_fen == min(price, offer or price)
    assert told.reference_fen is None or told.reference_fen > told.price_fen
    assert told.reference_fen is None or (lowest is not None and told.reference_fen <= lowest)
