"""Real servers and real sockets: the application on a port of its own, and a client that says what it is told to."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import uvicorn
from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.types import ASGIApp, Receive, Scope, Send
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from app.http.socket.messages import PROTOCOL
from tests.commands.programs import free_port

PATIENCE = 30  # seconds: a bound against hanging, never a measurement
INIT = {"type": "connection_init"}
ACK = {"type": "connection_ack"}
PING = {"type": "ping"}


class _Uvicorn(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Those of the test run are not touched."""
        yield


async def _reachable(port: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                continue
            writer.close()
            await writer.wait_closed()
            return


@asynccontextmanager
async def granian(app: ASGIApp) -> AsyncIterator[str]:
    """The application behind granian, in this process."""
    port = free_port()
    server = Server(app, port=port, interface=Interfaces.ASGINL, log_enabled=False)
    serving = asyncio.create_task(server.serve())
    await _reachable(port)
    yield f"ws://127.0.0.1:{port}/graphql"
    server.stop()
    await serving


@asynccontextmanager
async def behind_uvicorn(app: ASGIApp) -> AsyncIterator[str]:
    """The application behind uvicorn, in this process."""
    port = free_port()
    config = uvicorn.Config(app, port=port, lifespan="off", log_level="critical", ws="websockets-sansio")
    server = _Uvicorn(config)
    serving = asyncio.create_task(server.serve())
    await _reachable(port)
    yield f"ws://127.0.0.1:{port}/graphql"
    server.should_exit = True
    await serving


class Stage:
    """What a server serves: tests take turns, since starting one takes longer than most of them."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Whatever is on."""
        await self.app(scope, receive, send)


async def until(holds: Callable[[], bool]) -> None:
    """Lets other tasks run until something holds."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - the code under test has no event for the tests' sake
            await asyncio.sleep(0)


SERVERS = {"granian": granian, "uvicorn": behind_uvicorn}


class Client:
    """A socket as a test speaks through it. Pings of the server are answered unless `is_mute`."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.is_mute = False

    async def say(self, *messages: dict[str, Any] | str | bytes) -> None:
        """Sends messages, as JSON if they are objects."""
        for message in messages:
            await self.socket.send(json.dumps(message) if isinstance(message, dict) else message)

    async def hear(self) -> dict[str, Any]:
        """The next message that is no ping."""
        async with asyncio.timeout(PATIENCE):
            while True:
                message: dict[str, Any] = json.loads(await self.socket.recv())
                if message != PING:
                    return message
                if not self.is_mute:
                    await self.say({"type": "pong"})

    async def ended(self) -> tuple[int, str]:
        """The code and reason the server closes the socket with; messages before are passed over."""
        with suppress(ConnectionClosed):
            while True:
                await self.hear()
        said = self.socket.protocol.close_rcvd
        assert said is not None, "the server went without a word"
        return said.code, said.reason

    async def begin(self, payload: dict[str, Any] | None = None) -> None:
        """Initialises the connection."""
        await self.say(INIT if payload is None else INIT | {"payload": payload})
        assert await self.hear() == ACK

    async def ask(self, operation: str, query: str, **variables: Any) -> None:
        """Starts an operation."""
        await self.say(subscribe(operation, query, **variables))


def subscribe(operation: str, query: str, **variables: Any) -> dict[str, Any]:
    """A message that starts an operation."""
    return {"type": "subscribe", "id": operation, "payload": {"query": query, "variables": variables}}


@asynccontextmanager
async def socket(
    url: str, *, begin: bool = True, protocols: list[str] | None = None, **kwargs: Any
) -> AsyncIterator[Client]:
    """A socket, its connection initialised if `begin`."""
    chosen: Any = [PROTOCOL] if protocols is None else protocols
    async with connect(url, subprotocols=chosen or None, max_size=None, **kwargs) as opened:
        client = Client(opened)
        if begin:
            await client.begin()
        yield client
