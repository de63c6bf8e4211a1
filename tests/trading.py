"""The shop as `yougou serve` runs it, over rows of the test, and another process that writes while clients look on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import asyncpg
from starlette.routing import WebSocketRoute

from app.accounts.rules import CUSTOMER_SCOPES
from app.kit import clock, db, ids
from app.kit.caller import Caller, CallerKind
from app.kit.tokens import Tokens
from app.main import create_app
from app.pickup import places
from app.tables import Database
from tests.rows import Rows
from tests.served import served
from tests.shop import SECRET, settings, with_state


@dataclass(frozen=True, slots=True)
class Trading:
    """A product of one category, a customer, and a pickup point with two slots of ten places."""

    owner: asyncpg.Connection
    elsewhere: Database
    app_url: str
    redis_url: str
    customer: int
    product: str
    point: str
    slots: list[str]

    @property
    def token(self) -> str:
        """The customer's bearer token."""
        return Tokens([SECRET]).issue(Caller(CallerKind.CUSTOMER, self.customer, CUSTOMER_SCOPES), timedelta(hours=1))

    async def take(self, slot: int = 0) -> None:
        """Another process takes a place in a slot."""
        async with self.elsewhere.session(), db.transaction() as tx:
            await places.take(tx, ids.decode(self.slots[slot], "PickupSlot"))

    @asynccontextmanager
    async def opened(self, port: int) -> AsyncIterator[str]:
        """The address of a process that serves; its clients are told when it leaves."""
        app = create_app(settings(self.app_url, redis_url=self.redis_url))
        (sockets,) = (route.app for route in app.router.routes if isinstance(route, WebSocketRoute))
        async with app.router.lifespan_context(app) as state, served(with_state(app, state), port) as address:
            yield address
            await sockets.close()


async def trading(owner: asyncpg.Connection, elsewhere: Database, app_url: str, redis_url: str) -> Trading:
    """Writes the rows into a database of the test's own: tests that share one take away each other's documents."""
    rows = Rows(owner)
    category = await rows.category(slug="fruit", name="水果", icon="🍑")
    point = await rows.point()
    slots = [
        await rows.insert(
            "pickup_slot",
            pickup_point_id=point,
            starts_at=clock.now() + timedelta(hours=hour),
            ends_at=clock.now() + timedelta(hours=hour + 1),
            cutoff_at=clock.now() + timedelta(minutes=50),
            capacity=10,
            reserved=0,
        )
        for hour in (1, 2)
    ]
    return Trading(
        owner,
        elsewhere,
        app_url,
        redis_url,
        await rows.customer(),
        ids.encode("Product", await rows.product(category_id=category)),
        ids.encode("PickupPoint", point),
        [ids.encode("PickupSlot", slot) for slot in slots],
    )
