"""Places in a slot: never more than there are, and partners hear of the last one."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import orjson
import pytest

from app.kit import clock, db, ids
from app.kit.errors import Refused
from app.pickup import places
from app.pickup.errors import PickupSlotClosed, PickupSlotFull
from app.pickup.live import topic
from app.pickup.queries import slots_by_ids
from tests.rows import Rows, hours
from tests.shop import NOW, Shop

EVENTS = "SELECT type, payload, partner_id FROM partner_event"


@pytest.fixture
async def slot(rows: Rows) -> AsyncIterator[int]:
    """A slot of three places that can be booked for another hour."""
    rows.tables |= {"partner_event", "pgqueuer"}
    point = await rows.point()
    window = {"starts_at": hours(2), "ends_at": hours(4), "cutoff_at": hours(1)}
    made = await rows.insert("pickup_slot", pickup_point_id=point, **window, capacity=3, reserved=0)
    with clock.moved_to(NOW):
        yield made


async def take(shop: Shop, slot: int) -> int | str:
    """Takes a place in a transaction of its own: what is left, or why not."""
    try:
        async with shop.database.session(), db.transaction() as tx:
            return await places.take(tx, slot)
    except Refused as refused:
        return type(refused.reason).__name__


async def test_the_last_place_is_told_with_it(bare_shop: Shop, slot: int, rows: Rows) -> None:
    """Once, by ids; who comes after it is refused, and nothing is written."""
    assert [await take(bare_shop, slot) for _ in range(2)] == [2, 1]
    assert await rows.connection.fetch(EVENTS) == []
    assert [await take(bare_shop, slot) for _ in range(3)] == [0, "PickupSlotFull", "PickupSlotFull"]
    ((kind, payload, partner),) = [tuple(row) for row in await rows.connection.fetch(EVENTS)]
    point = await rows.connection.fetchval("SELECT pickup_point_id FROM pickup_slot")
    told = {"pickupSlot": ids.encode("PickupSlot", slot), "pickupPoint": ids.encode("PickupPoint", point)}
    assert (kind, orjson.loads(payload), partner) == ("SlotFull", told, None)
    assert await rows.connection.fetchval("SELECT reserved FROM pickup_slot") == 3


async def test_who_watches_the_point_is_told(bare_shop: Shop, slot: int, rows: Rows) -> None:
    """In the transaction that takes the place."""
    point = await rows.connection.fetchval("SELECT pickup_point_id FROM pickup_slot")
    async with bare_shop.database.session(), db.transaction() as tx:
        await places.take(tx, slot)
        assert [(each.topic, orjson.loads(each.body)) for each in tx.announced] == [(topic(point), {"slots": [slot]})]


async def test_many_at_once_take_no_more_than_there_are(bare_shop: Shop, slot: int, rows: Rows) -> None:
    """Real concurrency: three of eight, and one event."""
    taken = await asyncio.gather(*(take(bare_shop, slot) for _ in range(8)))
    assert sorted(map(str, taken)) == ["0", "1", "2", *["PickupSlotFull"] * 5]
    assert len(await rows.connection.fetch(EVENTS)) == 1


async def test_a_closed_slot_takes_nobody(bare_shop: Shop, slot: int, rows: Rows) -> None:
    """From the cut-off on; nor does one that is not there."""
    with clock.moved_to(NOW + timedelta(hours=1)):
        assert await take(bare_shop, slot) == PickupSlotClosed.__name__
    assert await take(bare_shop, 2**62) == PickupSlotClosed.__name__
    assert await rows.connection.fetchval("SELECT reserved FROM pickup_slot") == 0


async def test_what_rolls_back_takes_no_place(bare_shop: Shop, slot: int, rows: Rows) -> None:
    """Neither the place nor the event is left of it."""

    async def fail() -> None:
        async with bare_shop.database.session(), db.transaction() as tx:
            for _ in range(3):
                await places.take(tx, slot)
            await places.take(tx, slot)

    with pytest.raises(Refused) as refused:
        await fail()
    assert refused.value.reason == PickupSlotFull()
    assert await rows.connection.fetchval("SELECT reserved FROM pickup_slot") == 0
    assert await rows.connection.fetch(EVENTS) == []


async def held(shop: Shop, rows: Rows, slot: int, until: datetime | None) -> int:
    """A hold with a place of the slot."""
    rows.tables |= {"hold", "slot_hold"}
    hold = await rows.insert(
        "hold",
        customer_id=await rows.customer(),
        address_index=bytes(32),
        started_at=clock.now(),
        expires_at=clock.now() + timedelta(minutes=10),
    )
    async with shop.database.session(), db.transaction() as tx:
        await places.hold(tx, hold, slot, until)
    return hold


async def seen(shop: Shop, slot: int) -> int:
    """How many places a shopper is told are left."""
    async with shop.database.session():
        (found,) = await slots_by_ids([slot], clock.now())
        return found.remaining


async def reserved(rows: Rows) -> int:
    """The counter itself."""
    return int(await rows.connection.fetchval("SELECT reserved FROM pickup_slot"))


async def test_a_place_is_free_again_from_its_holds_end_on(bare_shop: Shop, slot: int, rows: Rows) -> None:
    """For shoppers at once, and for whoever takes one next, who lets the old ones go himself."""
    for _ in range(3):
        await held(bare_shop, rows, slot, NOW + timedelta(minutes=10))
    with clock.moved_to(NOW + timedelta(minutes=9, seconds=59)):
        assert await take(bare_shop, slot) == PickupSlotFull.__name__
        assert (await seen(bare_shop, slot), await reserved(rows)) == (0, 3)
    with clock.moved_to(NOW + timedelta(minutes=10)):
        assert (await seen(bare_shop, slot), await reserved(rows)) == (3, 3)
        assert await take(bare_shop, slot) == 2
        assert (await seen(bare_shop, slot), await reserved(rows)) == (2, 1)


async def test_an_orders_place_has_no_end(bare_shop: Shop, slot: int, rows: Rows) -> None:
    """The sweep lets go of the others, once, and tells who watches the point."""
    kept = await held(bare_shop, rows, slot, NOW + timedelta(minutes=10))
    await held(bare_shop, rows, slot, NOW + timedelta(minutes=10))
    async with bare_shop.database.session(), db.transaction() as tx:
        await places.lock(tx, [kept])
        assert await places.keep(tx, kept, None) == 1
    with clock.moved_to(NOW + timedelta(days=1)):
        for swept in (1, 0):
            async with bare_shop.database.session(), db.transaction() as tx:
                assert await places.sweep(tx, 10) == swept
                assert len(tx.announced) == swept
        assert await reserved(rows) == 1


async def test_a_place_whose_time_is_over_cannot_be_kept(bare_shop: Shop, slot: int, rows: Rows) -> None:
    """Locking it lets it go."""
    late = await held(bare_shop, rows, slot, NOW + timedelta(minutes=10))
    with clock.moved_to(NOW + timedelta(minutes=10)):
        async with bare_shop.database.session(), db.transaction() as tx:
            await places.lock(tx, [late])
            assert await places.keep(tx, late, None) == 0
    assert await reserved(rows) == 0


async def test_a_released_place_is_given_back_once(bare_shop: Shop, slot: int, rows: Rows) -> None:
    """However often it is asked for."""
    hold = await held(bare_shop, rows, slot, None)
    await held(bare_shop, rows, slot, None)
    for _ in range(2):
        async with bare_shop.database.session(), db.transaction() as tx:
            await places.lock(tx, [hold])
            await places.release(tx, [hold])
    assert (await reserved(rows), await seen(bare_shop, slot)) == (1, 2)


async def test_a_place_of_a_hold_needs_a_transaction(bare_shop: Shop, slot: int) -> None:
    """A lock that ends with its statement would protect nothing."""
    async with bare_shop.database.session() as connection:
        for call in (
            places.hold(connection, 1, slot, None),
            places.lock(connection, [1]),
            places.keep(connection, 1, None),
            places.release(connection, [1]),
            places.sweep(connection, 1),
        ):
            with pytest.raises(db.NoTransactionError):
                await call
