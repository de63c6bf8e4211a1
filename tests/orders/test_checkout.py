"""Checking out: all or nothing, and never more than there is."""

import asyncio
from datetime import timedelta

import pytest

from app.inventory.rules import Shortage
from app.kit import clock
from app.kit.errors import Refused
from app.orders.errors import InsufficientStock
from tests.orders.market import Market, reason
from tests.shop import NOW


async def test_everything_is_held_and_quoted(market: Market) -> None:
    """Units by lot, a place, and prices that add up."""
    tomato = await market.sells(5)
    fish = await market.sells(3, price_fen=2590)
    customer = await market.customer()
    await market.fills(customer, {tomato: 2, fish: 1})
    quote = (await market.starts(customer)).quote
    assert (quote.subtotal_fen, quote.discount_fen, quote.total_fen) == (4590, 0, 4590)
    assert [(line.sku_id, line.quantity, line.total_fen) for line in quote.lines] == [
        (tomato, 2, 2000),
        (fish, 1, 2590),
    ]
    assert quote.ends_at == NOW + timedelta(minutes=10)
    assert await market.value("SELECT array_agg(held ORDER BY id) FROM stock_lot") == [2, 1]
    assert await market.value("SELECT reserved FROM pickup_slot") == 1


async def test_lots_are_taken_that_expire_first_and_still_keep_on_the_day(market: Market) -> None:
    """Two days are promised on the day of pickup, which is tomorrow: a lot with two days left is too old."""
    milk = await market.sells(4, keeps=2)
    first = await market.stocked(milk, 3, keeps=5)
    second = await market.stocked(milk, 9, keeps=8)
    customer = await market.customer()
    await market.fills(customer, {milk: 5})
    assert (await market.starts(customer)).quote.lines[0].lots == ((first, 3), (second, 2))


async def test_a_shortage_refuses_the_whole_cart(market: Market) -> None:
    """It names the line, how many there are and the nearest day; nothing is held of the other line."""
    bread = await market.sells(9)
    milk = await market.sells(4, keeps=2)
    customer = await market.customer()
    await market.fills(customer, {bread: 1, milk: 2})
    before = await market.everything()
    with pytest.raises(Refused) as refused:
        await market.starts(customer)
    assert refused.value.reason == InsufficientStock((Shortage(milk, 2, 0, NOW.date()),))
    assert await market.everything() == before


async def test_a_new_checkout_lets_the_old_one_go(market: Market) -> None:
    """The last unit is hers again and again; the old quote can still be placed if it can be had."""
    last = await market.sells(1)
    customer = await market.customer()
    await market.fills(customer, {last: 1})
    await market.starts(customer)
    await market.starts(customer)
    assert await market.value("SELECT array_agg(outcome ORDER BY id) FROM hold") == ["RELEASED", None]
    assert await market.value("SELECT held FROM stock_lot") == 1


async def test_what_is_held_is_on_sale_again_when_its_time_is_over(market: Market) -> None:
    """Without any sweep: the next buyer takes it."""
    last = await market.sells(1)
    slow, quick = await market.customer(), await market.customer()
    for customer in (slow, quick):
        await market.fills(customer, {last: 1})
    await market.starts(slow)
    assert await reason(market.starts(quick)) == "InsufficientStock"
    with clock.moved_to(NOW + timedelta(minutes=10)):
        await market.starts(quick)
    assert await market.value("SELECT array_agg(outcome ORDER BY id) FROM stock_hold") == ["RELEASED", None]


async def test_many_want_the_last_units(market: Market) -> None:
    """Of sixty at once as many succeed as there are units; everybody else is told, nobody waits in a circle."""
    wanted = await market.sells(7)
    await market.stocked(wanted, 5, keeps=6)
    buyers = [await market.customer() for _ in range(60)]
    for buyer in buyers:
        await market.fills(buyer, {wanted: 1})
    outcomes = await asyncio.gather(*(reason(market.starts(buyer)) for buyer in buyers))
    assert sorted(outcomes) == ["Checkout"] * 12 + ["InsufficientStock"] * 48
    assert await market.value("SELECT sum(held) FROM stock_lot") == 12
