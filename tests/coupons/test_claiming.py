"""Claiming coupons: never more than there are, nor than one customer may have."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from app.coupons import service
from app.coupons.errors import ClaimClosed, ClaimLimitReached, CouponNotFound, CouponSoldOut
from app.coupons.models import CouponCode
from app.kit import clock
from app.kit.caller import Caller, CallerKind
from app.kit.errors import Refusal, Refused
from app.kit.idempotency import IdempotencyKeyReused
from tests.rows import Rows, hours
from tests.shop import NOW, Shop


@pytest.fixture(autouse=True)
async def moment(rows: Rows) -> AsyncIterator[None]:
    """Everything happens at NOW; what claiming writes is taken away after the test."""
    rows.tables |= {"coupon_code", "idempotent_answer"}
    with clock.moved_to(NOW):
        yield


async def claim(shop: Shop, customer: int, coupon: int, key: str = "the-key-1") -> CouponCode | Refusal:
    """A code, or why not, in a session of its own."""
    try:
        async with shop.database.session():
            return await service.claim(Caller(CallerKind.CUSTOMER, customer), customer, coupon, key)
    except Refused as refused:
        return refused.reason


async def counted(rows: Rows, coupon: int) -> tuple[int, int]:
    """The counter, and the codes there are."""
    found = await rows.connection.fetchrow(
        "SELECT claimed_count, (SELECT count(*) FROM coupon_code WHERE coupon_id = $1) FROM coupon WHERE id = $1",
        coupon,
    )
    return tuple(found)


async def test_a_code_is_hers_from_now_on(bare_shop: Shop, rows: Rows) -> None:
    """Good for as many days as the coupon says, or until its day."""
    customer = await rows.customer()
    weekly, fixed = await rows.coupon(), await rows.coupon(valid_days=None, valid_until=hours(50))
    for coupon, expires in ((weekly, NOW + timedelta(days=7)), (fixed, hours(50))):
        made = await claim(bare_shop, customer, coupon, f"key-{coupon:08}")
        assert isinstance(made, CouponCode)
        assert (made.coupon_id, made.state, made.ordinal, made.expires_at) == (coupon, "USABLE", 1, expires)
        assert len(made.code) == 12
        assert await counted(rows, coupon) == (1, 1)


async def test_a_key_claims_once(bare_shop: Shop, rows: Rows) -> None:
    """Eight at once get the same code; the key is good for no other coupon."""
    customer = await rows.customer()
    coupon, other = await rows.coupon(per_customer_limit=5), await rows.coupon()
    made = await asyncio.gather(*(claim(bare_shop, customer, coupon) for _ in range(8)))
    assert len({each.id for each in made if isinstance(each, CouponCode)}) == 1
    assert await claim(bare_shop, customer, other) == IdempotencyKeyReused()
    assert (await counted(rows, coupon), await counted(rows, other)) == ((1, 1), (0, 0))


async def test_of_two_hundred_for_the_last_twenty_twenty_get_one(bare_shop: Shop, rows: Rows) -> None:
    """Trap 8 (limits raced): exactly as many as there are, everybody else is told."""
    coupon = await rows.coupon(usage_limit=100, claimed_count=80)
    customers = [await rows.customer() for _ in range(200)]
    got = await asyncio.gather(*(claim(bare_shop, customer, coupon) for customer in customers))
    assert sum(isinstance(each, CouponCode) for each in got) == 20
    assert [each for each in got if not isinstance(each, CouponCode)] == [CouponSoldOut()] * 180
    assert await counted(rows, coupon) == (100, 20)


async def test_one_customer_claims_no_more_than_she_may(bare_shop: Shop, rows: Rows) -> None:
    """Trap 8 again: also at once, with a key each; another customer is not concerned."""
    customer, other = await rows.customer(), await rows.customer()
    coupon = await rows.coupon(per_customer_limit=3)
    got = await asyncio.gather(*(claim(bare_shop, customer, coupon, f"key-{n:08}") for n in range(10)))
    assert sorted(each.ordinal for each in got if isinstance(each, CouponCode)) == [1, 2, 3]
    assert [each for each in got if not isinstance(each, CouponCode)] == [ClaimLimitReached(3)] * 7
    assert isinstance(await claim(bare_shop, other, coupon), CouponCode)
    assert await counted(rows, coupon) == (4, 4)


@pytest.mark.parametrize(
    "given",
    [
        {"claim_starts_at": hours(1), "claim_ends_at": hours(2)},
        {"claim_starts_at": hours(-2), "claim_ends_at": NOW},
        {"valid_days": None, "valid_until": NOW},
    ],
)
async def test_claiming_has_its_time(bare_shop: Shop, rows: Rows, given: dict[str, Any]) -> None:
    """Neither before nor after, nor what would be over at once."""
    coupon = await rows.coupon(**given)
    assert await claim(bare_shop, await rows.customer(), coupon) == ClaimClosed()
    assert await counted(rows, coupon) == (0, 0)


async def test_what_is_no_coupon_cannot_be_claimed(bare_shop: Shop, rows: Rows) -> None:
    """And the key stays free: a refusal is not remembered."""
    customer = await rows.customer()
    assert await claim(bare_shop, customer, 2**62) == CouponNotFound()
    assert isinstance(await claim(bare_shop, customer, await rows.coupon()), CouponCode)
