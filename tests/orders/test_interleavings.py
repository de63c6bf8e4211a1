"""Whatever buyers do, in whatever order, at once: counters, ledgers and money agree to zero (issue: invariants)."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.kit import clock
from tests.orders.counter import Clerk
from tests.orders.market import Market, reason
from tests.orders.story import Story

UNITS, PLACES, BUYERS = 100, 30, 500
STEPS = ("buy", "pay", "tell", "tell twice", "cancel", "cancel for shop", "expire", "wait", "refund", "sweep")
PACKED = (
    *("start", "weigh", "short", "offer", "accept", "decline", "ready", "hand over", "cancel lines", "claim", "reject"),
    *("cancel", "cancel for shop", "buy", "pay", "tell", "wait", "lapse", "refund"),
)
OVERPAID = """SELECT count(*) FROM customer_order o JOIN payment p ON p.id = o.payment_id
WHERE o.refund_granted_fen > o.total_fen OR p.refunded_fen > p.refund_granted_fen OR p.refund_granted_fen > p.amount_fen
  OR EXISTS (SELECT FROM order_line l WHERE l.order_id = o.id AND l.refund_granted_fen > l.total_fen)"""
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


async def packed(market: Market) -> Story:
    """A clerk, three customers with an order each, paid: by the piece and by weight, at prices that do not divide."""
    weighed = {"is_catch_weight": True, "net_grams": 500, "product": {"sold_by": "WEIGHT"}}
    skus = [await market.sells(9, price_fen=1001), await market.sells(12, price_fen=333, **weighed)]
    customers = [await market.customer() for _ in range(3)]
    story = Story(market, customers, skus, await Clerk.at(market, name=f"clerk-{customers[0]}"))
    story.cheaper = await market.sells(6, price_fen=250)
    for step in (("buy", 0), ("buy", 1), ("buy", 2), ("pay", 0), ("pay", 1), ("pay", 2), ("tell", 0)):
        await story.happens(*step)
    return story


async def require_all_can_go_back(market: Market, story: Story) -> None:
    """With all of it claimed, or cancelled, exactly what was paid went back: the last refund takes the rest."""
    await story.claims_the_rest()
    await story.ends()
    assert await market.balance() == []
    rest = """SELECT array_agg(o.total_fen - p.refunded_fen) FROM customer_order o JOIN payment p ON p.id = o.payment_id
    WHERE o.status IN ('COLLECTED', 'CANCELLED') AND o.paid_at IS NOT NULL"""
    assert set(await market.value(rest) or []) <= {0}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=st.lists(st.tuples(st.sampled_from(PACKED), st.integers(0, 30)), min_size=8, max_size=30))
async def test_whatever_clerks_do_the_books_balance(market: Market, plan: Plan) -> None:
    """Pack, weigh, leave out, substitute, answer, cancel in part, hand over, claim: never a fen more than was paid.

    peers.md, trap 6: refunds that ignore what a discount or an earlier refund left of a line.
    """
    story = await packed(market)
    for what, who in plan:
        with clock.moved_to(story.now):
            await story.happens(what, who)
        assert await market.balance() == [], (what, who)
        assert await market.value(OVERPAID) == 0, (what, who)
    await require_all_can_go_back(market, story)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=st.lists(st.tuples(st.sampled_from(PACKED), st.integers(0, 30)), min_size=9, max_size=24))
async def test_whatever_clerks_do_at_once_the_books_balance(market: Market, plan: Plan) -> None:
    """Three steps at a time, on connections of their own."""
    story = await packed(market)
    for beginning in range(0, len(plan), 3):
        with clock.moved_to(story.now):
            await asyncio.gather(*(story.happens(*step) for step in plan[beginning : beginning + 3]))
        assert await market.balance() == []
        assert await market.value(OVERPAID) == 0
    await require_all_can_go_back(market, story)
