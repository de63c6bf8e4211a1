"""One request, one connection: width, cancellation, transactions and lost connections."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import asyncpg
import pytest

from app.kit import clock, db, jobs
from app.kit.models import DataKey
from app.tables import Database
from app.traceability.models import Place
from tests.kit.conftest import PATIENCE, until_waiting

PID = "SELECT pg_backend_pid()"
CUT = """
SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = 'yougou_app'
"""

ASLEEP = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"


@pytest.fixture
async def statements(app_url: str) -> AsyncIterator[tuple[Database, list[str]]]:
    """A database on a pool of one, and every statement that reaches PostgreSQL."""
    seen: list[str] = []
    opened = await Database.open(app_url, size=1, watch=lambda logged: seen.append(logged.query))
    yield opened, seen
    await opened.close()


@dataclass(frozen=True)
class Cutter:
    """Someone else on the same server, who ends connections."""

    connection: asyncpg.Connection

    async def cut(self) -> int:
        """Ends every connection of the serving role; how many there were."""
        return len(await self.connection.fetch(CUT))


@pytest.fixture
async def cutter(owner_url: str, server: object) -> AsyncIterator[Cutter]:
    """A superuser of the test's server in the test's database."""
    connection = await asyncpg.connect(owner_url, user="postgres")
    yield Cutter(connection)
    await connection.close()


def key(subject: str) -> DataKey:
    """A row to save, of whatever table."""
    return DataKey(subject=subject, ring_key="k", wrapped=b"x", created_at=clock.now())


async def test_five_hundred_mutations_on_a_pool_of_two(narrow: Database) -> None:
    """Read, transaction with model write, raw write and job, read: nobody waits for a second connection."""

    async def mutate(n: int) -> tuple[int, int, set[int]]:
        async with narrow.session() as connection:
            pids = {(await db.fetch(PID))[0][0]}
            async with db.transaction() as tx:
                row = key(f"m:{n}")
                await row.save()
                await tx.execute("UPDATE data_key SET ring_key = 'k2' WHERE id = $1", row.id)
                await jobs.enqueue(tx, "after", {"n": n})
                pids.add((await tx.fetch(PID))[0][0])
            again = await DataKey.get(subject=f"m:{n}")
            pids.add((await db.fetch(PID))[0][0])
            assert again.ring_key == "k2"
            return n, connection.statements, pids

    async with asyncio.timeout(60):
        results = await asyncio.gather(*(mutate(n) for n in range(500)))
    assert [n for n, _, _ in results] == list(range(500))
    assert {count for _, count, _ in results} == {7}
    assert {len(pids) for _, _, pids in results} == {1}
    assert len(set.union(*(pids for _, _, pids in results))) <= 2
    async with narrow.session():
        assert await DataKey.filter(ring_key="k2").count() == 500
        assert (await db.fetch("SELECT count(*) FROM pgqueuer"))[0][0] == 500


async def test_nothing_is_sent_when_a_connection_goes_back(statements: tuple[Database, list[str]]) -> None:
    """A session's statements are those it asked for: no reset, no discard, no pool query."""
    database, seen = statements
    for _ in range(2):
        seen.clear()
        async with database.session():
            await db.fetch("SELECT 1")
            async with db.transaction() as tx:
                await tx.execute("SELECT 2")
    async with database.session():
        assert seen == ["SELECT 1", "BEGIN;", "SELECT 2", "COMMIT;"]


async def test_no_connection_is_taken_before_the_first_statement(narrow: Database) -> None:
    """A request that needs no database holds none; one that does holds one."""
    async with narrow.session(), narrow.session(), narrow.session() as third:
        assert narrow.pool.get_idle_size() == narrow.pool.get_size()
        await third.fetch("SELECT 1")
        await third.fetch("SELECT 1")
        assert narrow.pool.get_size() - narrow.pool.get_idle_size() == 1
    assert narrow.pool.get_idle_size() == narrow.pool.get_size()


async def test_statements_of_one_session_run_one_after_another(database: Database) -> None:
    """Resolvers that run side by side share the connection without an error."""
    async with database.session() as connection:
        answers = await asyncio.gather(*(connection.fetch("SELECT $1::int4", n) for n in range(50)))
    assert [answer[0][0] for answer in answers] == list(range(50))


async def test_a_session_that_is_over_refuses_statements(database: Database) -> None:
    """Its connection belongs to someone else by now."""
    async with database.session() as connection:
        await connection.fetch("SELECT 1")
    with pytest.raises(db.NoSessionError):
        await connection.fetch("SELECT 1")


async def test_without_a_session_a_statement_is_refused() -> None:
    """The mistake is named."""
    assert db.held() is None
    with pytest.raises(db.NoSessionError, match="open a session"):
        await db.fetch("SELECT 1")


async def test_cancelling_a_statement_gives_the_connection_back(
    statements: tuple[Database, list[str]], cutter: Cutter
) -> None:
    """The pool of one serves the next session at once."""
    database, _ = statements

    async def stuck() -> None:
        async with database.session():
            await db.fetch("SELECT pg_sleep(600)")

    async with asyncio.timeout(PATIENCE):
        task = asyncio.create_task(stuck())
        while not await cutter.connection.fetchval(ASLEEP):
            pass
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with database.session():
            assert (await db.fetch("SELECT 1"))[0][0] == 1


async def test_cancelling_a_transaction_rolls_it_back_and_frees_its_locks(database: Database) -> None:
    """What waited for its lock goes on, and nothing of it is there."""
    async with database.session():
        await key("row").save()
    locked = asyncio.Event()

    async def hold_for_ever() -> None:
        async with database.session(), db.transaction() as tx:
            await key("undone").save()
            await tx.execute("UPDATE data_key SET ring_key = 'a' WHERE subject = 'row'")
            locked.set()
            await asyncio.Event().wait()

    async def write() -> None:
        async with database.session() as connection:
            await connection.execute("UPDATE data_key SET ring_key = 'b' WHERE subject = 'row'")

    holder = asyncio.create_task(hold_for_ever())
    await locked.wait()
    async with asyncio.timeout(PATIENCE):
        writer = asyncio.create_task(write())
        await until_waiting(database, 1)
        holder.cancel()
        await asyncio.gather(holder, return_exceptions=True)
        await writer
    async with database.session():
        assert [(row.subject, row.ring_key) for row in await DataKey.all()] == [("row", "b")]


async def test_a_transaction_commits_and_rolls_back_models_and_statements_alike(database: Database) -> None:
    """One connection, one transaction, whatever writes in it."""

    async def write(subject: str, *, fail: bool) -> None:
        async with db.transaction() as tx:
            await key(subject).save()
            await tx.execute("UPDATE data_key SET ring_key = 'k9' WHERE subject = $1", subject)
            if fail:
                raise LookupError

    async with database.session():
        await write("kept", fail=False)
        with pytest.raises(LookupError):
            await write("gone", fail=True)
        assert [(row.subject, row.ring_key) for row in await DataKey.all()] == [("kept", "k9")]


async def test_a_failed_statement_leaves_no_open_transaction_behind(database: Database) -> None:
    """The session goes on after the error, its next transaction too."""

    async def twice() -> None:
        async with db.transaction():
            await key("same").save()
            await key("same").save()

    async with database.session():
        with pytest.raises(Exception, match="data_key_subject_key"):
            await twice()
        async with db.transaction():
            await key("after").save()
        assert await DataKey.all().values_list("subject", flat=True) == ["after"]


async def test_a_transaction_in_a_transaction_is_refused(database: Database) -> None:
    """By both ways of opening one; the outer one goes on."""
    async with database.session(), db.transaction() as tx:
        with pytest.raises(db.NestedTransactionError):
            async with db.transaction():
                pass
        assert tx.in_transaction
        await key("outer").save()
    async with database.session():
        assert await DataKey.all().count() == 1


async def test_idle_connections_that_were_cut_are_replaced(database: Database, cutter: Cutter) -> None:
    """After a restart of PostgreSQL each next session works at once: reads, models and transactions."""
    await asyncio.gather(*(_read(database) for _ in range(5)))
    assert await cutter.cut() == 5
    async with asyncio.timeout(2):
        assert await asyncio.gather(*(_read(database) for _ in range(5))) == [1] * 5
    await cutter.cut()
    async with asyncio.timeout(2), database.session():
        async with db.transaction():
            await key("after").save()
        assert await DataKey.all().count() == 1


async def _read(database: Database) -> int:
    async with database.session():
        found = await db.fetch("SELECT 1 FROM pg_sleep(0.05)")  # long enough that five sessions need five connections
        return int(found[0][0])


async def test_a_session_whose_connection_was_cut_reads_on(database: Database, cutter: Cutter) -> None:
    """Between two statements: raw reads, model reads, writes and transactions get a new connection."""
    async with asyncio.timeout(10), database.session():
        before = (await db.fetch(PID))[0][0]
        assert await cutter.cut() == 1
        assert (await db.fetch(PID))[0][0] != before
        await cutter.cut()
        assert await DataKey.all().count() == 0
        await cutter.cut()
        async with db.transaction():
            await key("kept").save()
        assert await DataKey.all().count() == 1


async def test_a_transaction_whose_connection_was_cut_fails_whole(database: Database, cutter: Cutter) -> None:
    """Its second half is not run on another connection; the session can go on after it."""

    async def cut_in_the_middle() -> None:
        async with db.transaction() as tx:
            await key("first half").save()
            await cutter.cut()
            await tx.fetch("SELECT 1")

    async with database.session():
        with pytest.raises(db.CONNECTION_LOST):
            await cut_in_the_middle()
        async with db.transaction():
            await key("next").save()
        assert await DataKey.all().values_list("subject", flat=True) == ["next"]


async def test_a_mistake_in_the_arguments_is_not_taken_for_a_lost_connection(database: Database) -> None:
    """Asyncpg calls both InterfaceError; the connection stays."""
    async with database.session():
        before = (await db.fetch(PID))[0][0]
        with pytest.raises(asyncpg.InterfaceError, match="1 argument"):
            await db.fetch("SELECT $1::int4")
        assert (await db.fetch(PID))[0][0] == before


async def test_an_unknown_place_is_an_empty_list(database: Database) -> None:
    """No row is no error."""
    async with database.session():
        assert await db.rows(Place, "SELECT * FROM place WHERE uri = $1", "urn:none") == []
