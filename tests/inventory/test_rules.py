"""Which lots a cart is taken from, compared with trying everything."""

from collections import Counter
from datetime import date, timedelta
from itertools import groupby, product
from operator import attrgetter

from hypothesis import given
from hypothesis import strategies as st

from app.inventory.rules import LotOnSale, Shortage, Taken, allocate

TODAY = date(2026, 11, 20)
PICKUP = st.integers(0, 8).map(lambda count: TODAY + timedelta(days=count))
LINES = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 5)), min_size=1, max_size=4)


@st.composite
def shelves(draw: st.DrawFn) -> list[LotOnSale]:
    """Up to four lots of each of three SKUs, in any order; a SKU promises the same days for all of them."""
    promised = {sku: draw(st.integers(0, 3)) for sku in (1, 2, 3)}
    lots = draw(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 4), st.integers(0, 9)), max_size=10))
    made = [
        LotOnSale(number, 100 + number, sku, left, TODAY + timedelta(days=keeps), promised[sku])
        for number, (sku, left, keeps) in enumerate(lots)
        if sum(sku == each[0] for each in lots[:number]) < 4
    ]
    return draw(st.permutations(made))


def by_trying(quantity: int, lots: list[LotOnSale], pickup_on: date) -> list[tuple[int, int]] | None:
    """Of all ways to take so many units that keep long enough, the one that leaves the least of what expires first."""
    own = sorted(
        (lot for lot in lots if lot.expires_on - timedelta(days=lot.min_days_left) >= pickup_on),
        key=attrgetter("expires_on", "stock_lot_id"),
    )
    ways = (way for way in product(*(range(lot.available + 1) for lot in own)) if sum(way) == quantity)
    best = max(ways, default=None)
    if best is None:
        return None
    return [(lot.stock_lot_id, count) for lot, count in zip(own, best, strict=True) if count]


def latest_day(quantity: int, lots: list[LotOnSale]) -> date | None:
    """The last day from today on for which there is enough."""
    days = (TODAY + timedelta(days=count) for count in range(-5, 12))
    enough = [
        day
        for day in days
        if sum(lot.available for lot in lots if lot.expires_on - timedelta(days=lot.min_days_left) >= day) >= quantity
    ]
    return max((day for day in enough if day >= TODAY), default=None)


@given(lots=shelves(), lines=LINES, pickup_on=PICKUP)
def test_it_takes_what_trying_everything_would(
    lots: list[LotOnSale], lines: list[tuple[int, int]], pickup_on: date
) -> None:
    """For the whole cart or not at all, lines of one SKU counted together (peers' trap 2: two lines share an item)."""
    wanted = Counter[int]()
    for sku, quantity in lines:
        wanted[sku] += quantity
    taken, short = allocate(wanted, lots, pickup_on, TODAY)
    tried = {
        sku: by_trying(quantity, [lot for lot in lots if lot.sku_id == sku], pickup_on)
        for sku, quantity in wanted.items()
    }
    assert [each.sku_id for each in short] == sorted(sku for sku, way in tried.items() if way is None)
    if short:
        assert taken == []
    else:
        ways = {
            sku: [(each.stock_lot_id, each.quantity) for each in own]
            for sku, own in groupby(taken, key=attrgetter("sku_id"))
        }
        assert ways == tried


@given(lots=shelves(), lines=LINES, pickup_on=PICKUP)
def test_nothing_is_taken_that_is_too_old_or_not_there(
    lots: list[LotOnSale], lines: list[tuple[int, int]], pickup_on: date
) -> None:
    """Each lot once, no more than it has, with the promised days left when it is collected."""
    taken, _ = allocate(dict(lines), lots, pickup_on, TODAY)
    of_lot = {lot.stock_lot_id: lot for lot in lots}
    assert len({each.stock_lot_id for each in taken}) == len(taken)
    for each in taken:
        lot = of_lot[each.stock_lot_id]
        assert (each.lot_id, each.sku_id) == (lot.lot_id, lot.sku_id)
        assert 0 < each.quantity <= lot.available
        assert (lot.expires_on - pickup_on).days >= lot.min_days_left


@given(lots=shelves(), lines=LINES, pickup_on=PICKUP)
def test_a_refusal_names_the_last_day_that_would_do(
    lots: list[LotOnSale], lines: list[tuple[int, int]], pickup_on: date
) -> None:
    """And how many there are for the wanted one; asked for the named day, that line is not short any more."""
    _, short = allocate(dict(lines), lots, pickup_on, TODAY)
    for each in short:
        own = [lot for lot in lots if lot.sku_id == each.sku_id]
        there = sum(lot.available for lot in own if lot.collectable_until >= pickup_on)
        assert (each.available, each.wanted) == (there, dict(lines)[each.sku_id])
        assert each.possible_on == latest_day(each.wanted, own)
        if each.possible_on is not None:
            assert each.possible_on < pickup_on
            assert allocate({each.sku_id: each.wanted}, own, each.possible_on, TODAY)[1] == []


def test_the_lot_that_will_do_for_the_day_is_taken_before_the_fresher_one() -> None:
    """Against the day of pickup, not against today (peers' trap: odoo#22850, the wrong lot chosen)."""
    old, right, fresh = (LotOnSale(number, number, 1, 2, TODAY + timedelta(days=number), 1) for number in (2, 4, 9))
    on_day = TODAY + timedelta(days=3)
    assert allocate({1: 3}, [fresh, old, right], on_day, TODAY) == ([Taken(4, 4, 1, 2), Taken(9, 9, 1, 1)], [])
    assert allocate({1: 5}, [fresh, old, right], on_day, TODAY) == (
        [],
        [Shortage(1, 5, 4, TODAY + timedelta(days=1))],
    )
