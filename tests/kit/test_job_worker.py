"""The worker on a real queue: retries, dead letters, several workers, death and graceful stop."""

import asyncio
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pgqueuer.core.executors import ScheduleExecutorFactoryParameters

from app.kit import clock, db, dead_letters, job_worker, jobs
from app.kit.caller import Caller, CallerKind
from app.kit.dead_letters import DeadLetter
from app.kit.job_worker import Schedule
from app.kit.retry import Retry
from app.tables import Database
from tests.kit.conftest import AT_ONCE, PATIENCE, working


class Recorder:
    """A handler that notes its payloads, fails the first `failures` times and tells when it was called `until`."""

    def __init__(self, *, until: int = 1, failures: int = 0) -> None:
        self.seen: list[dict[str, Any]] = []
        self.called = asyncio.Event()
        self._until, self._failures = until, failures

    async def __call__(self, payload: dict[str, Any]) -> None:
        """Runs the job."""
        self.seen.append(payload)
        if len(self.seen) == self._until:
            self.called.set()
        if len(self.seen) <= self._failures:
            raise ValueError(f"no {len(self.seen)}\nDETAIL: Key (phone)=(13800138000)")


async def enqueue(database: Database, name: str, *payloads: dict[str, Any], dedupe_key: str | None = None) -> None:
    """Queues jobs in a transaction of their own."""
    async with database.session(), db.transaction() as tx:
        for payload in payloads:
            await jobs.enqueue(tx, name, payload, dedupe_key=dedupe_key)


async def in_queue(database: Database) -> list[tuple[str, str]]:
    """Name and state of each job that is there."""
    async with database.session():
        return [tuple(row) for row in await db.fetch("SELECT entrypoint, status::text FROM pgqueuer ORDER BY id")]


async def dead(database: Database) -> Sequence[DeadLetter]:
    """The dead letters."""
    async with database.session():
        return (await dead_letters.page(first=None, after=None)).rows


async def test_a_job_runs_in_a_session_with_its_payload_and_is_done(database: Database) -> None:
    """The handler has a connection of its own and may write."""
    ran = asyncio.Event()

    async def handler(payload: dict[str, Any]) -> None:
        async with db.transaction() as tx:
            await tx.execute("INSERT INTO place (uri, name, province, city) VALUES ($1, 'n', 'p', 'c')", payload["uri"])
        ran.set()

    async with working(database, {"a": handler}):
        await enqueue(database, "a", {"uri": "urn:x"})
        await ran.wait()
    assert await in_queue(database) == []
    async with database.session():
        assert [row[0] for row in await db.fetch("SELECT uri FROM place")] == ["urn:x"]


async def test_a_job_that_fails_is_tried_again_until_it_succeeds(database: Database) -> None:
    """Two failures, then success: done, and no dead letter."""
    handler = Recorder(until=3, failures=2)
    async with working(database, {"a": handler}):
        await enqueue(database, "a", {"order": 1})
        await handler.called.wait()
    assert handler.seen == [{"order": 1}] * 3
    assert await in_queue(database) == []


async def test_a_job_that_fails_each_time_is_kept_and_can_be_replayed(database: Database) -> None:
    """Three attempts and no fourth; the note of the error carries no values; replay gives three again."""
    handler = Recorder(until=3, failures=4)
    async with working(database, {"a": handler}):
        await enqueue(database, "a", {"order": 1})
        await handler.called.wait()
    (letter,) = await dead(database)
    assert (letter.name, letter.payload, letter.error) == ("a", '{"order":1}', "ValueError: no 3")
    assert len(handler.seen) == 3
    async with database.session():
        notes = await db.fetch("SELECT string_agg(traceback::text, '') FROM pgqueuer_log")
        assert "13800138000" not in notes[0][0]
        await dead_letters.replay(Caller(CallerKind.STAFF, 1, frozenset({dead_letters.SCOPE})), letter.id)
    again = Recorder(until=2, failures=1)
    async with working(database, {"a": again}):
        await again.called.wait()
    assert again.seen == [{"order": 1}] * 2
    assert await in_queue(database) == []


async def test_a_poisoned_job_does_not_stop_the_others(database: Database) -> None:
    """One that always fails, one whose payload is no JSON, one nobody handles: the rest is done."""
    bad, good = Recorder(failures=99), Recorder(until=20)
    await enqueue(database, "bad", {}, {})
    await enqueue(database, "of a newer program", {})
    async with database.session() as connection:
        await connection.execute(
            "INSERT INTO pgqueuer (priority, status, entrypoint, payload) VALUES (0, 'queued', 'good', '\\xff')"
        )
    async with working(database, {"bad": bad, "good": good}):
        await enqueue(database, "good", *({"n": n} for n in range(20)))
        await good.called.wait()
        async with asyncio.timeout(PATIENCE):
            while len(await in_queue(database)) > 4 or len(bad.seen) < 6:
                pass
    assert await in_queue(database) == [
        ("bad", "failed"),
        ("bad", "failed"),
        ("of a newer program", "queued"),
        ("good", "failed"),
    ]
    assert len(await dead(database)) == 3


async def test_two_workers_never_run_a_job_twice(database: Database, narrow: Database) -> None:
    """Sixty jobs, each once, and both had some."""
    ran: Counter[int] = Counter()
    done, barrier = asyncio.Event(), asyncio.Barrier(2)
    by: dict[str, int] = {"one": 0, "two": 0}

    def handler(name: str) -> job_worker.Handler:
        async def run(payload: dict[str, Any]) -> None:
            by[name] += 1
            if by[name] == 1:
                await barrier.wait()  # neither goes on before the other has a job too
            ran[payload["n"]] += 1
            if len(ran) == 60:
                done.set()

        return run

    await enqueue(database, "a", *({"n": n} for n in range(60)))
    async with working(database, {"a": handler("one")}), working(narrow, {"a": handler("two")}):
        await done.wait()
    assert set(ran.values()) == {1}
    assert min(by.values()) >= 1
    assert await in_queue(database) == []


async def test_a_job_of_a_killed_worker_is_run_by_another(database: Database, app_url: str) -> None:
    """SIGKILL in the middle of a job: when its heartbeat has stopped, the job starts again."""
    await enqueue(database, "a", {"order": 1})
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.kit.hanging_worker", app_url, stdout=asyncio.subprocess.PIPE
    )
    assert program.stdout is not None
    async with asyncio.timeout(PATIENCE):
        assert await program.stdout.readline() == b"begun 1\n"
    program.kill()
    await program.wait()
    assert await in_queue(database) == [("a", "picked")]
    handler = Recorder()
    async with working(database, {"a": handler}):
        await handler.called.wait()
    assert handler.seen == [{"order": 1}]
    assert await in_queue(database) == []


async def test_a_job_that_kills_its_worker_each_time_comes_to_rest(database: Database) -> None:
    """The log counts what the worker could not: after three picks without an end it is a dead letter."""
    await enqueue(database, "a", {})
    async with database.session() as connection:
        await connection.execute(
            "INSERT INTO pgqueuer_log (job_id, status, entrypoint, priority)"
            " SELECT id, 'picked', entrypoint, 0 FROM pgqueuer, generate_series(1, 3)"
        )
    handler, other = Recorder(), Recorder()
    async with working(database, {"a": handler, "b": other}):
        await enqueue(database, "b", {})
        await other.called.wait()
        async with asyncio.timeout(PATIENCE):
            while not await dead(database):
                pass
    assert handler.seen == []
    assert [letter.error for letter in await dead(database)] == ["its worker was lost each time"]


async def test_a_graceful_stop_finishes_what_runs_and_takes_nothing_new(database: Database) -> None:
    """The running job ends, the one enqueued after the stop stays."""
    begun, finish, stop = asyncio.Event(), asyncio.Event(), asyncio.Event()
    finished: list[int] = []

    async def handler(payload: dict[str, Any]) -> None:
        begun.set()
        await finish.wait()
        finished.append(payload["n"])

    await enqueue(database, "a", {"n": 1})
    worker = asyncio.create_task(job_worker.work(database, {"a": handler}, [], stop=stop))
    async with asyncio.timeout(PATIENCE):
        await begun.wait()
        stop.set()
        await enqueue(database, "a", {"n": 2})
        assert not worker.done()
        finish.set()
        await worker
    assert finished == [1]
    assert await in_queue(database) == [("a", "queued")]


async def test_what_happens_during_a_job_gets_a_run_of_its_own(database: Database) -> None:
    """A running job is no duplicate: it may have read before the event that asks for another."""
    begun, finish = asyncio.Event(), asyncio.Event()
    runs = Recorder(until=2)

    async def handler(payload: dict[str, Any]) -> None:
        begun.set()
        await finish.wait()
        await runs(payload)

    async with working(database, {"a": handler}):
        await enqueue(database, "a", {}, dedupe_key="product:7")
        await begun.wait()
        async with database.session(), db.transaction() as tx:
            assert await jobs.enqueue(tx, "a", {}, dedupe_key="product:7") is not None
            assert await jobs.enqueue(tx, "a", {}, dedupe_key="product:7") is None
        finish.set()
        await runs.called.wait()
    assert len(runs.seen) == 2


async def test_a_worker_whose_connections_were_cut_goes_on(database: Database) -> None:
    """After a restart of PostgreSQL the worker takes jobs again by itself."""
    first, second = Recorder(), Recorder()
    async with working(database, {"first": first, "second": second}):
        await enqueue(database, "first", {})
        await first.called.wait()
        async with database.session() as connection:
            await connection.fetch(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        await enqueue(database, "second", {})
        await second.called.wait()


async def test_a_schedule_enqueues_its_job(database: Database) -> None:
    """Every second, by the sixth field of the expression."""
    handler = Recorder()
    async with working(database, {"tick": handler}, [Schedule("* * * * * *", "tick")]):
        await handler.called.wait()
    assert handler.seen[0] == {}


def test_schedules_are_wall_time_of_the_shop() -> None:
    """Half past midnight in Shanghai is half past four in the afternoon in UTC."""
    executor = job_worker._ShanghaiCron(
        ScheduleExecutorFactoryParameters("a", "30 0 * * *", Recorder().__call__, clean_old=False)  # type: ignore[arg-type]  # NewTypes of str
    )
    with clock.moved_to(datetime(2026, 8, 1, 12, tzinfo=UTC)):
        assert executor.get_next() == datetime(2026, 8, 1, 16, 30, tzinfo=UTC)


async def test_a_schedule_without_handler_is_refused_at_the_start(database: Database) -> None:
    """A name mistyped is found before the first night."""
    with pytest.raises(ValueError, match=r"^schedules without handler: slots\.make$"):
        await job_worker.work(database, {}, [Schedule("0 0 * * *", "slots.make")], stop=asyncio.Event())


def test_delays_double_within_their_bound_and_never_all_at_once() -> None:
    """Between half and all of 2, 4, 8 ... seconds, at most the longest."""
    retry = Retry(first=timedelta(seconds=2), longest=timedelta(seconds=60))
    for failures, whole in [(1, 2), (2, 4), (3, 8), (6, 60), (5000, 60)]:
        delays = {retry.delay(failures).total_seconds() for _ in range(20)}
        assert whole / 2 <= min(delays) <= max(delays) <= whole
        assert len(delays) > 1
    assert AT_ONCE.delay(1) == timedelta(0)
