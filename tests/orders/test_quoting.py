"""A checkout while it is looked at: lengthened once, given up, shown at another price."""

from datetime import timedelta

import pytest

from app.kit import clock
from app.kit.errors import Refused
from app.orders import quoting
from app.orders.errors import QuoteChanged
from app.orders.quoting import Checkout
from tests.orders.market import Market, caller_of, reason
from tests.shop import NOW


async def extends(market: Market, customer: int, checkout: Checkout) -> Checkout:
    """She asks for more time."""
    async with market.database.session():
        return await quoting.extend(market.till.quotes, customer, checkout.text)


async def gives_up(market: Market, customer: int, checkout: Checkout) -> None:
    """She does not want it any more."""
    async with market.database.session():
        await quoting.give_up(market.till.quotes, caller_of(customer), customer, checkout.text)


async def begun(market: Market) -> tuple[int, Checkout]:
    """A customer who holds two of five."""
    customer = await market.customer()
    await market.fills(customer, {await market.sells(5): 2})
    return customer, await market.starts(customer)


async def test_a_checkout_lasts_twice_as_long_once(market: Market) -> None:
    """Every line with it; a second time is refused, and the order of the longer quote is to be paid by its end."""
    customer, checkout = await begun(market)
    longer = await extends(market, customer, checkout)
    assert longer.quote.ends_at == NOW + timedelta(minutes=20)
    ends = "SELECT ARRAY[(SELECT expires_at FROM stock_hold), (SELECT expires_at FROM slot_hold)]"
    assert await market.value(ends) == [longer.quote.ends_at] * 2
    before = await market.everything()
    assert await reason(extends(market, customer, longer)) == "HoldAlreadyExtended"
    assert await market.everything() == before
    with clock.moved_to(NOW + timedelta(minutes=15)):
        assert (await market.places(customer, longer.text)).pay_by == longer.quote.ends_at


async def test_nobody_lengthens_what_is_over_or_somebody_elses(market: Market) -> None:
    """Nothing changes."""
    customer, checkout = await begun(market)
    other = await market.customer()
    before = await market.everything()
    assert await reason(extends(market, other, checkout)) == "QuoteInvalid"
    with clock.moved_to(NOW + timedelta(minutes=10)):
        assert await reason(extends(market, customer, checkout)) == "HoldEnded"
    assert await market.everything() == before


async def test_what_is_given_up_is_on_sale_again(market: Market) -> None:
    """Once; somebody else cannot, and giving up an old quote leaves the newer checkout alone."""
    customer, checkout = await begun(market)
    newer = await market.starts(customer)
    before = await market.everything()
    assert await reason(gives_up(market, await market.rows.customer(), newer)) == "QuoteInvalid"
    await gives_up(market, customer, checkout)
    assert await market.everything() == before
    await gives_up(market, customer, newer)
    await gives_up(market, customer, newer)
    assert await market.value("SELECT held FROM stock_lot") == 0
    assert await market.value("SELECT reserved FROM pickup_slot") == 0
    assert await market.value("SELECT array_agg(outcome ORDER BY id) FROM hold") == ["RELEASED", "RELEASED"]


async def test_another_price_than_she_was_shown_holds_nothing(market: Market) -> None:
    """Both sums are told; with the right one everything is held."""
    customer = await market.customer()
    await market.fills(customer, {await market.sells(5): 2})
    before, address = await market.everything(), market.till.address_index("an address")
    async with market.database.session():
        start = (market.till.quotes, caller_of(customer), customer, address)
        with pytest.raises(Refused) as refused:
            await quoting.start(*start, 1900)
        assert refused.value.reason == QuoteChanged(1900, 2000)
        assert await market.everything() == before
        assert (await quoting.start(*start, 2000)).quote.total_fen == 2000
