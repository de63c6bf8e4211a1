"""Uploads over real connections: clients that leave, that are slow, that are refused while they still send."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.applications import Starlette

from app.files.store import Store
from app.http.uploads import Uploads
from app.kit.caller import Caller
from app.tables import Database
from tests.conftest import Addresses
from tests.files import samples
from tests.http.uploading import ANNA, TABLES, endpoints, token
from tests.rows import Rows
from tests.served import served
from tests.shop import state, with_state

HEAD = b'--b\r\nContent-Disposition: form-data; name="idempotencyKey"\r\n\r\nkey-0001\r\n'
FILE = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
END = b"\r\n--b--\r\n"


@dataclass(frozen=True, slots=True)
class Server:
    """The endpoints on a port, and what they have kept."""

    port: int
    uploads: Uploads
    database: Database
    folder: Path

    async def begin(
        self, length: int, caller: Caller | None = ANNA
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection on which the head of an upload of so many bytes was sent."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        lines = [
            "POST /uploads HTTP/1.1",
            "host: shop.test",
            "content-type: multipart/form-data; boundary=b",
            f"content-length: {length}",
            *(f"{name}: {value}" for name, value in (token(caller) if caller else {}).items()),
        ]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        await writer.drain()
        return reader, writer

    def files(self) -> int:
        """How many files there are."""
        return sum(path.is_file() for path in self.folder.rglob("*"))

    async def rows(self) -> int:
        """How many uploads there are."""
        return int(await self.database.pool.fetchval("SELECT count(*) FROM upload"))


@pytest.fixture
async def counter(stage: Addresses, rows: Rows, tmp_path: Path) -> AsyncIterator[Server]:
    """The endpoints over an empty database and folder."""
    rows.tables |= set(TABLES)
    database = await Database.open(stage.app_url, size=5)
    made = endpoints()
    folder = tmp_path / "files"
    app = with_state(Starlette(routes=made.routes()), {**(await state(database)), "files": Store.open(folder.as_uri())})
    async with served(app) as address:
        yield Server(int(address.rpartition(":")[2]), made, database, folder)
    await database.close()


async def until_idle(counter: Server) -> None:
    """Waits until nobody sends."""
    while counter.uploads.sending:  # noqa: ASYNC110 - the server signals nobody
        await asyncio.sleep(0.01)


async def until_busy(counter: Server) -> None:
    """Waits until somebody sends."""
    while not counter.uploads.sending:  # noqa: ASYNC110 - as above
        await asyncio.sleep(0.01)


async def test_a_client_that_leaves_leaves_nothing(counter: Server) -> None:
    """Neither a file nor a row; its place is free again, and the same key is taken by the next attempt."""
    body = HEAD + FILE + samples.jpeg() + END
    for cut in (10, len(HEAD) + 20, len(HEAD + FILE) + 300, len(body) - 4):
        _, writer = await counter.begin(len(body))
        writer.write(body[:cut])
        await writer.drain()
        await until_busy(counter)
        writer.transport.abort()
        await until_idle(counter)
    assert (counter.files(), await counter.rows()) == (0, 0)
    reader, writer = await counter.begin(len(body))
    writer.write(body)
    assert (await reader.readline()).startswith(b"HTTP/1.1 201")
    writer.close()
    assert (counter.files(), await counter.rows()) == (1, 1)


async def test_a_slow_client_is_taken(counter: Server) -> None:
    """Byte by byte at its boundaries."""
    body = HEAD + FILE + samples.jpeg() + END
    reader, writer = await counter.begin(len(body))
    pieces = [body[at : at + 1] for at in range(len(HEAD + FILE))]
    for piece in [*pieces, body[len(pieces) : -9], *(body[at : at + 1] for at in range(len(body) - 9, len(body)))]:
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0)
    assert (await reader.readline()).startswith(b"HTTP/1.1 201")
    writer.close()
    assert (counter.files(), await counter.rows()) == (1, 1)


@pytest.mark.parametrize(
    ("caller", "start", "status"),
    [(None, samples.jpeg(), b"401"), (ANNA, b"GIF89a", b"415"), (ANNA, samples.jpeg(), b"413")],
    ids=["visitor", "type", "size"],
)
async def test_a_refusal_is_heard_by_who_still_sends(
    counter: Server, caller: Caller | None, start: bytes, status: bytes
) -> None:
    """The rest is read and thrown away: otherwise the client would see a broken connection and no reason."""
    body = HEAD + FILE + start + bytes(250_000) + END
    reader, writer = await counter.begin(len(body), caller)
    for at in range(0, len(body), 10_000):
        writer.write(body[at : at + 10_000])
        await writer.drain()
        await asyncio.sleep(0.002)  # the server answers as soon as it may; the client goes on all the same
    assert (await reader.readline()).split()[1] == status
    writer.close()
    assert (counter.files(), await counter.rows()) == (0, 0)
