"""Orders handed over by code: once, at their own point, by a clerk of it."""

import asyncio
from collections import Counter
from datetime import timedelta

from app.kit import clock
from app.orders import waiting
from app.orders.enums import CancelReason
from tests.orders.counter import Clerk, ready
from tests.orders.market import Market, reason
from tests.rows import hours
from tests.shop import NOW


async def test_an_order_leaves_with_its_customer(market: Market) -> None:
    """Stock is sold, partners and WeChat are told, the log names the clerk; small letters and blanks are right."""
    clerk = await Clerk.at(market)
    order = await ready(market, clerk, {await market.sells(5): 2})
    collected = await clerk.hands_over(f" {(order.pickup_code or '').lower()} ", "the-same-key")
    assert (collected.status, collected.collected_at) == ("COLLECTED", NOW)
    assert await market.value("SELECT (on_hand, held) = (3, 0) FROM stock_lot")
    assert await market.value("SELECT count(*) FROM partner_event WHERE type = 'OrderCollected'") == 1
    assert await market.value("SELECT handed_over_at FROM payment") == NOW
    assert await market.value("SELECT count(*) FROM pgqueuer WHERE entrypoint = 'payments.ship'") == 1
    actions = await market.value("SELECT array_agg(action ORDER BY id) FROM audit_entry WHERE entity = 'Order'")
    assert actions == ["start picking", "mark ready", "hand over"]
    again = await clerk.hands_over(order.pickup_code, "the-same-key")
    assert again.id == order.id
    assert await reason(clerk.hands_over(order.pickup_code)) == "PickupCodeUnknown"


async def test_twenty_at_once_hand_it_over_once(market: Market) -> None:
    """Trap 11 (a code redeemed twice). Five clerks with four taps each; nobody gets it a second time."""
    clerks = [await Clerk.at(market, name=f"clerk-{number}") for number in range(5)]
    order = await ready(market, clerks[0], {await market.sells(5): 2})
    taps = [clerk.hands_over(order.pickup_code) for clerk in clerks for _ in range(4)]
    outcomes = Counter(await asyncio.gather(*map(reason, taps)))
    assert outcomes == {"Order": 1, "PickupCodeUnknown": 19}
    assert await market.value("SELECT count(*) FROM stock_movement WHERE kind = 'SELL'") == 1
    assert await market.value("SELECT count(*) FROM partner_event WHERE type = 'OrderCollected'") == 1


async def test_another_points_code_is_as_unknown_as_none(market: Market) -> None:
    """Trap 11 (codes good at any store): one answer, of the same statements; the order stays where it is."""
    clerk = await Clerk.at(market)
    order = await ready(market, clerk, {await market.sells(5): 2})
    other = await market.rows.point()
    stranger = await Clerk.at(market, other, "stranger")
    before = await market.everything()
    assert await reason(stranger.hands_over(order.pickup_code, point=other)) == "PickupCodeUnknown"
    assert await reason(stranger.hands_over("ABCDEFGH", point=other)) == "PickupCodeUnknown"
    assert await reason(stranger.hands_over(order.pickup_code)) == "PickupPointNotServed"
    assert await reason(stranger.starts(order)) == "OrderNotFound"
    assert await market.everything() == before


async def test_guessing_is_slowed_down(market: Market) -> None:
    """Trap 11 (codes that can be guessed): five wrong ones lock the clerk here for a minute, even for the right one."""
    clerk = await Clerk.at(market)
    order = await ready(market, clerk, {await market.sells(5): 2})
    guesses = [await reason(clerk.hands_over(f"ABCDEFG{number}")) for number in range(2, 8)]
    assert guesses == ["PickupCodeUnknown"] * 5 + ["HandOverLocked"]
    assert await reason(clerk.hands_over(order.pickup_code)) == "HandOverLocked"
    assert await market.value("SELECT count(*) FROM audit_entry WHERE entity = 'PickupAttempts'") == 1
    assert (await market.order(order.id)).status == "READY"
    with clock.moved_to(NOW + timedelta(minutes=1)):
        assert (await clerk.hands_over(order.pickup_code)).status == "COLLECTED"
    assert await market.value("SELECT wrong FROM pickup_attempts") == 0


async def test_what_is_not_packed_is_not_handed_over(market: Market) -> None:
    """Paid or being packed; the right code is no guess."""
    clerk = await Clerk.at(market)
    order = await market.paid(await market.customer(), {await market.sells(5): 2})
    before = await market.everything()
    assert await reason(clerk.hands_over(order.pickup_code)) == "OrderNotMovable"
    assert await market.everything() == before
    assert await market.value("SELECT wrong FROM pickup_attempts") == 0


async def test_who_comes_late_is_served_the_same_day(market: Market) -> None:
    """No-show half an hour after the slot's end; the next day it is for the shop to decide."""
    clerk = await Clerk.at(market)
    sku = await market.sells(9)
    late, later = await ready(market, clerk, {sku: 2}), await ready(market, clerk, {sku: 1})
    with clock.moved_to(hours(33) + waiting.GRACE - timedelta(seconds=1)):
        await _run(market)
        assert (await market.order(late.id)).status == "READY"
    with clock.moved_to(hours(33) + waiting.GRACE):
        await _run(market)
        await _run(market)
        assert (await market.order(late.id)).status == "NO_SHOW"
        assert (await clerk.hands_over(late.pickup_code)).status == "COLLECTED"
    before = await market.everything()
    with clock.moved_to(hours(33) + timedelta(days=1)):
        assert await reason(clerk.hands_over(later.pickup_code)) == "PickupDayOver"
    assert await market.everything() == before
    async with market.database.session():
        given = await market.till.ending.cancel_for_shop(clerk.caller, later.id, CancelReason.NO_SHOW, "没有来")
    assert given.status == "CANCELLED"
    assert await market.value("SELECT refund_granted_fen FROM customer_order WHERE id = $1", later.id) == 1000


async def test_customers_are_reminded_once_before_the_window_ends(market: Market) -> None:
    """An hour before; not those who have come."""
    clerk = await Clerk.at(market)
    order = await ready(market, clerk, {await market.sells(9): 2})
    for moment, reminded in (
        (hours(33) - timedelta(minutes=61), None),
        (hours(32), hours(32)),
        (hours(32.5), hours(32)),
    ):
        with clock.moved_to(moment):
            async with market.database.session():
                await waiting.remind({})
        assert (await market.order(order.id)).reminded_at == reminded


async def _run(market: Market) -> None:
    async with market.database.session():
        await waiting.no_show({})
