"""The load generator counts right answers and nothing else."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import repeat

import pytest

from app.bench.load import WrongAnswerError, ask, drive

REQUEST = b"POST / HTTP/1.1\r\ncontent-length: 0\r\n\r\n"
RIGHT = b'HTTP/1.1 200 OK\r\ncontent-length: 11\r\nserver: x\r\n\r\n{"data":{}}'
FAILED = b'HTTP/1.1 500 Internal Server Error\r\ncontent-length: 11\r\n\r\n{"data":{}}'
ERRORS = b'HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n{"errors":[]}'
ENDLESS = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def serving(answer: Answer) -> AsyncIterator[int]:
    """A server that reads requests without a body and answers each by `answer`; its port."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.readline():
            while await reader.readline() != b"\r\n":
                pass
            await answer(writer)
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


def saying(*parts: bytes) -> Answer:
    """An answer that arrives in these parts."""

    async def say(writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0)

    return say


async def test_right_answers_are_counted_with_their_bytes() -> None:
    """Every answer has a latency, and all connections ask until the time is over."""
    async with serving(saying(RIGHT)) as port:
        load = await drive(port, repeat(REQUEST), b'{"data"', connections=3, seconds=0.05)
    assert len(load.latencies) >= 3
    assert load.bytes == 11 * len(load.latencies)
    assert load.seconds >= 0.05
    assert 0 < min(load.latencies) <= max(load.latencies) <= load.seconds


async def test_an_answer_in_parts_is_one_answer() -> None:
    """Head and body may be split anywhere."""
    async with serving(saying(RIGHT[:20], RIGHT[20:60], RIGHT[60:])) as port:
        load = await drive(port, repeat(REQUEST), b'{"data"', connections=1, seconds=0.0)
    assert (len(load.latencies), load.bytes) == (1, 11)


@pytest.mark.parametrize("wrong", [FAILED, ERRORS, ENDLESS])
async def test_a_wrong_answer_ends_the_measurement(wrong: bytes) -> None:
    """A server that fails cannot look fast."""
    async with serving(saying(wrong)) as port:
        with pytest.raises(WrongAnswerError):
            await drive(port, repeat(REQUEST), b'{"data"', connections=2, seconds=0.05)


async def test_a_closed_connection_ends_the_measurement() -> None:
    """A server that hangs up cannot look fast either."""

    async def hang_up(writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with serving(hang_up) as port:
        with pytest.raises(WrongAnswerError, match="closed a connection"):
            await drive(port, repeat(REQUEST), b'{"data"', connections=1, seconds=0.05)


async def test_one_answer_is_its_body() -> None:
    """What is asked once comes back as the body alone."""
    async with serving(saying(RIGHT)) as port:
        assert await ask(port, REQUEST) == b'{"data":{}}'


@pytest.mark.parametrize("wrong", [FAILED, ENDLESS])
async def test_one_wrong_answer_is_refused(wrong: bytes) -> None:
    """A body without status 200 or without a length is no answer."""
    async with serving(saying(wrong)) as port:
        with pytest.raises(WrongAnswerError):
            await ask(port, REQUEST)
