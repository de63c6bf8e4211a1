"""Partners hear once that a SKU runs low at a point: when it falls to ten, and again after there was more."""

import asyncio
from datetime import timedelta
from typing import Any

import orjson
import pytest

from app.inventory import jobs
from app.inventory.rules import LOW_STOCK
from app.kit import clock, ids
from tests.inventory.conftest import Store
from tests.inventory.counter import stock_lot
from tests.inventory.till import keeps
from tests.rows import days
from tests.shop import NOW

TOLD = "SELECT payload FROM partner_event WHERE type = 'StockLow' ORDER BY id"
JOBS = "SELECT count(*) FROM pgqueuer WHERE entrypoint = 'webhooks.fan_out'"


async def told(store: Store) -> list[dict[str, Any]]:
    """What partners are told, in order."""
    return [orjson.loads(payload) for (payload,) in await store.till.look(TOLD)]


async def hold(store: Store, units: int) -> None:
    """A customer's checkout of so many units."""
    assert await store.till.hold(await store.till.hold_row(), store.here, {store.sku: units})


async def test_it_is_told_once_when_the_line_is_crossed(store: Store) -> None:
    """By ids, over all lots of the SKU there; not at every unit below it, and not by what rolls back."""
    await store.till.shelve(store.here, store.sku, 7, **keeps(5))
    await store.till.shelve(store.here, store.sku, 6, **keeps(6))
    await store.till.shelve(store.there, store.sku, 50)
    await hold(store, 2)
    assert await told(store) == []
    await hold(store, 1)
    expected = {
        "sku": ids.encode("Sku", store.sku),
        "pickupPoint": ids.encode("PickupPoint", store.here),
        "available": LOW_STOCK,
    }
    assert await told(store) == [expected]
    assert await store.till.look(JOBS) == [(1,)]
    await hold(store, 1)
    await hold(store, 9)
    assert await told(store) == [expected]


async def test_it_is_told_again_after_there_was_more(store: Store) -> None:
    """By a count, a released hold, or a hold whose time was over."""
    lot = await store.till.shelve(store.here, store.sku, 12)
    held = await store.till.hold_row()
    await store.till.hold(held, store.here, {store.sku: 3})
    await store.till.release(held)
    await hold(store, 2)
    assert [each["available"] for each in await told(store)] == [9, 10]
    with clock.moved_to(NOW + timedelta(minutes=10)):
        await hold(store, 5)
    assert [each["available"] for each in await told(store)] == [9, 10, 7]
    await store.clerk.do("adjustStock", f'{stock_lot(lot)}, onHand: 30, reason: "盘点"')
    assert len(await told(store)) == 3
    await store.clerk.do("writeOff", f"{stock_lot(lot)}, quantity: 24, reason: DAMAGED")
    assert [each["available"] for each in await told(store)][3:] == [1]


async def test_what_could_not_be_sold_anyway_does_not_count(store: Store) -> None:
    """Expired units that are written off change nothing of what is left."""
    await store.till.shelve(store.here, store.sku, 8)
    old = await store.till.shelve(store.here, store.sku, 20, expires_on=days(-1), packed_on=None)
    await store.clerk.do("writeOff", f"{stock_lot(old)}, quantity: 15, reason: EXPIRED")
    assert await told(store) == []


async def test_many_buyers_at_once_tell_it_once(store: Store) -> None:
    """Of three lots, in transactions of their own."""
    for _ in range(3):
        await store.till.shelve(store.here, store.sku, 6)
    holds = [await store.till.hold_row() for _ in range(14)]
    await asyncio.gather(*(store.till.hold(each, store.here, {store.sku: 1}) for each in holds))
    assert [each["available"] for each in await told(store)] == [LOW_STOCK]


async def test_many_clerks_at_once_tell_it_once(store: Store) -> None:
    """Each writes off units of another lot: none sees alone that it runs low (peers' trap 1: check, then act)."""
    lots = [await store.till.shelve(store.here, store.sku, 6) for _ in range(3)]
    given = "quantity: 3, reason: DAMAGED"
    await asyncio.gather(*(store.clerk.do("writeOff", f"{stock_lot(lot)}, {given}") for lot in lots))
    assert [each["available"] for each in await told(store)] == [9]


@pytest.mark.parametrize(("left", "available"), [(10, [10]), (4, [4]), (0, [0]), (11, [])])
async def test_what_runs_low_at_midnight_is_told_by_the_job(store: Store, left: int, available: list[int]) -> None:
    """A lot's last day ends in Shanghai, and what is left is low; what was low before is not told again."""
    if left:
        await store.till.shelve(store.here, store.sku, left)
    await store.till.shelve(store.here, store.sku, 11, expires_on=days(0))
    await store.till.shelve(store.there, store.sku, 3)
    await store.till.shelve(store.there, store.sku, 3, expires_on=days(0))
    midnight = clock.moved_to(NOW + timedelta(hours=14))
    async with store.till.database.session():
        await jobs.end_day({})
        assert await told(store) == []
        with midnight:
            await jobs.end_day({})
    assert [each["available"] for each in await told(store)] == available
