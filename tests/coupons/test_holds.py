"""A coupon code kept for a checkout: for one at a time, used up by its order, and given back once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from app.coupons import holds
from app.coupons.enums import CouponReason
from app.coupons.errors import CouponNotApplicable
from app.kit import clock, db
from app.kit.errors import Refused
from app.tables import Database
from tests.conftest import Addresses
from tests.inventory.till import LASTS, Till, open_till
from tests.rows import Rows
from tests.shop import NOW

OVER = NOW + LASTS
LIVE = "SELECT hold_id FROM coupon_hold WHERE released_at IS NULL ORDER BY hold_id"
REDEMPTIONS = "SELECT attempt, kind, discount_fen FROM coupon_redemption ORDER BY id"


@dataclass(frozen=True, slots=True)
class Purse:
    """A customer with a code, and holds of hers."""

    till: Till
    customer: int
    code: int
    open: int  # a hold that has not ended
    ended: int  # one that has: a customer has one open at a time

    @property
    def database(self) -> Database:
        """Where she is."""
        return self.till.database

    async def hold(self, hold_id: int, code: int | None = None, customer: int | None = None) -> str:
        """What comes of keeping a code for a hold, in a transaction of its own."""
        try:
            async with self.database.session(), db.transaction() as tx:
                await holds.hold(tx, customer or self.customer, hold_id, code or self.code, clock.now() + LASTS)
        except Refused as refused:
            match refused.reason:
                case CouponNotApplicable(reason):
                    return reason.value
            raise
        return "held"

    async def act(self, act: Callable[[db.RequestConnection], Awaitable[Any]], *hold_ids: int) -> Any:
        """Something done to holds whose codes are locked."""
        async with self.database.session(), db.transaction() as tx:
            await holds.lock(tx, hold_ids)
            return await act(tx)


@pytest.fixture
async def purse(rows: Rows, stage: Addresses) -> AsyncIterator[Purse]:
    """A code that holds for a week."""
    async with open_till(rows, stage) as till:
        rows.tables |= {"coupon_redemption"}
        customer = await rows.customer()
        code = await rows.insert(
            "coupon_code",
            coupon_id=await rows.coupon(),
            customer_id=customer,
            code="AAAA-BBBB",
            ordinal=1,
            ordinal_limit=1,
            claimed_at=NOW - timedelta(days=1),
            expires_at=NOW + timedelta(days=7),
        )
        ended = await till.hold_row(customer, ended_at=NOW, outcome="RELEASED")
        yield Purse(till, customer, code, await till.hold_row(customer), ended)


async def test_a_code_serves_one_hold_at_a_time(purse: Purse) -> None:
    """Who asks for it again is told, and nothing is kept of that."""
    assert [await purse.hold(purse.open), await purse.hold(purse.ended)] == ["held", CouponReason.USED]
    assert await purse.till.look(LIVE) == [(purse.open,)]


async def test_of_many_who_ask_at_once_one_gets_it(purse: Purse) -> None:
    """Real transactions; the others are refused."""
    many = [await purse.till.hold_row(purse.customer, ended_at=NOW, outcome="RELEASED") for _ in range(12)]
    told = await asyncio.gather(*map(purse.hold, many))
    assert Counter(told) == {"held": 1, "USED": 11}
    assert len(await purse.till.look(LIVE)) == 1


async def test_it_is_free_again_from_its_end_on(purse: Purse) -> None:
    """Whoever asks next lets it go, to the second."""
    assert await purse.hold(purse.open) == "held"
    with clock.moved_to(OVER - timedelta(seconds=1)):
        assert await purse.hold(purse.ended) == CouponReason.USED
    with clock.moved_to(OVER):
        assert await purse.hold(purse.ended) == "held"
    assert await purse.till.look(LIVE) == [(purse.ended,)]


async def test_other_peoples_codes_and_old_ones_are_refused(purse: Purse, rows: Rows) -> None:
    """Nobody learns whether a code of somebody else's is good."""
    assert await purse.hold(purse.open, customer=await rows.customer()) == CouponReason.UNKNOWN
    assert await purse.hold(purse.open, code=2**40) == CouponReason.UNKNOWN
    with clock.moved_to(NOW + timedelta(days=7)):
        assert await purse.hold(purse.open) == CouponReason.EXPIRED
    assert await purse.till.look(LIVE) == []


async def test_an_orders_code_stays_with_it(purse: Purse) -> None:
    """However late it is; the sweep takes those whose time is over."""
    await purse.hold(purse.open)
    assert await purse.act(lambda tx: holds.keep(tx, purse.open, None), purse.open) == 1
    with clock.moved_to(NOW + timedelta(days=1)):
        assert await purse.act(lambda tx: holds.sweep(tx, 10)) == 0
        assert await purse.hold(purse.ended) == CouponReason.USED


async def test_the_sweep_lets_go_what_is_over(purse: Purse) -> None:
    """Once; and a hold that comes too late to keep its code finds none."""
    await purse.hold(purse.open)
    with clock.moved_to(OVER):
        assert [await purse.act(lambda tx: holds.sweep(tx, 10)) for _ in range(2)] == [1, 0]
        assert await purse.act(lambda tx: holds.keep(tx, purse.open, None), purse.open) == 0
    assert await purse.till.look(LIVE) == []


async def order(purse: Purse, hold: int, fen: int) -> None:
    """An order takes the code of a hold."""
    assert await purse.hold(hold) == "held"
    await purse.act(lambda tx: holds.keep(tx, hold, None), hold)
    await purse.act(lambda tx: holds.redeem(tx, hold, fen), hold)


async def test_a_code_is_redeemed_and_given_back_in_attempts(purse: Purse) -> None:
    """Each attempt is given back at most once; the second order of the same code is the second attempt."""
    await order(purse, purse.ended, 500)
    for _ in range(2):
        await purse.act(lambda tx: holds.release(tx, [purse.ended]), purse.ended)
    await order(purse, purse.open, 300)
    assert await purse.till.look(REDEMPTIONS) == [(1, "REDEEM", 500), (1, "RESTORE", 500), (2, "REDEEM", 300)]
    assert await purse.till.look(LIVE) == [(purse.open,)]


async def test_letting_an_unused_code_go_redeems_nothing(purse: Purse) -> None:
    """A checkout that comes to no order leaves no trace in the ledger."""
    await purse.hold(purse.open)
    await purse.act(lambda tx: holds.release(tx, [purse.open]), purse.open)
    assert await purse.till.look(REDEMPTIONS) == []
    assert await purse.hold(purse.ended) == "held"


async def test_holds_need_a_transaction(purse: Purse) -> None:
    """A lock that ends with its statement would protect nothing."""
    async with purse.database.session() as connection:
        for call in (
            holds.hold(connection, purse.customer, purse.open, purse.code, OVER),
            holds.lock(connection, [purse.open]),
            holds.keep(connection, purse.open, None),
            holds.redeem(connection, purse.open, 1),
            holds.release(connection, [purse.open]),
            holds.sweep(connection, 1),
        ):
            with pytest.raises(db.NoTransactionError):
                await call
