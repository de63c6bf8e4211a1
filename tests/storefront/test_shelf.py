"""What a shelf says of its lots. Pure."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.inventory.enums import StockLevel
from app.storefront.shelf import Shelf, ShelfLot, Stock
from app.traceability.models import Lot, Producer

SOME = settings(max_examples=60, deadline=None, database=None, derandomize=True)
FARM = Producer(id=1)
ENTRIES = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 20), st.integers(1, 5)), max_size=12)


def shelf(entries: list[tuple[int, int, int]]) -> Shelf:
    """A shelf of (SKU, units, lot), in the order they are sold."""
    return Shelf(tuple(ShelfLot(sku, units, Lot(id=lot), FARM) for sku, units, lot in entries))


@pytest.mark.parametrize(
    ("available", "level"),
    [
        (0, StockLevel.OUT_OF_STOCK),
        (1, StockLevel.LOW_STOCK),
        (10, StockLevel.LOW_STOCK),
        (11, StockLevel.IN_STOCK),
        (10_000, StockLevel.IN_STOCK),
    ],
)
def test_the_level_in_a_shoppers_words(available: int, level: StockLevel) -> None:
    """At most ten is few."""
    assert Stock(available, ()).level is level


def test_an_empty_shelf_has_no_lot() -> None:
    """Sold out."""
    assert shelf([]).stock() == Stock(0, ())
    assert shelf([]).stock().next_lot is None


def test_a_skus_stock_is_its_own() -> None:
    """Units and lots of the SKU alone; the first of them is next."""
    stock = shelf([(1, 4, 7), (2, 6, 8), (1, 2, 9)]).stock(1)
    assert (stock.available, [lot.id for lot in stock.lots]) == (6, [7, 9])
    assert stock.next_lot is stock.lots[0]


@SOME
@given(entries=ENTRIES)
def test_the_stock_of_all_is_the_sum_of_each(entries: list[tuple[int, int, int]]) -> None:
    """Units add up; lots keep their order and appear once, though they stand at several points."""
    whole = shelf(entries)
    assert whole.stock().available == sum(whole.stock(sku).available for sku in (1, 2, 3))
    lots = [lot.id for lot in whole.stock().lots]
    assert lots == list(dict.fromkeys(lot for _, _, lot in entries))
