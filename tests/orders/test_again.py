"""Buying an order once more."""

import asyncio

from app.orders import again
from app.orders.again import Reordered
from app.orders.models import Order
from tests.orders.market import Market, caller_of, reason


async def reorders(market: Market, order: Order, key: str = "again-key-1", customer: int | None = None) -> Reordered:
    """Its customer, or somebody else, buys it again."""
    asker = customer or order.customer_id
    async with market.database.session():
        return await again.reorder(caller_of(asker), asker, order.id, key)


def quantities(found: Reordered) -> dict[int, int]:
    """What the cart has."""
    return dict(found.cart.assembled.wanted.quantities)


async def test_the_order_is_in_the_cart_again(market: Market) -> None:
    """Beside what was there; the same key adds it once, another key once more, up to the limit of a line."""
    sku, other = await market.sells(50, max_per_order=5), await market.sells(9)
    order = await market.paid(await market.customer(), {sku: 2})
    await market.fills(order.customer_id, {other: 1})
    found = await reorders(market, order)
    assert (quantities(found), found.left_out) == ({sku: 2, other: 1}, [])
    assert quantities(await reorders(market, order)) == {sku: 2, other: 1}
    assert quantities(await reorders(market, order, "again-key-2")) == {sku: 4, other: 1}
    assert quantities(await reorders(market, order, "again-key-3")) == {sku: 5, other: 1}


async def test_what_is_not_sold_any_more_is_told(market: Market) -> None:
    """It is left out; what there is too little of is a problem of the cart."""
    gone, few = await market.sells(9), await market.sells(3)
    order = await market.paid(await market.customer(), {gone: 1, few: 2})
    await market.rows.connection.execute("UPDATE sku SET is_active = false WHERE id = $1", gone)
    found = await reorders(market, order)
    assert (quantities(found), [line.sku_id for line in found.left_out]) == ({few: 2}, [gone])
    assert [type(problem).__name__ for problem in found.cart.problems] == ["NotEnoughAtPoint"]


async def test_anothers_order_is_not_bought_again(market: Market) -> None:
    """As unknown as none; her cart stays as it is."""
    order, stranger = await market.paid(await market.customer(), {await market.sells(9): 1}), await market.customer()
    before = await market.everything()
    assert await reason(reorders(market, order, customer=stranger)) == "OrderNotFound"
    order.id += 10**6
    assert await reason(reorders(market, order)) == "OrderNotFound"
    assert await market.everything() == before


async def test_ten_taps_add_it_once(market: Market) -> None:
    """With one key, all at once."""
    sku = await market.sells(50)
    order = await market.paid(await market.customer(), {sku: 2})
    await asyncio.gather(*(reorders(market, order) for _ in range(10)))
    assert await market.value("SELECT quantity FROM cart_line WHERE sku_id = $1", sku) == 2
