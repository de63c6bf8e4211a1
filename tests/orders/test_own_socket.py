"""`orderUpdated` over a real socket: the whole application, and another process that writes to orders."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from redis.asyncio import from_url

from app.embedded import redis
from app.http.state import State
from app.kit import db, ids
from app.kit.fanout import Fanout
from app.main import create_app
from app.orders.live import order_changed
from app.orders.models import Order
from app.tables import Database
from tests.http.socket.serving import Client, granian, socket
from tests.http.toy import bearer
from tests.orders.market import Market, caller_of
from tests.shop import IDS, settings, with_state
from tests.shop import state as closed

YEARS = timedelta(days=3650)  # the server has a clock of its own


@dataclass
class Open:
    """The application on a port, and another process beside it."""

    url: str
    elsewhere: Database

    async def changes(self, *orders: Order) -> None:
        """Another process writes to orders."""
        async with self.elsewhere.session(), db.transaction() as tx:
            for order in orders:
                order_changed(tx, order)


@pytest.fixture
async def opened(app_url: str, market: Market, own_redis: redis.Running) -> AsyncIterator[Open]:
    """One connection to the database serves all watchers."""
    del market  # its rows are there before the application is
    async with Fanout(own_redis.url).running() as fanout, Fanout(own_redis.url).running() as other:
        database = await Database.open(app_url, size=1)
        elsewhere = await Database.open(app_url, size=1, publish=other.publish)
        state: State = (await closed(database)) | {"redis": from_url(own_redis.url), "fanout": fanout}  # type: ignore[assignment]  # a State
        async with granian(with_state(create_app(settings(app_url)), state)) as url:
            yield Open(url, elsewhere)
        await state["redis"].aclose()
        await elsewhere.close()
        await database.close()


async def watch(client: Client, customer: int) -> dict[str, Any]:
    """A customer signs in on the socket and asks the registered document; the first event's news."""
    await client.begin(bearer(caller_of(customer), YEARS))
    await client.say({"type": "subscribe", "id": "s", "payload": {"documentId": IDS["OrderUpdated"]}})
    return await news(client)


async def news(client: Client) -> dict[str, Any]:
    """What the next event says."""
    message = await client.hear()
    assert message["type"] == "next", message
    assert "errors" not in message["payload"], message
    found: dict[str, Any] = message["payload"]["data"]["orderUpdated"]
    return found


def seen(event: dict[str, Any]) -> tuple[bool, list[str]]:
    """Whether it is all, and which orders."""
    return event["isComplete"], [order["id"] for order in event["orders"]]


async def test_she_sees_her_orders_and_what_becomes_of_them(market: Market, opened: Open) -> None:
    """All that are not over, newest first; then one by one; never another's."""
    sku, customer = await market.sells(9), await market.customer()
    first, second = [await market.buys(customer, {sku: count}) for count in (1, 2)]
    foreign = await market.buys(await market.customer(), {sku: 1})
    one, two = (ids.encode("Order", order.id) for order in (first, second))
    async with socket(opened.url, begin=False) as client:
        assert seen(await watch(client, customer)) == (True, [two, one])
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
        answer = await client.hear()
        assert answer["type"] == "error"
        assert [error["extensions"]["code"] for error in answer["payload"]] == ["UNAUTHENTICATED"]
