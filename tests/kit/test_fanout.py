"""Messages between processes: after the commit, in order, bounded, and healed when Redis was away."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from redis.asyncio import Redis, from_url
from structlog.testing import capture_logs

from app.embedded import redis
from app.kit import db, fanout
from app.kit.db import Announcement, NoTransactionError
from app.kit.fanout import Fanout, announce
from app.kit.fanout_reader import WAITING, Payload, Reader, ReaderTooSlow
from app.kit.models import DataKey
from app.tables import Database
from tests.embedded.processes import kill
from tests.kit.conftest import PATIENCE
from tests.kit.test_db import key

REFUSES_AT_COMMIT = """
CREATE TABLE once (id int UNIQUE DEFERRABLE INITIALLY DEFERRED);
GRANT INSERT ON once TO yougou_app;
"""


@pytest.fixture
async def link(redis_url: str) -> AsyncIterator[Fanout]:
    """This process."""
    async with Fanout(redis_url).running() as opened:
        yield opened


@pytest.fixture
async def other(redis_url: str) -> AsyncIterator[Fanout]:
    """Another process, as far as Redis can tell."""
    async with Fanout(redis_url).running() as opened:
        yield opened


@pytest.fixture
async def announcing(app_url: str, link: Fanout) -> AsyncIterator[Database]:
    """The test's database, whose transactions announce through `link`."""
    opened = await Database.open(app_url, size=2, publish=link.publish)
    yield opened
    await opened.close()


@pytest.fixture
def topic() -> str:
    """A topic of this test's own: tests that run at the same time share a Redis."""
    return f"test.{uuid4().hex}"


@pytest.fixture
async def watcher(redis_url: str) -> AsyncIterator[Redis]:
    """A client that looks at Redis from outside."""
    async with from_url(redis_url) as client:
        yield client


@asynccontextmanager
async def patient() -> AsyncIterator[None]:
    """A bound against hanging."""
    async with asyncio.timeout(PATIENCE):
        yield


async def until(holds: Callable[[], bool]) -> None:
    """Lets other tasks run until something holds."""
    async with patient():
        while not holds():  # noqa: ASYNC110 - the code under test has no event for the tests' sake
            await asyncio.sleep(0)


async def heard(reader: Reader, count: int) -> list[Payload | None]:
    """The next `count` messages."""
    async with patient():
        return [await anext(reader) for _ in range(count)]


async def followers(watcher: Redis, topic: str) -> int:
    """How many connections Redis has for a topic."""
    return int((await watcher.pubsub_numsub(f"yougou:0:{topic}"))[0][1])


async def test_a_message_of_a_commit_reaches_the_readers_of_every_process(
    announcing: Database, link: Fanout, other: Fanout, topic: str
) -> None:
    """Nothing leaves before the commit; then each reader has each message once, in order."""
    async with link.subscribe(topic) as here, other.subscribe(topic) as there, other.subscribe(topic) as beside:
        async with announcing.session(), db.transaction() as tx:
            announce(tx, topic, {"slots": [1]})
            announce(tx, topic, {"slots": [2]})
            assert not link._outbox
            await tx.fetch("SELECT 1")
        for reader in (here, there, beside):
            assert await heard(reader, 2) == [{"slots": [1]}, {"slots": [2]}]
            assert len(reader) == 0


async def test_a_rollback_announces_nothing(announcing: Database, owner_url: str, other: Fanout, topic: str) -> None:
    """Neither when the block fails nor when the commit itself does; the next transaction starts without it."""
    owner = await asyncpg.connect(owner_url)
    await owner.execute(REFUSES_AT_COMMIT)
    await owner.close()

    async def refused() -> None:
        async with db.transaction() as tx:
            announce(tx, topic, {"lost": 1})
            raise RuntimeError("refused")

    async def refused_by_commit() -> None:
        async with db.transaction() as tx:
            await tx.execute("INSERT INTO once VALUES (1), (1)")
            announce(tx, topic, {"lost": 2})

    async with other.subscribe(topic) as reader, announcing.session():
        with pytest.raises(RuntimeError, match="refused"):
            await refused()
        with pytest.raises(asyncpg.UniqueViolationError):
            await refused_by_commit()
        async with db.transaction() as tx:
            announce(tx, topic, {"kept": 3})
        assert await heard(reader, 1) == [{"kept": 3}]
        assert len(reader) == 0


async def test_announcing_needs_a_transaction(announcing: Database, link: Fanout, topic: str) -> None:
    """A message without a commit to wait for is refused, and nothing is kept of it."""
    async with announcing.session() as session:
        with pytest.raises(NoTransactionError):
            announce(session, topic, {"id": 1})
        assert session.announced == []
    assert not link._outbox


async def test_a_cancelled_request_that_committed_still_announces(
    announcing: Database, other: Fanout, topic: str
) -> None:
    """The client left while COMMIT was on its way: what is true now is told."""

    async def request() -> None:
        async with announcing.session(), db.transaction() as tx:
            await key("customer:1").save()
            announce(tx, topic, {"id": 1})
            asyncio.get_running_loop().call_soon(task.cancel)

    async with other.subscribe(topic) as reader:
        task = asyncio.create_task(request())
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await heard(reader, 1) == [{"id": 1}]
    async with announcing.session():
        assert await DataKey.all().count() == 1


async def test_other_topics_and_other_databases_of_redis_are_not_heard(
    link: Fanout, redis_url: str, topic: str
) -> None:
    """Two installations on one Redis are kept apart by the number in the address."""
    async with Fanout(redis_url.replace("db=0", "db=1")).running() as elsewhere, link.subscribe(topic) as reader:
        elsewhere.publish([Announcement(topic, b'{"id": 1}')])
        link.publish([Announcement(f"{topic}.other", b'{"id": 2}'), Announcement(topic, b'{"id": 3}')])
        assert await heard(reader, 1) == [{"id": 3}]
        assert len(reader) == 0


async def test_redis_is_asked_once_per_topic_and_only_while_someone_reads(
    link: Fanout, watcher: Redis, topic: str
) -> None:
    """A thousand readers are one subscription; the last to leave ends it, and coming back at once begins it anew."""
    async with AsyncExitStack() as stack:
        for _ in range(1000):
            await stack.enter_async_context(link.subscribe(topic))
        assert await followers(watcher, topic) == 1
    async with link.subscribe(topic) as reader:
        link.publish([Announcement(topic, b'{"id": 1}')])
        assert await heard(reader, 1) == [{"id": 1}]
    async with patient():
        while await followers(watcher, topic):
            pass
    assert not link._readers
    assert not link._confirmations
    assert not link._followed


async def test_a_reader_that_leaves_while_it_waits_for_redis_leaves_nothing(link: Fanout, topic: str) -> None:
    """Cancelled before Redis has confirmed; the next reader is served."""
    waiting = asyncio.create_task(anext(link.subscribe(topic).gen))  # type: ignore[attr-defined]  # the context's own
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert not link._readers
    async with patient(), link.subscribe(topic) as reader:
        link.publish([Announcement(topic, b'{"id": 1}')])
        assert await heard(reader, 1) == [{"id": 1}]


def test_a_slow_reader_is_cut_off() -> None:
    """As many messages as may wait are kept; one more, and none is."""
    reader = Reader()
    for number in range(WAITING):
        reader.put({"id": number})
    assert len(reader) == WAITING
    for _ in range(10_000):
        reader.put({"id": 0})
    assert len(reader) == 0


async def test_a_slow_reader_is_told_and_the_others_are_not_touched(link: Fanout, topic: str) -> None:
    """Memory is bounded by the reader, not by how much is announced."""
    async with link.subscribe(topic) as slow, link.subscribe(topic) as quick:
        for number in range(3 * WAITING):
            link.publish([Announcement(topic, b'{"id": %d}' % number)])
            assert await heard(quick, 1) == [{"id": number}]
            assert len(slow) <= WAITING
        with pytest.raises(ReaderTooSlow):
            await anext(slow)


async def test_reading_again_covers_what_waited() -> None:
    """After a loss there is one message to read, whatever was there before it."""
    reader = Reader()
    reader.put({"id": 1})
    reader.put(None)
    reader.put({"id": 2})
    assert await heard(reader, 2) == [None, {"id": 2}]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The data folder of a Redis that the test may stop."""
    yield tmp_path / "redis"
    redis.stop(tmp_path / "redis")


async def test_readers_are_told_when_redis_was_away(folder: Path, topic: str) -> None:
    """One line in the log for the loss; what was announced meanwhile arrives too; the link comes back by itself."""
    server = redis.start(folder, durable=False)
    async with patient(), Fanout(server.url).running() as link, link.subscribe(topic) as reader:
        with capture_logs() as logs:
            kill(server.pid)
            await until(lambda: not link._is_linked)
            link.publish([Announcement(topic, b'{"id": 1}')])
            async with link.subscribe(topic) as late:
                await asyncio.to_thread(redis.start, folder, durable=False)
                assert await heard(reader, 1) == [None]
                assert await heard(late, 1) == [None]
        assert [(line["log_level"], line["event"]) for line in logs] == [
            ("warning", "Redis is away; messages between processes wait"),
            ("info", "Redis is back"),
        ]
        await until(lambda: not link._outbox)
        link.publish([Announcement(topic, b'{"id": 2}')])
        while (await heard(reader, 1)) != [{"id": 2}]:
            pass


async def test_a_process_that_starts_without_redis_serves_and_catches_up(folder: Path, topic: str) -> None:
    """Reading and announcing do not wait for Redis."""
    server = redis.start(folder, durable=False)
    kill(server.pid)
    async with patient(), Fanout(server.url).running() as link, link.subscribe(topic) as reader:
        assert not link._is_linked
        await asyncio.to_thread(redis.start, folder, durable=False)
        assert await heard(reader, 1) == [None]


async def test_more_announcements_than_may_wait_become_one(monkeypatch: pytest.MonkeyPatch, topic: str) -> None:
    """While Redis is away the outbox does not grow without end; its readers are told to read again."""
    monkeypatch.setattr(fanout, "OUTBOX", 10)
    unopened = Fanout("redis://127.0.0.1:1")
    for number in range(25):
        unopened.publish([Announcement(topic, b"%d" % number)])
        assert len(unopened._outbox) <= 10
    assert unopened._outbox[0] == Announcement(fanout.EVERYBODY, b"null")


async def test_a_message_to_everybody_reaches_readers_of_every_topic(link: Fanout, other: Fanout, topic: str) -> None:
    """It says that something was lost."""
    async with other.subscribe(topic) as first, other.subscribe(f"{topic}.2") as second:
        link.publish([Announcement(fanout.EVERYBODY, b"null")])
        assert await heard(first, 1) == [None]
        assert await heard(second, 1) == [None]


async def test_a_closing_process_sends_what_it_announced(redis_url: str, other: Fanout, topic: str) -> None:
    """A command that commits and ends at once is heard."""
    async with other.subscribe(topic) as reader:
        async with Fanout(redis_url).running() as short:
            short.publish([Announcement(topic, b'{"id": 1}')])
        assert await heard(reader, 1) == [{"id": 1}]


async def test_a_silent_link_is_tried(monkeypatch: pytest.MonkeyPatch, folder: Path, topic: str) -> None:
    """Without a word for a while Redis is asked; its answer keeps the link, and the readers have nothing to read."""
    monkeypatch.setattr(fanout, "SILENCE", 1.0)
    server = redis.start(folder, durable=False)
    async with Fanout(server.url).running() as link, link.subscribe(topic) as reader, from_url(server.url) as outside:
        before = await pings(outside)
        async with patient():
            while await pings(outside) < before + 2:
                pass
        assert link._is_linked
        assert len(reader) == 0


async def pings(outside: Redis) -> int:
    """How often a server was asked whether it is there."""
    return int((await outside.info("commandstats"))["cmdstat_ping"]["calls"])


async def test_a_link_that_no_longer_answers_is_given_up(
    monkeypatch: pytest.MonkeyPatch, folder: Path, topic: str
) -> None:
    """A server that is there and says nothing is as good as away; the readers are told when it speaks again."""
    server = redis.start(folder, durable=False)
    async with Fanout(server.url).running() as link, link.subscribe(topic) as reader:
        monkeypatch.setattr(fanout, "SILENCE", 0.01)
        link.publish([Announcement(topic, b'{"id": 1}')])  # wakes the link, which then knows the shorter time
        assert await heard(reader, 1) == [{"id": 1}]
        os.kill(server.pid, signal.SIGSTOP)
        try:
            await until(lambda: not link._is_linked)
        finally:
            os.kill(server.pid, signal.SIGCONT)
        assert await heard(reader, 1) == [None]
