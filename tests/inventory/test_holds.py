"""Stock kept for a checkout: counted with it, let go by whoever comes next when its time is over."""

from datetime import timedelta

import asyncpg
import pytest

from app.inventory import holds as stock
from app.inventory.rules import Shortage, Taken
from app.kit import clock, db
from app.storefront import queries
from tests.inventory.till import CALLER, COUNTERS, LASTS, LEDGER, LINES, UNBALANCED, Till, keeps
from tests.rows import Rows
from tests.shop import NOW

OVER = NOW + LASTS


async def on_shelf(till: Till, product: int, point: int) -> int:
    """How many units a shopper is told there are."""
    async with till.database.session():
        return (await queries.shelves([(product, point)], clock.now()))[product, point].stock().available


async def test_what_is_held_is_counted_and_noted(till: Till, rows: Rows) -> None:
    """The lot that expires first is taken first; the ledger says for whom."""
    point, sku = await rows.point(), await rows.sku(await rows.product())
    later, sooner = await till.shelve(point, sku, 4, **keeps(8)), await till.shelve(point, sku, 2, **keeps(5))
    hold = await till.hold_row()
    taken = await till.hold(hold, point, {sku: 3})
    assert [(each.stock_lot_id, each.quantity) for each in taken if isinstance(each, Taken)] == [
        (sooner, 2),
        (later, 1),
    ]
    assert await till.look(COUNTERS) == [(4, 1), (2, 2)]
    assert await till.look(LEDGER) == [("HOLD", 0, 2, "customer:1"), ("HOLD", 0, 1, "customer:1")]
    assert await till.look("SELECT DISTINCT reason FROM stock_movement WHERE kind = 'HOLD'") == [(f"hold {hold}",)]
    assert await till.look(UNBALANCED) == []


async def test_what_is_held_is_on_sale_again_from_its_end_on(till: Till, rows: Rows) -> None:
    """To the second, for shoppers at once, and for the next buyer without any sweep: he lets it go himself."""
    product, point = await rows.product(), await rows.point()
    sku = await rows.sku(product)
    await till.shelve(point, sku, 5)
    await till.hold(await till.hold_row(), point, {sku: 5})
    with clock.moved_to(OVER - timedelta(seconds=1)):
        assert await on_shelf(till, product, point) == 0
        (short,) = await till.hold(await till.hold_row(), point, {sku: 1})
        assert short == Shortage(sku, 1, 0, None)
        assert await till.look(LINES) == [(5, None)]
    with clock.moved_to(OVER):
        assert await on_shelf(till, product, point) == 5
        assert await till.look(LINES) == [(5, None)]  # reading lets nothing go
        await till.hold(await till.hold_row(), point, {sku: 4})
        assert await on_shelf(till, product, point) == 1
    assert await till.look(LINES) == [(5, "RELEASED"), (4, None)]
    assert (await till.look(LEDGER))[1:] == [("RELEASE", 0, -5, "expiry"), ("HOLD", 0, 4, "customer:1")]
    assert await till.look(UNBALANCED) == []


async def test_only_lines_of_the_locked_lots_are_let_go(till: Till, rows: Rows) -> None:
    """What is over elsewhere waits for whoever comes there, or for the sweep."""
    here, there, sku = await rows.point(), await rows.point(), await rows.sku(await rows.product())
    for point in (here, there):
        await till.shelve(point, sku, 2)
        await till.hold(await till.hold_row(), point, {sku: 2})
    with clock.moved_to(OVER):
        await till.hold(await till.hold_row(), here, {sku: 1})
        assert await till.look(COUNTERS) == [(2, 1), (2, 2)]
        assert [await till.sweep(), await till.sweep()] == [1, 0]
    assert await till.look(COUNTERS) == [(2, 1), (2, 0)]


async def test_the_sweep_takes_no_more_lots_than_it_may(till: Till, rows: Rows) -> None:
    """Three lots, two at a time; a line that has time left stays."""
    point, skus = await rows.point(), [await rows.sku(await rows.product()) for _ in range(4)]
    for sku in skus:
        await till.shelve(point, sku, 1)
        until = OVER + timedelta(seconds=1) if sku == skus[-1] else OVER
        await till.hold(await till.hold_row(), point, {sku: 1}, until)
    with clock.moved_to(OVER):
        assert [await till.sweep(2) for _ in range(3)] == [2, 1, 0]
    assert await till.look(COUNTERS) == [(1, 0), (1, 0), (1, 0), (1, 1)]
    assert await till.look(UNBALANCED) == []


async def test_what_an_order_has_taken_has_no_end(till: Till, rows: Rows) -> None:
    """Nobody lets it go, however late it is."""
    point, sku = await rows.point(), await rows.sku(await rows.product())
    await till.shelve(point, sku, 3)
    hold = await till.hold_row()
    await till.hold(hold, point, {sku: 2})
    assert await till.keep(hold, None) == 1
    with clock.moved_to(NOW + timedelta(days=1)):
        assert await till.sweep() == 0
        (short,) = await till.hold(await till.hold_row(), point, {sku: 2})
        assert isinstance(short, Shortage)
        assert short.available == 1
    assert await till.look(COUNTERS) == [(3, 2)]


async def test_a_hold_whose_time_is_over_cannot_be_kept(till: Till, rows: Rows) -> None:
    """Locking it lets it go, so that an order which comes too late finds no line."""
    point, sku = await rows.point(), await rows.sku(await rows.product())
    await till.shelve(point, sku, 3)
    hold = await till.hold_row()
    await till.hold(hold, point, {sku: 2})
    with clock.moved_to(OVER):
        assert await till.keep(hold, None) == 0
    assert await till.look(COUNTERS) == [(3, 0)]


async def test_a_hold_lasts_as_long_as_it_is_kept(till: Till, rows: Rows) -> None:
    """The end that was told last counts."""
    point, sku = await rows.point(), await rows.sku(await rows.product())
    await till.shelve(point, sku, 3)
    hold = await till.hold_row()
    await till.hold(hold, point, {sku: 2})
    assert await till.keep(hold, OVER + LASTS) == 1
    with clock.moved_to(OVER + LASTS - timedelta(seconds=1)):
        assert await till.sweep() == 0
    with clock.moved_to(OVER + LASTS):
        assert await till.sweep() == 1


async def test_released_units_go_back_and_sold_ones_leave(till: Till, rows: Rows) -> None:
    """Once each, however often it is asked for."""
    point, sku = await rows.point(), await rows.sku(await rows.product())
    await till.shelve(point, sku, 9)
    back, gone = await till.hold_row(), await till.hold_row()
    await till.hold(back, point, {sku: 2})
    await till.hold(gone, point, {sku: 3})
    await till.keep(gone, None)
    for _ in range(2):
        await till.release(back)
        await till.sell(gone)
    assert await till.look(COUNTERS) == [(6, 0)]
    assert await till.look(LINES) == [(2, "RELEASED"), (3, "SOLD")]
    assert (await till.look(LEDGER))[2:] == [("RELEASE", 0, -2, "customer:1"), ("SELL", -3, -3, "customer:1")]
    assert await till.look(UNBALANCED) == []


async def test_nothing_is_held_beyond_what_is_there(till: Till, rows: Rows) -> None:
    """The counter's CHECK has the last word, whatever a caller believes."""
    point, sku = await rows.point(), await rows.sku(await rows.product())
    lot = await till.shelve(point, sku, 2)
    hold = await till.hold_row()

    async def grab() -> None:
        async with till.database.session(), db.transaction() as tx:
            await stock.hold(tx, CALLER, hold, [Taken(lot, 1, sku, 3)], OVER)

    with pytest.raises(asyncpg.CheckViolationError):
        await grab()
    assert await till.look(LINES) == []
    assert await till.look(COUNTERS) == [(2, 0)]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE pickup_point SET status = 'SUSPENDED'",
        "UPDATE sku SET is_active = false",
        "UPDATE product SET status = 'DRAFT'",
        "UPDATE lot SET status = 'RECALLED'",
        "UPDATE lot SET expires_on = '2026-11-19'",
        "UPDATE producer SET licence_expires_on = '2026-11-19'",
    ],
)
async def test_what_may_not_be_sold_is_not_on_sale(till: Till, rows: Rows, change: str) -> None:
    """Whatever stands there; today is 20 November."""
    point, sku = await rows.point(), await rows.sku(await rows.product())
    await till.shelve(point, sku, 2)
    await rows.connection.execute(change)
    (short,) = await till.hold(await till.hold_row(), point, {sku: 1})
    assert short == Shortage(sku, 1, 0, None)


async def test_holds_need_a_transaction(till: Till) -> None:
    """A lock that ends with its statement would protect nothing."""
    async with till.database.session() as connection:
        for call in (
            stock.on_sale(connection, [1], 1, clock.today()),
            stock.hold(connection, CALLER, 1, [], OVER),
            stock.lock(connection, [1]),
            stock.keep(connection, 1, None),
            stock.release(connection, CALLER, [1]),
            stock.sell(connection, CALLER, [1]),
            stock.sweep(connection, 1),
        ):
            with pytest.raises(db.NoTransactionError):
                await call
