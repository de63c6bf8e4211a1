"""Until which day a product can be handed out: kept by triggers, compared with reading everything plainly."""

import asyncio
from datetime import date
from random import Random

import asyncpg
import pytest

from tests.conftest import Addresses
from tests.rows import Rows, days

PLAINLY = """SELECT p.id, x.id AS point_id, (
  SELECT max(LEAST(l.expires_on - p.min_days_left, f.licence_expires_on)) FROM stock_lot t
  JOIN sku k ON k.id = t.sku_id AND k.is_active JOIN lot l ON l.id = t.lot_id AND l.status = 'SELLABLE'
  JOIN producer f ON f.id = l.producer_id
  WHERE k.product_id = p.id AND t.pickup_point_id = x.id AND t.on_hand > t.held AND l.expires_on IS NOT NULL
    AND f.licence_expires_on IS NOT NULL)
FROM product p CROSS JOIN pickup_point x"""
KEPT = "SELECT product_id, pickup_point_id, sellable_until FROM product_availability"
# each changes some rows by chance ($1), one or many at once
CHANGES = (
    "UPDATE stock_lot SET held = on_hand WHERE id % 3 = $1",
    "UPDATE stock_lot SET held = 0 WHERE id % 4 = $1",
    "UPDATE stock_lot SET on_hand = held WHERE id % 5 = $1",
    "UPDATE stock_lot SET on_hand = on_hand + 3 WHERE id % 2 = $1",
    "UPDATE lot SET status = 'ON_HOLD' WHERE id % 4 = $1",
    "UPDATE lot SET status = 'SELLABLE' WHERE id % 3 = $1",
    "UPDATE lot SET expires_on = expires_on - 1 WHERE id % 2 = $1",
    "UPDATE lot SET expires_on = NULL WHERE id % 9 = $1",
    "UPDATE sku SET is_active = NOT is_active WHERE id % 3 = $1",
    "UPDATE product SET min_days_left = (min_days_left + 1) % 5 WHERE id % 2 = $1",
    "UPDATE producer SET licence_expires_on = licence_expires_on - 150 WHERE id % 5 = $1",
    "DELETE FROM stock_lot WHERE id % 7 = $1",
)


async def kept(connection: asyncpg.Connection) -> dict[tuple[int, int], date]:
    """The days that are kept, by product and point, where there is one."""
    return {(row[0], row[1]): row[2] for row in await connection.fetch(KEPT) if row[2]}


async def plainly(connection: asyncpg.Connection) -> dict[tuple[int, int], date]:
    """The same, read from stock, lots, SKUs, products and producers."""
    return {(row[0], row[1]): row[2] for row in await connection.fetch(PLAINLY) if row[2]}


@pytest.mark.parametrize("seed", range(4))
async def test_it_is_what_the_shelves_say_after_every_change(seed: int, rows: Rows) -> None:
    """Any order of receipts, sales, holds, recalls, new promises and lapsed licences."""
    random = Random(seed)  # noqa: S311 - no secret
    points = [await rows.point() for _ in range(2)]
    products = [await rows.product(min_days_left=random.randint(0, 3)) for _ in range(4)]
    skus = [await rows.sku(random.choice(products)) for _ in range(8)]
    for _ in range(25):
        sku = random.choice(skus)
        lot = await rows.lot(sku, expires_on=days(random.randint(3, 40)), packed_on=days(-3))
        await rows.stock(random.choice(points), sku, lot, on_hand=random.randint(0, 4))
        await rows.connection.execute(random.choice(CHANGES), random.randint(0, 8))
        assert await kept(rows.connection) == await plainly(rows.connection)
    assert await kept(rows.connection)


async def test_a_sale_that_leaves_some_locks_no_row_of_the_product(rows: Rows, stage: Addresses) -> None:
    """Two customers buy of two lots of one product at once, and neither waits for the other."""
    point, sku = await rows.point(), await rows.sku(await rows.product())
    lots = [await rows.stock(point, sku, await rows.lot(sku)) for _ in range(2)]
    other = await asyncpg.connect(stage.owner_url)
    async with rows.connection.transaction(), other.transaction():
        await rows.connection.execute("UPDATE stock_lot SET held = held + 1 WHERE id = $1", lots[0])
        await asyncio.wait_for(other.execute("UPDATE stock_lot SET held = held + 1 WHERE id = $1", lots[1]), 20)
    await other.close()


async def test_two_lots_that_sell_out_at_once_leave_nothing(rows: Rows, stage: Addresses) -> None:
    """Neither sees the other's sale when it begins; who comes second waits, and sees it then."""
    point, sku = await rows.point(), await rows.sku(await rows.product())
    lots = [await rows.stock(point, sku, await rows.lot(sku)) for _ in range(2)]
    other = await asyncpg.connect(stage.owner_url)
    async with rows.connection.transaction():
        await rows.connection.execute("UPDATE stock_lot SET held = on_hand WHERE id = $1", lots[0])
        second = asyncio.create_task(other.execute("UPDATE stock_lot SET held = on_hand WHERE id = $1", lots[1]))
        waits = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND pid = $1)"
        while not await rows.connection.fetchval(waits, other.get_server_pid()):
            assert not second.done()
    await second
    await other.close()
    assert await kept(rows.connection) == {}
