"""Enqueueing with a business write."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from app.kit import clock, db, jobs
from app.kit.models import DataKey
from app.tables import Database
from tests.kit.conftest import until_waiting

QUEUED = (
    "SELECT id, entrypoint, convert_from(payload, 'UTF8') AS payload, execute_after - created AS delay FROM pgqueuer"
)


class UndoneError(Exception):
    """Rolls a transaction back."""


async def business_write() -> DataKey:
    """A row of whatever table."""
    return await DataKey.create(subject="customer:1", ring_key="k1", wrapped=b"x", created_at=clock.now())


async def queue(database: Database) -> list[Any]:
    """What is queued, in order."""
    async with database.session():
        return await db.fetch(f"{QUEUED} ORDER BY id")


async def test_a_job_is_queued_when_its_transaction_commits(database: Database) -> None:
    """Name, payload and delay are in the queue together with the business row."""
    async with database.session():
        async with db.transaction() as tx:
            await business_write()
            job_id = await jobs.enqueue(
                tx, "rating.rebuild", {"product": 7, "name": "番茄"}, delay=timedelta(minutes=5)
            )
        assert await DataKey.all().count() == 1
    assert [tuple(row) for row in await queue(database)] == [
        (job_id, "rating.rebuild", '{"product":7,"name":"番茄"}', timedelta(minutes=5))
    ]


async def test_a_job_is_gone_when_its_transaction_rolls_back(database: Database) -> None:
    """No job without its row."""

    async def write_and_fail() -> None:
        async with database.session(), db.transaction() as tx:
            await business_write()
            await jobs.enqueue(tx, "rating.rebuild", {})
            raise UndoneError

    with pytest.raises(UndoneError):
        await write_and_fail()
    assert await queue(database) == []
    async with database.session():
        assert await DataKey.all().count() == 0


async def test_a_job_is_refused_outside_a_transaction(database: Database) -> None:
    """It would be there without its row."""
    async with database.session() as connection:
        with pytest.raises(db.NoTransactionError):
            await jobs.enqueue(connection, "rating.rebuild", {})
    assert await queue(database) == []


async def test_a_duplicate_by_key_is_not_queued(database: Database) -> None:
    """The second call says so; another key and no key are no duplicates."""
    async with database.session(), db.transaction() as tx:
        first = await jobs.enqueue(tx, "a", {}, dedupe_key="product:7")
        assert await jobs.enqueue(tx, "a", {}, dedupe_key="product:7") is None
        other = await jobs.enqueue(tx, "a", {}, dedupe_key="product:8")
        assert None not in {first, other, await jobs.enqueue(tx, "a", {}), await jobs.enqueue(tx, "a", {})}
    assert len(await queue(database)) == 4


async def test_the_duplicate_cannot_start_before_who_relies_on_it_commits(database: Database) -> None:
    """Otherwise the job would run without seeing what that transaction wrote, and none would follow."""
    takeable = "SELECT id FROM pgqueuer WHERE status = 'queued' FOR UPDATE SKIP LOCKED"
    async with database.session(), db.transaction() as tx:
        await jobs.enqueue(tx, "a", {}, dedupe_key="product:7")
    async with database.session(), db.transaction() as tx:
        await jobs.enqueue(tx, "a", {}, dedupe_key="product:7")
        async with asyncio.TaskGroup() as group:  # another connection, as a worker's
            during = group.create_task(_fetched(database, takeable))
    assert during.result() == []
    assert len(await _fetched(database, takeable)) == 1


async def _fetched(database: Database, sql: str) -> list[Any]:
    async with database.session():
        return await db.fetch(sql)


async def test_two_transactions_with_one_key_queue_one_job(database: Database) -> None:
    """The second waits for the first and finds its job."""

    async def enqueue(hold: asyncio.Event) -> int | None:
        async with database.session(), db.transaction() as tx:
            job_id = await jobs.enqueue(tx, "a", {}, dedupe_key="product:7")
            await hold.wait()
            return job_id

    commit = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        both = [group.create_task(enqueue(commit)) for _ in range(2)]
        await until_waiting(database, 1)
        commit.set()
    assert [task.result() for task in both].count(None) == 1
    assert len(await queue(database)) == 1


async def test_purge_keeps_young_notes_and_those_of_jobs_that_are_there(database: Database) -> None:
    """A dead letter's history stays as long as the letter."""
    note = (
        "INSERT INTO pgqueuer_log (job_id, status, priority, entrypoint, created, aggregated)"
        " VALUES ($1, 'successful', 0, $2, $3, true)"
    )
    async with database.session() as connection:
        async with db.transaction() as tx:
            kept = await jobs.enqueue(tx, "there", {})
        await connection.execute("UPDATE pgqueuer_log SET created = created - interval '30 days', aggregated = true")
        await connection.execute(note, 900, "old", clock.now() - timedelta(days=8))
        await connection.execute(note, 901, "young", clock.now() - timedelta(days=6))
        await jobs.purge({})
        left = await db.fetch("SELECT job_id FROM pgqueuer_log ORDER BY job_id")
    assert [row[0] for row in left] == [kept, 901]
