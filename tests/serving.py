"""An application on a port of its own, behind the HTTP server that serves it everywhere."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.types import ASGIApp

from tests.commands.programs import free_port


@asynccontextmanager
async def on_a_port(app: ASGIApp) -> AsyncIterator[int]:
    """The port it answers at on 127.0.0.1 while the block runs."""
    port = free_port()
    server = Server(app, port=port, interface=Interfaces.ASGINL, log_enabled=False)
    serving = asyncio.create_task(server.serve())
    try:
        await _until_open(port)
        yield port
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
