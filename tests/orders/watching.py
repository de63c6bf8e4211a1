"""The application on a socket, and another process that writes to orders: what watchers of orders stand on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from redis.asyncio import from_url

from app.http.state import State
from app.kit import db
from app.kit.caller import Caller
from app.kit.fanout import Fanout
from app.main import create_app
from app.orders.live import order_changed
from app.orders.models import Order
from app.tables import Database
from tests.http.socket.serving import Client, granian
from tests.http.toy import bearer
from tests.shop import settings, with_state
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


@asynccontextmanager
async def open_watched(app_url: str, redis_url: str) -> AsyncIterator[Open]:
    """One connection to the database serves all watchers."""
    async with Fanout(redis_url).running() as fanout, Fanout(redis_url).running() as other:
        database = await Database.open(app_url, size=1)
        elsewhere = await Database.open(app_url, size=1, publish=other.publish)
        state: State = (await closed(database)) | {"redis": from_url(redis_url), "fanout": fanout}  # type: ignore[assignment]  # a State
        async with granian(with_state(create_app(settings(app_url)), state)) as url:
            yield Open(url, elsewhere)
        await state["redis"].aclose()
        await elsewhere.close()
        await database.close()


async def watch(client: Client, caller: Caller, document_id: str, **variables: str) -> dict[str, Any]:
    """Somebody signs in on the socket and asks a registered subscription; the first event's news."""
    await client.begin(bearer(caller, YEARS))
    asked = {"documentId": document_id, "variables": variables}
    await client.say({"type": "subscribe", "id": "s", "payload": asked})
    return await news(client)


async def news(client: Client) -> dict[str, Any]:
    """What the next event says."""
    message = await client.hear()
    assert message["type"] == "next", message
    assert "errors" not in message["payload"], message
    (found,) = message["payload"]["data"].values()
    return dict(found)


def seen(event: dict[str, Any]) -> tuple[bool, list[str]]:
    """Whether it is all, and which orders."""
    return event["isComplete"], [order["id"] for order in event["orders"]]


async def refused(client: Client) -> list[str]:
    """The codes with which the subscription ends."""
    message = await client.hear()
    assert message["type"] == "error", message
    return [error["extensions"]["code"] for error in message["payload"]]
