"""`pickupBoard` over a real socket: the whole application, and another process that writes to orders."""

import pytest

from app.documents import files
from app.kit import ids
from schema.documents import STAFF
from tests.http.socket.serving import socket
from tests.orders.counter import Clerk
from tests.orders.market import Market
from tests.orders.watching import Open, news, refused, seen, watch

BOARD = next(each.id for each in files.read(STAFF) if each.name == "PickupBoard")


async def test_clerks_see_the_orders_of_their_point(market: Market, opened: Open) -> None:
    """What changes of them, one by one; never another point's."""
    sku, clerk = await market.sells(9), await Clerk.at(market)
    order = await market.paid(await market.customer(), {sku: 1})
    elsewhere = await market.paid(await market.customer(), {sku: 1})
    await market.rows.connection.execute(
        "UPDATE customer_order SET pickup_point_id = $2 WHERE id = $1", elsewhere.id, await market.rows.point()
    )
    point = ids.encode("PickupPoint", market.point)
    async with socket(opened.url, begin=False) as client:
        assert (await watch(client, clerk.caller, BOARD, pickupPointId=point))["isComplete"]
        await opened.changes(await market.order(elsewhere.id), order)
        event = await news(client)
        assert seen(event) == (False, [ids.encode("Order", order.id)])
        assert event["orders"][0]["status"] == "PAID"
        await clerk.starts(order)
        await opened.changes(order)
        assert [each["status"] for each in (await news(client))["orders"]] == ["PICKING"]


async def test_who_does_not_serve_the_point_is_refused(market: Market, opened: Open) -> None:
    """Another point's clerk at once; one who is taken off it with the next change."""
    sku, clerk = await market.sells(9), await Clerk.at(market)
    stranger = await Clerk.at(market, await market.rows.point(), "stranger")
    order = await market.paid(await market.customer(), {sku: 1})
    point = ids.encode("PickupPoint", market.point)
    async with socket(opened.url, begin=False) as client:
        with pytest.raises(AssertionError, match="FORBIDDEN"):
            await watch(client, stranger.caller, BOARD, pickupPointId=point)
    async with socket(opened.url, begin=False) as client:
        await watch(client, clerk.caller, BOARD, pickupPointId=point)
        await market.rows.connection.execute("DELETE FROM staff_pickup_point WHERE staff_id = $1", clerk.caller.id)
        await opened.changes(order)
        assert await refused(client) == ["FORBIDDEN"]
