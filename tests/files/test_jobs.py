"""The sweep: what it takes, what it leaves, and that it may be broken off anywhere."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from app.files import jobs
from app.files.store import Store
from app.kit import clock
from app.tables import Database
from tests.files.uploaded import upload
from tests.rows import Rows

OLD = clock.now() - jobs.KEPT - timedelta(minutes=1)
YOUNG = clock.now() - jobs.KEPT + timedelta(minutes=10)


class BreaksOff(Exception):  # noqa: N818 - what the test does to the sweep
    """The worker died."""


async def put(store: Store, folder: Path, name: str, at: float, place: str = "uploads") -> str:
    """A file in the folder of the business day two days ago, last written at `at`."""
    key = f"{place}/{clock.today() - timedelta(days=2):%Y%m%d}/{name}"
    await store.put(key, b"x", "image/jpeg")
    os.utime(folder / key, (at, at))
    return key


async def run(database: Database, store: Store) -> None:
    """The job as the worker runs it."""
    async with database.session():
        await jobs.sweep(store, {})


async def keys(database: Database) -> list[str]:
    """Of each upload's row, its file's name."""
    found = await database.pool.fetch("SELECT storage_key FROM upload ORDER BY id")
    return [row[0].rpartition("/")[2] for row in found]


def names(folder: Path) -> list[str]:
    """The files that are there."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A folder."""
    return Store.open(tmp_path.as_uri())


async def test_what_nobody_used_goes(opened: Database, rows: Rows, store: Store, tmp_path: Path) -> None:
    """Row and file; what is used or young stays. Twice is harmless."""
    for name, values in (
        ("unused", {"at": OLD}),
        ("young", {"at": YOUNG}),
        ("used", {"at": OLD, "referenced_at": clock.now()}),
    ):
        await upload(rows, storage_key=await put(store, tmp_path, name, OLD.timestamp()), **values)
    for _ in range(2):
        await run(opened, store)
        assert await keys(opened) == ["young", "used"]
        assert names(tmp_path) == ["used", "young"]


async def test_more_than_a_batch_goes_at_once(
    opened: Database, rows: Rows, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files were gone before: that is no reason to stop."""
    monkeypatch.setattr(jobs, "BATCH", 2)
    for _ in range(5):
        await upload(rows, at=OLD)
    await run(opened, store)
    assert await keys(opened) == []


async def test_files_without_a_row_go(opened: Database, rows: Rows, store: Store, tmp_path: Path) -> None:
    """Left by a crash, or put for a ticket that nobody completed; not while its ticket or its upload may come."""
    for name, at, place in (
        ("stray", OLD, "uploads"),
        ("fresh", YOUNG, "uploads"),
        ("put", OLD, "incoming"),
        ("promised", OLD, "incoming"),
    ):
        key = await put(store, tmp_path, name, at.timestamp(), place)
        if name == "promised":
            hour = timedelta(hours=1)
            given = {"storage_key": key, "size_bytes": 1, "caller": "customer:7"}
            await rows.insert("upload_ticket", **given, created_at=YOUNG, expires_at=YOUNG + hour)
    await store.put("media/20261120/seeded.webp", b"x", "image/webp")
    await run(opened, store)
    assert names(tmp_path) == ["fresh", "promised", "seeded.webp"]


async def test_a_ticket_goes_before_its_upload(opened: Database, rows: Rows, store: Store) -> None:
    """So do counts of days that are over."""
    key = await upload(rows, at=OLD)
    hour = timedelta(hours=1)
    given = {"storage_key": "incoming/1", "size_bytes": 1, "caller": "customer:7", "upload_id": key}
    await rows.insert("upload_ticket", **given, created_at=OLD, expires_at=OLD + hour)
    for day in (0, 1, 2):
        date = clock.today() - timedelta(days=day)
        await rows.insert("upload_budget", caller="customer:7", business_day=date, size_bytes=1)
    await run(opened, store)
    assert await keys(opened) == []
    assert await opened.pool.fetchval("SELECT count(*) FROM upload_ticket") == 0
    assert await opened.pool.fetchval("SELECT min(business_day) FROM upload_budget") == clock.today() - timedelta(
        days=1
    )


@pytest.mark.parametrize("is_deleted", [False, True], ids=["before the file went", "after the file went"])
async def test_a_sweep_that_broke_off_is_finished_by_the_next(
    *,
    is_deleted: bool,
    opened: Database,
    rows: Rows,
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In between, the row is marked: nothing can use it."""
    await upload(rows, at=OLD, storage_key=await put(store, tmp_path, "unused", OLD.timestamp()))

    async def dies(self: Store, key: str) -> None:
        if is_deleted:
            (tmp_path / key).unlink()
        raise BreaksOff

    with monkeypatch.context() as broken:
        broken.setattr(Store, "delete", dies)
        with pytest.raises(BreaksOff):
            await run(opened, store)
    assert await keys(opened) == ["unused"]
    assert await opened.pool.fetchval("SELECT discarded_at IS NOT NULL FROM upload")
    await run(opened, store)
    assert (await keys(opened), names(tmp_path)) == ([], [])
