"""An execution ends at its deadline, and when its client leaves; what it held comes back clean."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import orjson
import pytest
from starlette.types import Message

from app.http.state import State
from app.tables import Database
from tests.conftest import Addresses
from tests.http import toy
from tests.shop import state as open_state
from tests.shop import with_state

PATIENCE = 20  # seconds: a bound against hanging, never a measurement
SHORT = 0.3  # seconds of a deadline that is meant to pass
_SLOW_COMMIT = """
CREATE TABLE note (text text NOT NULL);
GRANT SELECT, INSERT ON note TO yougou_app;
CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN IF NEW.text = ''dawdle'' THEN PERFORM pg_sleep(2); END IF; RETURN NULL; END';
CREATE CONSTRAINT TRIGGER dawdle AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION dawdle();
"""
_STATEMENTS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid() AND query LIKE $1
"""


@pytest.fixture
async def state(database: Database, addresses: Addresses, redis_url: str) -> AsyncIterator[State]:
    """Over a database of the test's own, with a table of notes whose commit may take two seconds."""
    owner = await asyncpg.connect(addresses.owner_url)
    await owner.execute(_SLOW_COMMIT)
    await owner.close()
    opened = await open_state(database, redis_url)
    yield opened
    await opened["redis"].aclose()


@pytest.fixture
async def watcher(app_url: str) -> AsyncIterator[asyncpg.Connection]:
    """Sees which statements its own role runs, and what was written."""
    connection = await asyncpg.connect(app_url)
    yield connection
    await connection.close()


async def _until_running(watcher: asyncpg.Connection, count: int, like: str = "SELECT pg_sleep%") -> None:
    async with asyncio.timeout(PATIENCE):
        while await watcher.fetchval(_STATEMENTS, like) != count:
            pass


def _client(state: State, seconds: float) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(with_state(toy.endpoint(seconds=seconds), state))
    return httpx.AsyncClient(transport=transport, base_url="http://shop.test")


async def _ask_and_leave(state: State, query: str, left: asyncio.Event) -> list[Message]:
    """Sends a request whose client disconnects when `left` is set; the messages it was sent."""
    sent: list[Message] = []
    begun = False

    async def receive() -> Message:
        nonlocal begun
        if not begun:
            begun = True
            return {"type": "http.request", "body": orjson.dumps({"query": query}), "more_body": False}
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"accept", b"application/graphql-response+json")],
        "client": ("10.0.0.1", 1),
    }
    await with_state(toy.endpoint(seconds=PATIENCE), state)(scope, receive, send)
    return sent


def _is_clean(database: Database) -> bool:
    return bool(database.pool.get_idle_size() == database.pool.get_size())


@pytest.mark.parametrize("query", ["{ loads }", "{ a: sleeps b: sleeps loads }", "{ sleeps loads short }"])
async def test_an_execution_ends_at_its_deadline(query: str, state: State, watcher: asyncpg.Connection) -> None:
    """Its statement is cancelled in PostgreSQL, a loader's too, and the connection serves the next request.

    With a plan, and by graphql-core where a field has none (`short`).
    """
    async with _client(state, SHORT) as client, asyncio.timeout(PATIENCE):
        refused = await client.post("/", json={"query": query})
        assert (refused.status_code, refused.json()) == (
            503,
            {
                "errors": [
                    {
                        "message": "This took longer than 0.3 s and was stopped.",
                        "extensions": {"code": "DEADLINE_EXCEEDED"},
                    }
                ]
            },
        )
        await _until_running(watcher, 0)
        assert _is_clean(state["database"])
        assert (await client.post("/", json={"query": "{ short }"})).json() == {"data": {"short": 1}}


@pytest.mark.parametrize("query", ["{ sleeps }", "{ loads }", "{ loads short }"])
async def test_an_execution_ends_when_its_client_leaves(query: str, state: State, watcher: asyncpg.Connection) -> None:
    """Nobody pays for an answer that nobody reads."""
    left = asyncio.Event()
    async with asyncio.timeout(PATIENCE):
        request = asyncio.create_task(_ask_and_leave(state, query, left))
        await _until_running(watcher, 1)
        left.set()
        first, *_ = await request
        assert first["status"] == 499
        await _until_running(watcher, 0)
    assert _is_clean(state["database"])


async def test_a_write_that_is_stopped_is_not_there(state: State, watcher: asyncpg.Connection) -> None:
    """Its transaction is rolled back, by the deadline and by a client that leaves."""
    query = 'mutation { notes(note: "half", sleeps: true) }'
    left = asyncio.Event()
    async with asyncio.timeout(PATIENCE), _client(state, SHORT) as client:
        assert (await client.post("/", json={"query": query})).status_code == 503
        request = asyncio.create_task(_ask_and_leave(state, query, left))
        await _until_running(watcher, 1)
        left.set()
        await request
    await _until_running(watcher, 0)
    assert await watcher.fetch("SELECT * FROM note") == []
    assert _is_clean(state["database"])


async def test_a_commit_that_has_begun_is_not_stopped(state: State, watcher: asyncpg.Connection) -> None:
    """The client is told that its time is over; what it wrote is there, and the connection is clean."""
    async with asyncio.timeout(PATIENCE), _client(state, SHORT) as client:
        refused = await client.post("/", json={"query": 'mutation { notes(note: "dawdle") }'})
        assert refused.status_code == 503
        assert [row["text"] for row in await watcher.fetch("SELECT text FROM note")] == ["dawdle"]
        assert _is_clean(state["database"])
        written = await client.post("/", json={"query": 'mutation { notes(note: "next") }'})
        assert written.json() == {"data": {"notes": 1}}


async def test_what_is_in_time_is_answered(state: State) -> None:
    """Also when it is so long that its client is watched."""
    async with _client(state, PATIENCE) as client:
        written = await client.post("/", json={"query": 'mutation { notes(note: "dawdle") }'})
    assert written.json() == {"data": {"notes": 1}}
