"""`orderUpdated` over a real socket: the whole application, and another process that writes to orders."""

from app.kit import ids
from tests.http.socket.serving import socket
from tests.orders.market import Market, caller_of
from tests.orders.watching import Open, news, refused, seen, watch
from tests.shop import IDS


async def test_she_sees_her_orders_and_what_becomes_of_them(market: Market, opened: Open) -> None:
    """All that are not over, newest first; then one by one; never another's."""
    sku, customer = await market.sells(9), await market.customer()
    first, second = [await market.buys(customer, {sku: count}) for count in (1, 2)]
    foreign = await market.buys(await market.customer(), {sku: 1})
    one, two = (ids.encode("Order", order.id) for order in (first, second))
    async with socket(opened.url, begin=False) as client:
        assert seen(await watch(client, caller_of(customer), IDS["OrderUpdated"])) == (True, [two, one])
        await opened.changes(foreign, first)
        assert seen(await news(client)) == (False, [one])
        await market.cancels(second)
        await opened.changes(second)
        event = await news(client)
        assert seen(event) == (False, [two])
        assert event["orders"][0]["status"] == "CANCELLED"


async def test_nobody_watches_without_signing_in(opened: Open) -> None:
    """A visitor is refused before anything is read; the socket lives on."""
    async with socket(opened.url) as client:
        await client.say({"type": "subscribe", "id": "s", "payload": {"documentId": IDS["OrderUpdated"]}})
        assert await refused(client) == ["UNAUTHENTICATED"]
