"""The load generator: HTTP/1.1 over keep-alive connections, with every answer checked.

Its own few lines because a general client costs more CPU than the server it measures. It knows only what
the servers of this bench send: answers with a content-length.
"""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter

_END_OF_HEAD = b"\r\n\r\n"
_OK = b"HTTP/1.1 200 "
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n")
_GRACE = 30.0  # seconds a last answer may take before the server counts as hung


class WrongAnswerError(RuntimeError):
    """A server under test answered something else than asked for, so its speed means nothing."""


@dataclass(slots=True)
class Load:
    """What one stretch of load showed: how long each answer took, the bytes of all, and the seconds between ends."""

    latencies: list[float] = field(default_factory=list)
    bytes: int = 0
    seconds: float = 0.0


class _Connection(asyncio.Protocol):
    """Sends the next request when an answer is complete, until the deadline."""

    def __init__(self, requests: Iterator[bytes], expected: bytes, load: Load, deadline: float) -> None:
        self._requests = requests
        self._expected = expected
        self._load = load
        self._deadline = deadline
        self._buffer = bytearray()
        self._length = 0  # of the body under way, once its head is there
        self._start = 0
        self._sent = 0.0
        self._transport: asyncio.Transport
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The first request."""
        self._transport = transport  # type: ignore[assignment]  # asyncio names the base of what it gives
        self._send()

    def data_received(self, data: bytes) -> None:
        """Part of an answer, or all of it."""
        self._buffer += data
        if not self._length:
            self._start = self._buffer.find(_END_OF_HEAD) + len(_END_OF_HEAD)
            if self._start < len(_END_OF_HEAD):
                return
            self._length = _length(self._buffer)
        if len(self._buffer) - self._start >= self._length:
            self._answered(perf_counter())

    def _answered(self, now: float) -> None:
        if not (self._buffer.startswith(_OK) and self._buffer.startswith(self._expected, self._start)):
            said = self._buffer[:500].decode(errors="replace")
            self.ended.set_exception(WrongAnswerError(f"expected 200 and {self._expected.decode()}, not:\n{said}"))
            self._transport.abort()
            return
        self._load.latencies.append(now - self._sent)
        self._load.bytes += self._length
        self._buffer.clear()
        self._length = 0
        if now < self._deadline:
            self._send()
        else:
            self.ended.set_result(None)
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Too early, unless this side ended it."""
        if not self.ended.done():
            self.ended.set_exception(exc or WrongAnswerError("the server closed a connection"))

    def _send(self) -> None:
        self._sent = perf_counter()
        self._transport.write(next(self._requests))


async def drive(port: int, requests: Iterator[bytes], expected: bytes, *, connections: int, seconds: float) -> Load:
    """Keeps `connections` requests under way for `seconds`; every body has to begin with `expected`.

    Raises:
        WrongAnswerError: an answer of another status or another beginning, or a connection closed.
        TimeoutError: the server hangs.
    """
    load, began = Load(), perf_counter()
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(seconds + _GRACE):
        made = [
            await loop.create_connection(
                lambda: _Connection(requests, expected, load, began + seconds), "127.0.0.1", port
            )
            for _ in range(connections)
        ]
        await asyncio.gather(*(protocol.ended for _, protocol in made))
    load.seconds = perf_counter() - began
    return load


async def ask(port: int, request: bytes) -> bytes:
    """The body of one answer.

    Raises:
        WrongAnswerError: another status than 200.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        head = await reader.readuntil(_END_OF_HEAD)
        if not head.startswith(_OK):
            raise WrongAnswerError(f"expected 200, not: {head.decode()}")
        return await reader.readexactly(_length(head))
    finally:
        writer.close()
        await writer.wait_closed()


def _length(head: bytes | bytearray) -> int:
    """The content-length in the head of an answer, whose names granian writes in small letters.

    Raises:
        WrongAnswerError: there is none.
    """
    found = _LENGTH.search(head)
    if found is None:
        raise WrongAnswerError(f"an answer without content-length: {head.decode()}")
    return int(found[1])
