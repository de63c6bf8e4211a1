"""The application on a port of its own, behind the HTTP server that serves it everywhere."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.types import ASGIApp, Receive, Scope, Send

from app.kit import clock
from app.main import create_app
from app.settings import Environment
from app.tables import Database
from tests.commands.programs import free_port
from tests.shop import NOW, settings, state, with_state


@asynccontextmanager
async def served(app: ASGIApp, port: int | None = None) -> AsyncIterator[str]:
    """Its address while the block runs, on a free port or the one given."""
    port = port or free_port()
    server = Server(app, port=port, interface=Interfaces.ASGINL, log_enabled=False)
    serving = asyncio.create_task(server.serve())
    try:
        await _until_open(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop()
        await serving


async def _until_open(port: int) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            await writer.wait_closed()
            return


@asynccontextmanager
async def shop_application(app_url: str, *, env: Environment = Environment.DEVELOPMENT) -> AsyncIterator[ASGIApp]:
    """The application over a database, asked at tests.shop.NOW. There is no Redis."""
    database = await Database.open(app_url, size=5)
    app = with_state(create_app(settings(app_url, env=env)), await state(database))

    async def at_that_time(scope: Scope, receive: Receive, send: Send) -> None:
        with clock.moved_to(NOW):
            await app(scope, receive, send)

    yield at_that_time
    await database.close()
