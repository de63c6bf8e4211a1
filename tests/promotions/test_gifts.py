"""Gifts: what a cart earns, and a quota that no race passes."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit import clock, db
from app.kit.errors import Refused
from app.promotions import gifts
from app.promotions.gifts import Gift, Rule
from tests.rows import Rows, hours
from tests.shop import NOW, Shop

MILK, TEA, CUP = 1, 2, 9


@pytest.mark.parametrize(("bought", "expected"), [(0, []), (2, []), (3, [2]), (5, [2]), (6, [4]), (30, [20])])
def test_each_whole_number_bought_earns(bought: int, expected: list[int]) -> None:
    """Two for three."""
    found = gifts.gifts({MILK: bought}, [Rule(7, MILK, 3, CUP, 2, None)], None)
    assert [gift.quantity for gift in found] == expected


def test_two_rules_share_one_shelf() -> None:
    """The earlier rule is served first; what is gone is told."""
    rules = [Rule(7, MILK, 1, CUP, 1, None), Rule(8, TEA, 1, CUP, 1, None)]
    assert gifts.gifts({MILK: 2, TEA: 2}, rules, {CUP: 3}) == [Gift(7, CUP, 2, 2), Gift(8, CUP, 1, 2)]


@given(st.integers(0, 50), st.integers(1, 5), st.integers(1, 5), st.none() | st.integers(0, 20), st.integers(-3, 20))
def test_nobody_gets_more_than_earned_left_or_there(
    bought: int, buy: int, give: int, units: int | None, on_shelf: int
) -> None:
    """Nor less than nothing."""
    for gift in gifts.gifts({MILK: bought}, [Rule(7, MILK, buy, CUP, give, units)], {CUP: on_shelf}):
        assert 0 <= gift.quantity <= min(gift.earned, max(0, on_shelf), gift.earned if units is None else units)
        assert gift.earned == bought // buy * give


@pytest.fixture
async def rule(rows: Rows) -> AsyncIterator[int]:
    """A live rule with five units left, at NOW."""
    rows.tables |= {"gift_hold"}
    sku, gift = await rows.sku(await rows.product()), await rows.sku(await rows.product())
    when = {"starts_at": hours(-1), "ends_at": hours(1), "is_active": True, "created_at": hours(-2)}
    counted = {"buy_quantity": 1, "gift_quantity": 1, "quota": 5, "given": 0}
    with clock.moved_to(NOW):
        yield await rows.insert("gift_rule", sku_id=sku, gift_sku_id=gift, **counted | when)


async def begin(rows: Rows) -> int:
    """An open hold of a new customer."""
    times = {"started_at": NOW, "expires_at": hours(0.5)}
    return await rows.insert("hold", customer_id=await rows.customer(), address_index=b"a" * 32, **times)


async def hold(shop: Shop, hold_id: int, rule: int, quantity: int) -> bool:
    """Whether so many units were kept."""
    try:
        async with shop.database.session(), db.transaction() as tx:
            await gifts.hold(tx, hold_id, {rule: quantity}, hours(0.5))
    except Refused:
        return False
    return True


async def test_a_quota_is_never_passed(bare_shop: Shop, rows: Rows, rule: int) -> None:
    """Trap 1: of eight at once who want two of five, two get them."""
    opened = [await begin(rows) for _ in range(8)]
    assert sum(await asyncio.gather(*(hold(bare_shop, each, rule, 2) for each in opened))) == 2
    assert await rows.connection.fetchval("SELECT given FROM gift_rule") == 4


async def test_units_come_back_by_time_and_by_hand(bare_shop: Shop, rows: Rows, rule: int) -> None:
    """Kept for good they stay; released they come back once; beyond their time whoever comes next has them."""
    first, second = await begin(rows), await begin(rows)
    assert await hold(bare_shop, first, rule, 5)
    assert not await hold(bare_shop, second, rule, 1)
    async with bare_shop.database.session(), db.transaction() as tx:
        await gifts.lock(tx, [first])
        assert await gifts.keep(tx, first, None) == 1
    with clock.moved_to(hours(0.9)):
        async with bare_shop.database.session(), db.transaction() as tx:
            assert await gifts.sweep(tx, 10) == 0
        for _ in range(2):
            async with bare_shop.database.session(), db.transaction() as tx:
                await gifts.lock(tx, [first])
                await gifts.release(tx, [first])
    assert await rows.connection.fetchval("SELECT given FROM gift_rule") == 0
    assert await hold(bare_shop, first, rule, 4)
    with clock.moved_to(hours(0.5)):
        async with bare_shop.database.session(), db.transaction() as tx:
            assert await gifts.sweep(tx, 10) == 1
    assert await rows.connection.fetchval("SELECT given FROM gift_rule") == 0
    with clock.moved_to(hours(1)):
        assert not await hold(bare_shop, second, rule, 1)
