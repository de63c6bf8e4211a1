"""A partner's server on this machine: it keeps what it is sent, and answers as a test tells it to."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

OK = b"HTTP/1.1 204 No Content\r\n\r\n"
FAILS = b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n"
REDIRECTS = b"HTTP/1.1 307 Temporary Redirect\r\nlocation: %s\r\ncontent-length: 0\r\n\r\n"
_CHUNK = b"10000\r\n" + bytes(0x10000) + b"\r\n"


@dataclass(frozen=True, slots=True)
class Got:
    """A request as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """What arrived, and what is answered: the first of `answers`, then `usual`. None: never answer.

    Nothing is answered before `together` requests have arrived.
    """

    url: str = ""
    usual: bytes | None = OK
    answers: list[bytes | None] = field(default_factory=list)
    got: list[Got] = field(default_factory=list)
    closed: int = 0  # connections the sender closed
    sent: int = 0  # bytes of an endless answer
    is_endless: bool = False
    together: int = 1
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    left: asyncio.Event = field(default_factory=asyncio.Event)

    async def until(self, holds: Callable[["Receiver"], bool]) -> None:
        """Waits until `holds` of what arrived, at most 20 seconds."""
        async with asyncio.timeout(20):
            while not holds(self):
                self.arrived.clear()
                await self.arrived.wait()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection with one request."""
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            self.got.append(Got(head.split(" ")[1], headers, body))
            self.arrived.set()
            await self.until(lambda receiver: len(receiver.got) >= receiver.together)
            answer = self.answers.pop(0) if self.answers else self.usual
            if answer is not None:
                writer.write(answer)
                await writer.drain()
            while self.is_endless:
                writer.write(_CHUNK)
                await writer.drain()
                self.sent += len(_CHUNK)
            await reader.read()
        self.closed += 1
        self.left.set()
        writer.close()


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """A receiver for the length of the block."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    async with server:
        yield receiver
        server.close()
