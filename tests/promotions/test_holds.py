"""Units of offers: never more than the quota, nor than one customer may have, and back when their time is over."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from app.kit import clock, db
from app.kit.errors import Refused
from app.promotions import holds
from app.promotions.errors import OfferUnitsGone
from tests.rows import Rows
from tests.shop import NOW, Shop

TEN_MINUTES = NOW + timedelta(minutes=10)


@pytest.fixture(autouse=True)
async def moment(rows: Rows) -> AsyncIterator[None]:
    """Everything happens at NOW; what holds write is cleared away."""
    rows.tables |= {"offer_hold"}
    with clock.moved_to(NOW):
        yield


async def begin(rows: Rows, customer: int) -> int:
    """Another open hold of a customer, whose last one has ended."""
    await rows.connection.execute(
        "UPDATE hold SET ended_at = $2, outcome = 'PLACED' WHERE customer_id = $1 AND ended_at IS NULL", customer, NOW
    )
    times = {"started_at": NOW, "expires_at": TEN_MINUTES}
    return await rows.insert("hold", customer_id=customer, address_index=b"a" * 32, **times)


async def offer(rows: Rows, **values: Any) -> int:
    """A live offer of a new SKU."""
    return await rows.offer(await rows.sku(await rows.product()), **values)


async def hold(shop: Shop, customer: int, hold_id: int, offer_id: int, quantity: int) -> int | None:
    """Keeps units in a transaction of its own: None, or how many there would have been."""
    try:
        async with shop.database.session(), db.transaction() as tx:
            await holds.hold(tx, customer, hold_id, {offer_id: quantity}, TEN_MINUTES)
    except Refused as refused:
        return refused.reason.available if isinstance(refused.reason, OfferUnitsGone) else -1
    return None


async def sold(rows: Rows, offer_id: int) -> int:
    """The counter."""
    return int(await rows.connection.fetchval("SELECT sold FROM offer WHERE id = $1", offer_id))


async def test_a_quota_is_never_passed(bare_shop: Shop, rows: Rows) -> None:
    """Trap 1 (check, then act): of eight at once who want two of five, two get them, and one is left."""
    made = await offer(rows, quota=5)
    buyers = [await rows.customer() for _ in range(8)]
    opened = [(buyer, await begin(rows, buyer)) for buyer in buyers]
    got = await asyncio.gather(*(hold(bare_shop, buyer, hold_id, made, 2) for buyer, hold_id in opened))
    assert sorted(map(str, got)) == [*["1"] * 6, "None", "None"]
    assert await sold(rows, made) == 4


async def test_one_customer_has_no_more_than_her_limit(bare_shop: Shop, rows: Rows) -> None:
    """Counted over all her holds and orders, also where the offer has no quota; others are not concerned."""
    made = await offer(rows, per_customer_limit=3)
    customer, other = await rows.customer(), await rows.customer()
    assert await hold(bare_shop, customer, await begin(rows, customer), made, 2) is None
    assert await hold(bare_shop, customer, await begin(rows, customer), made, 2) == 1
    assert await hold(bare_shop, other, await begin(rows, other), made, 3) is None
    assert await sold(rows, made) == 5


async def test_an_offer_without_limits_is_not_counted(bare_shop: Shop, rows: Rows) -> None:
    """Nobody waits for its row; when it is over it is refused all the same."""
    made, over = await offer(rows), await offer(rows, ends_at=NOW)
    customer = await rows.customer()
    assert await hold(bare_shop, customer, await begin(rows, customer), made, 1000) is None
    assert await hold(bare_shop, customer, await begin(rows, customer), over, 1) == 0
    assert await hold(bare_shop, customer, await begin(rows, customer), 2**62, 1) == 0
    assert await rows.connection.fetchval("SELECT count(*) FROM offer_hold") == 0
    async with bare_shop.database.session(), db.transaction() as tx:
        assert await holds.left(tx, customer, [made, over]) == {made: None, over: 0}


async def test_whoever_comes_after_the_end_gets_the_units(bare_shop: Shop, rows: Rows) -> None:
    """Without any sweep: the lock lets go first. A held line cannot be kept after that."""
    made = await offer(rows, quota=2)
    slow, quick = await rows.customer(), await rows.customer()
    kept = await begin(rows, slow)
    assert await hold(bare_shop, slow, kept, made, 2) is None
    with clock.moved_to(TEN_MINUTES):
        assert await hold(bare_shop, quick, await begin(rows, quick), made, 2) is None
        async with bare_shop.database.session(), db.transaction() as tx:
            await holds.lock(tx, [kept])
            assert await holds.keep(tx, kept, None) == 0
    assert await sold(rows, made) == 2


async def test_what_an_order_takes_has_no_end_and_comes_back_once(bare_shop: Shop, rows: Rows) -> None:
    """Trap 8 (limits lost or given back twice on cancel): the sweep leaves it; releasing twice gives back once."""
    made = await offer(rows, quota=2, per_customer_limit=2)
    customer = await rows.customer()
    kept = await begin(rows, customer)
    assert await hold(bare_shop, customer, kept, made, 2) is None
    async with bare_shop.database.session(), db.transaction() as tx:
        await holds.lock(tx, [kept])
        assert await holds.keep(tx, kept, None) == 1
    with clock.moved_to(NOW + timedelta(days=1)):
        async with bare_shop.database.session(), db.transaction() as tx:
            assert await holds.sweep(tx, 10) == 0
        assert await sold(rows, made) == 2
        for _ in range(2):
            async with bare_shop.database.session(), db.transaction() as tx:
                await holds.lock(tx, [kept])
                await holds.release(tx, [kept])
    assert await sold(rows, made) == 0
    async with bare_shop.database.session(), db.transaction() as tx:
        assert await holds.left(tx, customer, [made]) == {made: 2}


async def test_the_sweep_tidies_what_nobody_asked_for(bare_shop: Shop, rows: Rows) -> None:
    """As many offers as it is told to, and the counters with them."""
    offers = [await offer(rows, quota=2) for _ in range(3)]
    for each in offers:
        customer = await rows.customer()
        assert await hold(bare_shop, customer, await begin(rows, customer), each, 1) is None
    with clock.moved_to(TEN_MINUTES):
        for expected in (2, 1, 0):
            async with bare_shop.database.session(), db.transaction() as tx:
                assert await holds.sweep(tx, 2) == expected
    assert [await sold(rows, each) for each in offers] == [0, 0, 0]
