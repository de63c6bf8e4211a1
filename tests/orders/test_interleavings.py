"""Whatever buyers do, in whatever order, at once: counters, ledgers and money agree to zero (issue: invariants)."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.kit import clock
from app.kit.errors import Refused
from app.orders.models import Order
from tests.orders.market import Market, reason
from tests.shop import NOW

UNITS, PLACES, BUYERS = 100, 30, 500
STEPS = ("buy", "pay", "tell", "tell twice", "cancel", "cancel for shop", "expire", "wait", "refund", "sweep")
Plan = list[tuple[str, int]]


@pytest.fixture
async def crowd(market: Market) -> list[int]:
    """Five hundred customers, each from an address of her own."""
    return [await market.rows.customer(is_demo=False) for _ in range(BUYERS)]


async def test_five_hundred_want_a_hundred_units(market: Market, crowd: list[int]) -> None:
    """Exactly a hundred get one; everybody else is told so, and nobody of a deadlock."""
    await market.rows.connection.execute("UPDATE pickup_slot SET capacity = 1000")
    wanted = await market.sells(UNITS - 40)
    await market.stocked(wanted, 40, keeps=7)
    for customer in crowd:
        await market.fills(customer, {wanted: 1})
    outcomes = await asyncio.gather(*(reason(market.starts(customer)) for customer in crowd))
    assert {each: outcomes.count(each) for each in set(outcomes)} == {"Checkout": UNITS, "InsufficientStock": 400}
    assert await market.value("SELECT sum(held) FROM stock_lot") == UNITS


async def test_five_hundred_want_thirty_places(market: Market, crowd: list[int]) -> None:
    """Exactly thirty are taken; the stock of those who came too late is not held."""
    await market.rows.connection.execute("UPDATE pickup_slot SET capacity = $1", PLACES)
    wanted = await market.sells(1000)
    for customer in crowd:
        await market.fills(customer, {wanted: 1})
    outcomes = await asyncio.gather(*(reason(market.starts(customer)) for customer in crowd))
    assert {each: outcomes.count(each) for each in set(outcomes)} == {"Checkout": PLACES, "PickupSlotFull": 470}
    assert await market.value("SELECT sum(held) FROM stock_lot") == PLACES


class Story:
    """Random things that happen to a market, one after another or two at once."""

    def __init__(self, market: Market, customers: list[int], skus: list[int]) -> None:
        self.market, self.customers, self.skus = market, customers, skus
        self.orders: list[Order] = []
        self.now = NOW

    async def happens(self, what: str, who: int) -> None:
        """A step, by one of the customers or about one of the orders; a refusal is an outcome like any other."""
        try:
            if what == "buy":
                await self._buys(who)
            elif what in {"pay", "cancel", "cancel for shop"}:
                await self._about_an_order(what, who)
            else:
                await self._elsewhere(what)
        except Refused:
            pass

    async def _buys(self, who: int) -> None:
        customer = self.customers[who % len(self.customers)]
        quantities = {self.skus[who % len(self.skus)]: 1 + who % 3, self.skus[(who + 1) % len(self.skus)]: 1}
        await self.market.fills(customer, quantities)
        checkout = await self.market.starts(customer)
        self.orders.append(await self.market.places(customer, checkout.text, f"key-{len(self.orders):08}-{who}"))

    async def _about_an_order(self, what: str, who: int) -> None:
        if not self.orders:
            return
        order = self.orders[who % len(self.orders)]
        if what == "pay":
            await self.market.tries_to_pay(order)
        elif what == "cancel":
            await self.market.cancels(order)
        else:
            await self.market.cancels_for_shop(order)

    async def _elsewhere(self, what: str) -> None:
        if what == "tell twice":
            await self.market.counter.play("switch", {"repeat": 2})
        if what in {"tell", "tell twice"}:
            await self.market.told()
        elif what == "expire":
            await self.market.expires()
        elif what == "wait":
            self.now += timedelta(minutes=6)
        elif what == "refund":
            await self.market.refunds()
        elif what == "sweep":
            await self.market.sweeps()

    async def ends(self) -> None:
        """All that is under way comes to its end: nothing is stuck."""
        with clock.moved_to(self.now + timedelta(hours=1)):
            await self.market.told()
            await self.market.expires()
            await self.market.sweeps()
            for _ in range(3):
                await self.market.refunds()
                await self.market.told()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 30)), min_size=4, max_size=24))
async def test_whatever_happens_the_books_balance(market: Market, plan: Plan) -> None:
    """Buy, pay, be told twice and late, cancel, expire: after each step nothing differs by a unit or a fen."""
    customers = [await market.customer() for _ in range(3)]
    skus = [await market.sells(4), await market.sells(3, price_fen=333), await market.sells(5, price_fen=1)]
    story = Story(market, customers, skus)
    for what, who in plan:
        with clock.moved_to(story.now):
            await story.happens(what, who)
        assert await market.balance() == [], (what, who)
    await story.ends()
    assert await market.balance() == []
    stuck = """SELECT count(*) FROM customer_order o JOIN payment p ON p.id = o.payment_id
    WHERE o.status = 'PENDING_PAYMENT' OR p.refunded_fen <> p.refund_granted_fen"""
    assert await market.value(stuck) == 0


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 30)), min_size=6, max_size=18))
async def test_whatever_happens_at_once_the_books_balance(market: Market, plan: Plan) -> None:
    """Three steps at a time, on connections of their own."""
    customers = [await market.customer() for _ in range(4)]
    skus = [await market.sells(4), await market.sells(3, price_fen=333)]
    story = Story(market, customers, skus)
    for beginning in range(0, len(plan), 3):
        with clock.moved_to(story.now):
            await asyncio.gather(*(story.happens(*step) for step in plan[beginning : beginning + 3]))
    await story.ends()
    assert await market.balance() == []
