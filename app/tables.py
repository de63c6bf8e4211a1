"""The one Tortoise app `shop`: every models module, and how a database with them is opened."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg
import orjson
from tortoise import context as tortoise_context
from tortoise.context import TortoiseContext

from app.kit import db

MODELS = (
    "app.kit.models",
    "app.files.models",
    "app.accounts.models",
    "app.accounts.sign_ins",
    "app.notices.models",
    "app.partners.models",
    "app.partners.deliveries",
    "app.payments.models",
    "app.payments.reports",
    "app.documents.models",
    "app.holds.models",
    "app.pickup.models",
    "app.catalog.models",
    "app.catalog.revisions",
    "app.catalog.search",
    "app.favourites.models",
    "app.traceability.models",
    "app.traceability.papers",
    "app.inventory.models",
    "app.coupons.models",
    "app.promotions.models",
    "app.carts.models",
    "app.orders.models",
    "app.orders.messages.models",
    "app.claims.models",
    "app.invoices.models",
    "app.reviews.models",
    "app.privacy.models",
)
STATEMENT_CACHE = 512  # prepared statements kept per connection: more than the program has texts


def configuration(url: str, **pool: Any) -> dict[str, Any]:
    """Tortoise's configuration for a PostgreSQL `url`: TCP, or a socket folder given as `?host=`."""
    parts = urlsplit(url)
    query = {name: found[-1] for name, found in parse_qs(parts.query).items()}
    credentials = {
        "host": query.get("host") or parts.hostname,
        "port": int(query.get("port") or parts.port or 5432),
        "user": unquote(parts.username) if parts.username else None,
        "password": unquote(parts.password) if parts.password else None,
        "database": parts.path.lstrip("/"),
        **pool,
    }
    return {
        "connections": {"default": {"engine": "app.kit.tortoise_client", "credentials": credentials}},
        "apps": {"shop": {"models": list(MODELS), "migrations": "migrations", "default_connection": "default"}},
        "use_tz": True,
        "timezone": "UTC",
    }


MIGRATIONS = configuration("postgresql://yougou_owner@127.0.0.1/yougou")  # for tools that only read the models


class Database:
    """An open pool, and the Tortoise context that runs models on it."""

    def __init__(self, context: TortoiseContext, pool: asyncpg.Pool, publish: db.Publish) -> None:
        self._context = context
        self._publish = publish
        self.pool = pool

    @classmethod
    async def open(
        cls,
        url: str,
        *,
        size: int,
        watch: Callable[[asyncpg.connection.LoggedQuery], None] | None = None,
        publish: db.Publish = db.to_nobody,
    ) -> "Database":
        """Connects to `url` with at most `size` connections.

        `watch` is told of every statement, `publish` of what each committed transaction announced.
        """

        async def prepare(connection: asyncpg.Connection) -> None:
            # tortoise hands jsonb over as text it encoded itself, so only the way back is decoded
            await connection.set_type_codec(
                "jsonb", schema="pg_catalog", encoder=str, decoder=orjson.loads, format="text"
            )
            if watch is not None:
                connection.add_query_logger(watch)

        context = TortoiseContext()
        pool = {"minsize": 1, "maxsize": size, "init": prepare, "statement_cache_size": STATEMENT_CACHE}
        with context:  # tortoise reads its own current context while it is set up
            await context.init(configuration(url, **pool))
            client = context.connections.get("default")
            await client.create_connection(with_db=True)
        return cls(context, client._pool, publish)  # noqa: SLF001 - one pool for models and our own statements

    @asynccontextmanager
    async def session(self) -> AsyncIterator[db.RequestConnection]:
        """Holds one connection for everything inside the block, models included."""
        token = tortoise_context._current_context.set(self._context)  # noqa: SLF001 - `with context` is not re-entrant
        try:
            async with db.hold(self.pool, self._publish) as connection:
                yield connection
        finally:
            tortoise_context._current_context.reset(token)  # noqa: SLF001 - as above

    async def close(self) -> None:
        """Closes the pool, waiting for statements under way."""
        await self._context.close_connections()
