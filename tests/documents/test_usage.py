"""What was asked for is counted without a statement and written in one."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from app.documents import usage as module
from app.documents import usage_list
from app.documents.histogram import ENDS
from app.documents.queries import app_by_code
from app.documents.rules import p99_milliseconds
from app.documents.usage import Usage
from app.kit import clock
from app.tables import Database
from tests.documents.registered import HOT, TREE, forget_staffs, released
from tests.shop import NOW

ROWS = "SELECT sha256, used_on, calls, errors, last_used_at, latency FROM document_usage ORDER BY used_on, sha256"


@pytest.fixture
async def database(database: Database) -> Database:
    """The test's own, where the app `staff` has no version yet."""
    await forget_staffs(database)
    return database


async def app_id(database: Database) -> int:
    """The key of the app that the tests count for."""
    async with database.session():
        app = await app_by_code("staff")
    assert app is not None
    return app.id


async def flush(usage: Usage, database: Database) -> tuple[int, int]:
    """How many rows were written, and in how many statements."""
    async with database.session() as connection:
        return await usage.flush(), connection.statements


async def test_processes_and_days_add_up_in_one_statement_each(database: Database) -> None:
    """Calls, errors, the last time and the histogram; a business day ends at midnight in Shanghai."""
    app, one, two = await app_id(database), Usage(), Usage()
    midnight = NOW.replace(hour=0) + timedelta(days=1)
    with clock.moved_to(midnight - timedelta(seconds=1)):
        one.note(app, HOT.sha256, 0.001, has_errors=False)
        one.note(app, HOT.sha256, 0.001, has_errors=True)
        two.note(app, HOT.sha256, 20.0, has_errors=False)
        two.note(app, TREE.sha256, 0.0, has_errors=False)
    with clock.moved_to(midnight):
        one.note(app, HOT.sha256, 0.001, has_errors=False)
    assert await flush(one, database) == (2, 1)
    assert await flush(two, database) == (2, 1)
    assert await flush(two, database) == (0, 0)
    rows = await database.pool.fetch(ROWS)
    day = NOW.date()
    assert {(row["sha256"], row["used_on"]): (row["calls"], row["errors"]) for row in rows} == {
        (TREE.sha256, day): (1, 0),
        (HOT.sha256, day): (3, 1),
        (HOT.sha256, day + timedelta(days=1)): (1, 0),
    }
    hot = next(row for row in rows if row["sha256"] == HOT.sha256 and row["used_on"] == day)
    assert (hot["calls"], hot["errors"], hot["last_used_at"]) == (3, 1, midnight - timedelta(seconds=1))
    assert (sum(hot["latency"]), hot["latency"][-1]) == (3, 1)


async def test_what_cannot_be_written_is_kept(database: Database) -> None:
    """Together with what is counted meanwhile."""
    app, usage = await app_id(database), Usage()
    usage.note(app, HOT.sha256, 0.001, has_errors=False)
    usage.note(0, HOT.sha256, 0.001, has_errors=False)  # no such app
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await flush(usage, database)
    usage.note(app, HOT.sha256, 0.001, has_errors=True)
    usage._counts = {used: count for used, count in usage._counts.items() if used.app_id}
    assert await flush(usage, database) == (1, 1)
    assert [tuple(row)[2:4] for row in await database.pool.fetch(ROWS)] == [(2, 1)]


async def test_a_process_writes_now_and_then_and_at_its_end(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without being asked."""
    app, usage = await app_id(database), Usage()
    monkeypatch.setattr(module, "FLUSH_EVERY", 0.001)
    keeping = asyncio.create_task(usage.keep_flushing(database))
    usage.note(app, HOT.sha256, 0.001, has_errors=False)
    async with asyncio.timeout(60):
        while not await database.pool.fetch(ROWS):
            pass
    usage.note(app, HOT.sha256, 0.001, has_errors=False)  # the next round takes it, or the end does
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)
    assert (await database.pool.fetch(ROWS))[0]["calls"] == 2


async def test_the_list_is_read_in_pages_with_names(database: Database) -> None:
    """The newest first; the name is that of the newest version with the text, none where there is none any more."""
    await released(database, "staff", HOT)
    app, usage = await app_id(database), Usage()
    for day in range(3):
        with clock.moved_to(NOW + timedelta(days=day)):
            usage.note(app, HOT.sha256, 0.0009 * (day + 1), has_errors=False)
        await flush(usage, database)
    usage.note(app, "0" * 64, 0.001, has_errors=False)
    await flush(usage, database)
    async with database.session():
        first = await usage_list.page("staff", first=3, after=None)
        assert first is not None
        second = await usage_list.page("staff", first=3, after=first.end_cursor)
        assert second is not None
        assert await first.total() == 4
        assert await usage_list.page("nobody", first=3, after=None) is None
    assert [row.name for row in (*first.rows, *second.rows)] == [None, "Hot", "Hot", "Hot"]
    assert [row.used_on for row in second.rows] == [NOW.date()]
    assert (first.has_next, second.has_next) == (True, False)
    assert p99_milliseconds(second.rows[0].latency) == round(min(end for end in ENDS if end >= 0.0009) * 1000, 2)
