"""Many buyers at once: the last units are sold once, and nobody waits in a circle."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from random import Random

import pytest

from app.inventory import holds as stock
from app.inventory.rules import allocate
from app.kit import clock, db
from tests.conftest import Addresses
from tests.inventory.till import CALLER, COUNTERS, LASTS, UNBALANCED, Till, keeps, open_till, units
from tests.rows import TODAY, Rows
from tests.shop import NOW

OVER = NOW + LASTS
WAITING = """SELECT count(*) FROM pg_locks WHERE NOT granted
AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"""


@pytest.fixture
async def till(rows: Rows, stage: Addresses) -> AsyncIterator[Till]:
    """A till with twenty connections."""
    async with open_till(rows, stage, size=20) as opened:
        yield opened


async def test_sixty_buyers_for_the_last_ten_units_of_three_lots(till: Till, rows: Rows) -> None:
    """Exactly ten get one, as peers that check before they act do not manage (trap 1: M#16569, OFN#4018)."""
    point, sku = await rows.point(), await rows.sku(await rows.product())
    for number, left in enumerate((4, 3, 3)):
        await till.shelve(point, sku, left, **keeps(5 + number))
    holds = [await till.hold_row() for _ in range(60)]
    got = await asyncio.gather(*(till.hold(hold, point, {sku: 1}) for hold in holds))
    assert Counter(map(units, got)) == {1: 10, 0: 50}
    assert await till.look(COUNTERS) == [(4, 4), (3, 3), (3, 3)]
    assert await till.look("SELECT sum(held_delta)::int, count(*) FROM stock_movement WHERE kind = 'HOLD'") == [
        (10, 10)
    ]
    assert await till.look(UNBALANCED) == []


@pytest.mark.parametrize("seed", range(3))
async def test_crossing_carts_releases_and_sweeps_wait_in_no_circle(till: Till, rows: Rows, seed: int) -> None:
    """Six SKUs of three products, bought in any order while others let go, hand out and tidy: all balances."""
    random = Random(seed)  # noqa: S311 - no secret
    point = await rows.point()
    products = [await rows.product() for _ in range(3)]
    skus = [await rows.sku(product) for product in products for _ in range(2)]
    for sku in skus:
        for number in range(2):
            await till.shelve(point, sku, random.randint(2, 5), **keeps(5 + number))
    holds = [await till.hold_row() for _ in range(48)]

    begun: list[int] = []  # nobody ends a hold while it is begun: its customer is locked then

    async def shop(hold: int) -> None:
        wanted = {sku: random.randint(1, 3) for sku in random.sample(skus, 3)}
        await till.hold(hold, point, wanted, clock.now() + random.choice([timedelta(), LASTS]))
        begun.append(hold)
        end = random.choice([till.release, till.sell, None])
        if end is not None:
            await end(hold, *random.sample(begun, min(2, len(begun))))
        elif random.random() < 0.5:
            await till.sweep(random.randint(1, 5))

    await asyncio.gather(*map(shop, holds))
    assert await till.look(UNBALANCED) == []
    with clock.moved_to(OVER):
        await till.sweep(1000)
    assert await till.look("SELECT count(*) FROM stock_hold WHERE ended_at IS NULL") == [(0,)]
    assert await till.look(UNBALANCED) == []


async def test_letting_go_and_taking_in_one_transaction_waits_in_no_circle(till: Till, rows: Rows) -> None:
    """Each buyer lets the last unit of one product go and takes the last of the other; both products have two SKUs."""
    point = await rows.point()
    apples, pears = await rows.product(), await rows.product()
    (a1, a2), (p1, p2) = [[await rows.sku(product) for _ in range(2)] for product in (apples, pears)]
    for sku in (a1, a2, p1, p2):
        await till.shelve(point, sku, 1)
    for sku in (p1, a2):
        await till.hold(await till.hold_row(), point, {sku: 1})
    first, second = await till.hold_row(), await till.hold_row()

    locked = asyncio.Event()

    async def take_apples() -> None:
        async with till.database.session(), db.transaction() as tx:
            lots = await stock.on_sale(tx, [p1, a1], point, TODAY)  # lets p1 go: the row of pears
            locked.set()
            while (await till.look(WAITING)) == [(0,)]:
                assert tx.in_transaction
            taken, _ = allocate({a1: 1}, lots, TODAY, TODAY)
            await stock.hold(tx, CALLER, first, taken, OVER + LASTS)  # the row of apples

    with clock.moved_to(OVER):
        async with asyncio.timeout(20), asyncio.TaskGroup() as group:
            group.create_task(take_apples())
            await locked.wait()
            got = await till.hold(second, point, {a2: 1, p2: 1})
    assert units(got) == 2
    assert await till.look(UNBALANCED) == []


async def test_a_new_checkout_that_replaces_an_old_one_waits_in_no_circle(till: Till, rows: Rows) -> None:
    """What two customers had and what they want now cross: lots, and the rows of their products, are locked first."""
    point = await rows.point()
    apples, pears = await rows.sku(await rows.product()), await rows.sku(await rows.product())
    for sku in (apples, pears):
        await till.shelve(point, sku, 2)
    had = {apples: await till.hold_row(), pears: await till.hold_row()}
    for sku, hold in had.items():
        await till.hold(hold, point, {sku: 2})

    async def replace(old: int, hold: int, sku: int) -> int:
        async with till.database.session(), db.transaction() as tx:
            await stock.lock(tx, [old], point, [sku])
            await stock.release(tx, CALLER, [old])
            taken, short = allocate({sku: 1}, await stock.on_sale(tx, [sku], point, TODAY), TODAY, TODAY)
            await stock.hold(tx, CALLER, hold, taken, OVER)
        return units([*taken, *short])

    new = [await till.hold_row(), await till.hold_row()]
    got = await asyncio.gather(replace(had[apples], new[0], pears), replace(had[pears], new[1], apples))
    assert sorted(got) == [0, 1]  # the first to lock finds what it wants held; the second finds it let go
    assert await till.look(UNBALANCED) == []
