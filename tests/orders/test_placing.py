"""A quote is honoured to the fen, once, for whoever it was made."""

import asyncio
from datetime import timedelta

import pytest

from app.kit import clock
from app.kit.errors import Refused
from app.kit.idempotency import IdempotencyKeyReused
from app.orders.errors import QuoteChanged, QuoteInvalid, ReturnExceptionUnconfirmed
from tests.orders.market import Market, reason
from tests.shop import NOW


async def test_an_order_is_what_was_quoted_whatever_the_price_became(market: Market) -> None:
    """The shelf price doubles between the quote and the order: she pays what she was told."""
    tomato = await market.sells(5)
    customer = await market.customer()
    await market.fills(customer, {tomato: 3})
    checkout = await market.starts(customer)
    await market.rows.connection.execute("UPDATE sku SET price_fen = 2000")
    order = await market.places(customer, checkout.text)
    assert (order.status, order.total_fen, order.pay_by) == ("PENDING_PAYMENT", 3000, NOW + timedelta(minutes=10))
    assert await market.value("SELECT amount_fen FROM payment") == 3000
    assert await market.value("SELECT expires_at FROM stock_hold") is None
    assert await market.value("SELECT outcome FROM hold") == "PLACED"
    assert await market.value("SELECT count(*) FROM cart_line") == 0


async def test_a_retry_gives_the_same_order(market: Market) -> None:
    """Ten at once with one key: one order; another quote under the same key is refused."""
    tomato = await market.sells(9)
    customer = await market.customer()
    await market.fills(customer, {tomato: 1})
    checkout = await market.starts(customer)
    orders = await asyncio.gather(*(market.places(customer, checkout.text) for _ in range(10)))
    assert len({order.id for order in orders}) == 1
    await market.fills(customer, {tomato: 2})
    other = await market.starts(customer)
    before = await market.everything()
    with pytest.raises(Refused) as refused:
        await market.places(customer, other.text)
    assert refused.value.reason == IdempotencyKeyReused()
    assert await market.everything() == before


async def test_a_quote_is_placed_once(market: Market) -> None:
    """Also under another key: a second tap does not buy twice."""
    tomato = await market.sells(9)
    customer = await market.customer()
    await market.fills(customer, {tomato: 1})
    checkout = await market.starts(customer)
    await market.places(customer, checkout.text, "first-key")
    before = await market.everything()
    assert await reason(market.places(customer, checkout.text, "second-key")) == "QuoteInvalid"
    assert await market.everything() == before


@pytest.mark.parametrize(
    "change", [lambda text: text[:-2] + "AA", lambda _: "yq1.e30.AAAA", lambda _: "", lambda _: "é"]
)
async def test_an_edited_quote_is_none(market: Market, change: object) -> None:
    """Nor is somebody else's."""
    tomato = await market.sells(9)
    customer, other = await market.customer(), await market.customer()
    await market.fills(customer, {tomato: 1})
    checkout = await market.starts(customer)
    before = await market.everything()
    with pytest.raises(Refused) as refused:
        await market.places(customer, change(checkout.text))  # type: ignore[operator]  # one of the functions above
    assert refused.value.reason == QuoteInvalid()
    assert await reason(market.places(other, checkout.text)) == "QuoteInvalid"
    assert await market.everything() == before


async def test_a_quote_that_is_over_is_taken_again_at_the_same_price(market: Market) -> None:
    """Eleven minutes later everything is there still, and costs the same: the order stands."""
    tomato = await market.sells(2)
    customer = await market.customer()
    await market.fills(customer, {tomato: 2})
    checkout = await market.starts(customer)
    with clock.moved_to(NOW + timedelta(minutes=11)):
        order = await market.places(customer, checkout.text)
    assert (order.total_fen, order.pay_by) == (2000, NOW + timedelta(minutes=21))
    assert await market.value("SELECT held FROM stock_lot") == 2


async def test_a_quote_that_is_over_and_dearer_is_told(market: Market) -> None:
    """With both sums; nothing is placed or held."""
    tomato = await market.sells(2)
    customer = await market.customer()
    await market.fills(customer, {tomato: 2})
    checkout = await market.starts(customer)
    await market.rows.connection.execute("UPDATE sku SET price_fen = 1100")
    before = await market.everything()
    with clock.moved_to(NOW + timedelta(minutes=11)), pytest.raises(Refused) as refused:
        await market.places(customer, checkout.text)
    assert refused.value.reason == QuoteChanged(2000, 2200)
    assert await market.everything() == before


async def test_what_cannot_be_returned_is_confirmed_first(market: Market) -> None:
    """Consumer Rights Protection Law, article 25; the confirmation is kept with the line."""
    flowers = await market.sells(2, product={"return_policy": "CONFIRMED_EXCEPTION"})
    customer = await market.customer()
    await market.fills(customer, {flowers: 1})
    checkout = await market.starts(customer)
    before = await market.everything()
    with pytest.raises(Refused) as refused:
        await market.places(customer, checkout.text)
    assert refused.value.reason == ReturnExceptionUnconfirmed()
    assert await market.everything() == before
    await market.places(customer, checkout.text, confirms=True)
    assert await market.value("SELECT exception_confirmed FROM order_line") is True


async def test_there_is_always_time_to_pay(market: Market) -> None:
    """WeChat takes no order that ends within a minute: one placed in the last seconds can be paid for two minutes."""
    tomato = await market.sells(2)
    customer = await market.customer()
    await market.fills(customer, {tomato: 1})
    checkout = await market.starts(customer)
    with clock.moved_to(NOW + timedelta(minutes=9, seconds=50)):
        order = await market.places(customer, checkout.text)
    assert order.pay_by == NOW + timedelta(minutes=11, seconds=50)
