"""Claims decided by staff or by time; what is accepted goes back, to the fen."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.claims import queries
from app.claims.deciding import BY_ITSELF
from app.claims.errors import BadClaim
from app.claims.rules import PAID_BY_ITSELF_FEN
from app.kit import clock
from app.kit.caller import Caller, CallerKind
from app.kit.errors import Forbidden, Refused
from app.kit.free_text import BadText
from tests.claims.desk import claims, collected, decides, everything, granted, service_of, settles
from tests.orders.counter import Clerk, lines_of
from tests.orders.market import Market, caller_of, reason
from tests.rows import hours
from tests.shop import NOW


async def test_what_is_accepted_goes_back(market: Market) -> None:
    """Half of 20 yuan; the log has who, the customer why; the same again is the same, another way is too late."""
    clerk = await Clerk.at(market)
    order, (line,) = await collected(market, clerk, {await market.sells(5): 2})
    claim = await claims(market, order, line, quantity=2)
    decided = await decides(market, service_of(clerk), claim, 50, "坏了一半")
    assert (decided.state, decided.granted_fen, decided.decision_reason) == ("ACCEPTED", 1000, "坏了一半")
    assert (decided.decided_by_id, decided.decided_at) == (clerk.caller.id, NOW)
    assert await granted(market, line) == 1000
    assert await market.value("SELECT reason FROM order_refund") == "DEFECT"
    await market.refunds()
    assert await market.value("SELECT refunded_fen FROM payment WHERE id = $1", order.payment_id) == 1000
    entry = await market.rows.connection.fetchrow("SELECT * FROM audit_entry WHERE entity = 'DefectClaim'")
    assert (entry["scope"], entry["caller"]) == ("orders:service", str(clerk.caller))
    before = await everything(market)
    assert (await decides(market, service_of(clerk), claim, 50, "坏了一半")).id == claim.id
    assert await reason(decides(market, service_of(clerk), claim, 51, "坏了一半")) == "DefectClaimDecided"
    assert await everything(market) == before


async def test_a_rejection_gives_nothing_and_says_why(market: Market) -> None:
    """The units may be claimed again while there is time."""
    clerk = await Clerk.at(market)
    order, (line,) = await collected(market, clerk, {await market.sells(5): 1})
    rejected = await decides(market, service_of(clerk), await claims(market, order, line), 0, "照片看不清")
    assert (rejected.state, rejected.granted_fen) == ("REJECTED", 0)
    assert await granted(market, line) == 0
    assert (await claims(market, order, line)).asked_fen == 1000


async def test_claims_of_other_points_are_not_there(market: Market) -> None:
    """Neither to decide nor in the queue; who may act everywhere sees them, and a customer decides nothing."""
    clerk = await Clerk.at(market)
    stranger = await Clerk.at(market, await market.rows.point(), "stranger")
    order, (line,) = await collected(market, clerk, {await market.sells(5): 1})
    claim = await claims(market, order, line)
    before = await everything(market)
    assert await reason(decides(market, service_of(stranger), claim, 100)) == "DefectClaimNotFound"
    with pytest.raises(Forbidden):
        await decides(market, caller_of(order.customer_id), claim, 100)
    for percent, why in ((101, "x"), (-1, "x"), (50, " "), (50, "x" * 301)):
        with pytest.raises(BadClaim if why == "x" else BadText):
            await decides(market, service_of(clerk), claim, percent, why)
    assert await everything(market) == before
    everywhere = Caller(CallerKind.STAFF, stranger.caller.id, frozenset({"orders:service", "points:all"}))
    assert [await found(market, each) for each in (clerk.caller, stranger.caller, everywhere)] == [1, 0, 1]
    assert (await decides(market, everywhere, claim, 100)).state == "ACCEPTED"


async def found(market: Market, caller: Caller, **asked: Any) -> int:
    """How many claims stand in the queue a member of staff reads."""
    wanted = {"overdue_only": False, "first": None, "after": None} | asked
    async with market.database.session():
        page = await queries.page(caller, wanted.pop("state", None), **wanted)
        assert await page.total() == len(page.rows)
        return len(page.rows)


async def test_ten_clerks_decide_once(market: Market) -> None:
    """At once, each another share: one counts, and so much goes back."""
    clerks = [service_of(await Clerk.at(market, name=f"clerk-{number}")) for number in range(10)]
    order, (line,) = await collected(market, Clerk(market, clerks[0]), {await market.sells(5): 1})
    claim = await claims(market, order, line)
    votes = (reason(decides(market, clerk, claim, 10 * number)) for number, clerk in enumerate(clerks, 1))
    assert Counter(await asyncio.gather(*votes)) == {"DefectClaim": 1, "DefectClaimDecided": 9}
    share = await market.value("SELECT accepted_percent FROM defect_claim")
    assert await granted(market, line) == 10 * share


async def test_what_is_late_and_small_is_paid_by_itself(market: Market) -> None:
    """Not a second before the promised time; two workers at once pay once."""
    clerk = await Clerk.at(market)
    order, (line,) = await collected(market, clerk, {await market.sells(5): 2})
    claim = await claims(market, order, line, quantity=2)
    assert claim.asked_fen == PAID_BY_ITSELF_FEN
    with clock.moved_to(hours(24) - timedelta(seconds=1)):
        await settles(market)
        assert await granted(market, line) == 0
        assert await found(market, clerk.caller, overdue_only=True) == 0
    with clock.moved_to(hours(24)):
        assert await found(market, clerk.caller, overdue_only=True) == 1
        await asyncio.gather(settles(market), settles(market))
        await settles(market)
    async with market.database.session():
        (decided,) = await queries.by_ids([claim.id])
    assert (decided.state, decided.granted_fen, decided.decided_by_id) == ("ACCEPTED", 2000, None)
    assert decided.decision_reason == BY_ITSELF
    assert await granted(market, line) == 2000


async def test_claims_nobody_reads_pay_one_customer_fifty_yuan_in_thirty_days(market: Market) -> None:
    """Three small ones of hers at once, by two workers: two are paid, the third waits for staff; another's is paid."""
    clerk, her = await Clerk.at(market), await market.customer()
    made = []
    for customer in (her, her, her, await market.customer()):
        order = await market.paid(customer, {await market.sells(5): 2})
        await clerk.starts(order)
        await clerk.hands_over((await clerk.readies(order)).pickup_code)
        (line,) = await lines_of(market, order)
        made.append((await claims(market, order, line, quantity=2)).id)
    with clock.moved_to(hours(24)):
        await asyncio.gather(settles(market), settles(market))
    async with market.database.session():
        found = {each.id: each for each in await queries.by_ids(made)}
    hers = Counter((found[each].state, found[each].escalated_at is None) for each in made[:3])
    assert hers == {("ACCEPTED", True): 2, ("OPEN", False): 1}
    assert found[made[3]].state == "ACCEPTED"
    async with market.database.session():
        assert await queries.paid_by_itself(her, hours(24 - 30 * 24)) == 4000
        assert await queries.paid_by_itself(her, hours(24)) == 0


async def test_what_is_late_and_large_is_told_to_staff(market: Market) -> None:
    """Once; it stays open, and a clerk still decides it."""
    clerk = await Clerk.at(market)
    order, (line,) = await collected(market, clerk, {await market.sells(5): 3})
    claim = await claims(market, order, line, quantity=3)
    for moment in (hours(24), hours(25)):
        with clock.moved_to(moment):
            await settles(market)
    async with market.database.session():
        (late,) = await queries.by_ids([claim.id])
    assert (late.state, late.escalated_at) == ("OPEN", hours(24))
    assert await granted(market, line) == 0
    assert (await decides(market, service_of(clerk), claim, 100)).granted_fen == 3000


@given(
    st.lists(st.tuples(st.sampled_from(["units", "share"]), st.integers(1, 100), st.integers(0, 100)), max_size=6),
    st.integers(0, 2),
    st.integers(300, 2000),
)
@settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
async def test_whatever_goes_back_the_sum_is_never_more_than_was_paid(
    market: Market, steps: list[tuple[str, int, int]], short: int, grams: int
) -> None:
    """Units left out, weighed less, claimed in units and shares, accepted in part; the books balance (conftest)."""
    clerk = await Clerk.at(market, name=f"clerk-{await market.value('SELECT count(*) FROM staff')}")
    weighed = {"is_catch_weight": True, "net_grams": 500, "product": {"sold_by": "WEIGHT"}}
    sku, other = await market.sells(9, price_fen=997, **weighed), await market.sells(9)
    order = await market.paid(await market.customer(), {sku: 3, other: 1})
    await clerk.starts(order)
    if short:
        await clerk.shorts((await lines_of(market, order))[0], short)
    await clerk.weighs((await lines_of(market, order))[0], grams)
    await clerk.readies(order)
    await clerk.hands_over(order.pickup_code)
    line = (await lines_of(market, order))[0]
    back = line.refund_granted_fen
    for kind, size, percent in steps:
        extent = {"quantity": 1 + size % 2} if kind == "units" else {"share_percent": size}
        try:
            claim = await claims(market, order, line, **extent)
        except Refused:
            continue
        decided = await decides(market, service_of(clerk), claim, percent)
        assert decided.granted_fen == min((claim.asked_fen * percent * 2 + 100) // 200, line.total_fen - back)
        back += decided.granted_fen
        assert await granted(market, line) == back <= line.total_fen
    assert await market.balance() == []


async def test_the_last_unit_takes_the_rest(market: Market) -> None:
    """9.99 yuan for three units, one claimed after another: exactly that goes back."""
    clerk = await Clerk.at(market)
    sku = await market.sells(9, price_fen=333)
    order, (line,) = await collected(market, clerk, {sku: 3})
    for _ in range(3):
        await decides(market, service_of(clerk), await claims(market, order, line), 100)
    assert await granted(market, line) == 999
    with clock.moved_to(NOW + timedelta(minutes=5)):
        await market.refunds()
    assert await market.value("SELECT refunded_fen FROM payment WHERE id = $1", order.payment_id) == 999
