"""An upload is used once, by whoever brought it, for what it is: the row's lock decides."""

import asyncio
from collections.abc import Collection
from datetime import timedelta

import pytest

from app.files import service
from app.files.enums import FileKind
from app.files.errors import UploadAlreadyUsed, UploadNotFound, UploadOfWrongKind
from app.files.jobs import sweep
from app.files.store import Store
from app.kit import clock, db
from app.kit.caller import Caller
from app.kit.db import NoTransactionError
from app.kit.errors import Refusal, Refused
from app.tables import Database
from tests.files.uploaded import upload
from tests.http.uploading import ANNA, BEN
from tests.rows import Rows
from tests.shop import NO_FILES

IMAGES = frozenset({FileKind.IMAGE})


async def use(database: Database, *keys: int, caller: Caller = ANNA, kinds: Collection[FileKind] = IMAGES) -> list[int]:
    """A write of its own that uses the uploads; their keys in its answer's order."""
    async with database.session(), db.transaction() as tx:
        return [row.id for row in await service.reference_all(tx, keys, caller, kinds)]


async def referenced(database: Database) -> list[bool]:
    """Of each upload, whether something refers to it."""
    found = await database.pool.fetch("SELECT referenced_at IS NOT NULL FROM upload ORDER BY id")
    return [row[0] for row in found]


async def test_uploads_are_used_in_the_order_asked_for(opened: Database, rows: Rows) -> None:
    """All of one write's pictures by two statements."""
    first, second, third = [await upload(rows) for _ in range(3)]
    async with opened.session() as connection, db.transaction() as tx:
        before = connection.statements
        used = await service.reference_all(tx, [third, first], ANNA, IMAGES)
        assert connection.statements - before == 2
    assert [row.id for row in used] == [third, first]
    assert [row.width for row in used] == [48, 48]
    assert await referenced(opened) == [True, False, True]
    assert second not in [row.id for row in used]


async def test_one_upload_is_its_row(opened: Database, rows: Rows) -> None:
    """For a write that needs one file."""
    key = await upload(rows)
    async with opened.session(), db.transaction() as tx:
        used = await service.reference(tx, key, ANNA, IMAGES)
    assert (used.id, used.content_type) == (key, "image/jpeg")
    assert await referenced(opened) == [True]


@pytest.mark.parametrize(
    ("values", "caller", "kinds", "reason"),
    [
        ({}, BEN, IMAGES, UploadNotFound),
        ({"discarded_at": clock.now()}, ANNA, IMAGES, UploadNotFound),
        ({}, ANNA, {FileKind.DOCUMENT, FileKind.VIDEO}, UploadOfWrongKind),
    ],
    ids=["another's", "swept", "a picture"],
)
async def test_what_may_not_be_used_is_refused(
    *,
    opened: Database,
    rows: Rows,
    values: dict[str, object],
    caller: Caller,
    kinds: Collection[FileKind],
    reason: type[Refusal],
) -> None:
    """Nothing of the same write is used either."""
    good, bad = await upload(rows, caller), await upload(rows, **values)
    with pytest.raises(Refused) as refused:
        await use(opened, bad, caller=caller, kinds=kinds)
    assert type(refused.value.reason) is reason
    with pytest.raises(Refused):
        await use(opened, good, bad, caller=caller, kinds=kinds)
    assert await referenced(opened) == [False, False]


async def test_what_is_not_there_is_refused(opened: Database) -> None:
    """As another's is."""
    with pytest.raises(Refused) as refused:
        await use(opened, 4711)
    assert refused.value.reason == UploadNotFound()


async def test_an_upload_is_used_once(opened: Database, rows: Rows) -> None:
    """Neither in a second write nor twice in one."""
    key, other = await upload(rows), await upload(rows)
    await use(opened, key)
    for keys in ((key,), (other, key), (other, other)):
        with pytest.raises(Refused) as refused:
            await use(opened, *keys)
        assert refused.value.reason == UploadAlreadyUsed()
    assert await referenced(opened) == [True, False]


async def test_of_writes_at_once_one_uses_it(opened: Database, rows: Rows) -> None:
    """The others are refused; crossing orders do not wait for each other."""
    first, second = await upload(rows), await upload(rows)
    asked = [use(opened, first, second), use(opened, second, first), use(opened, second), use(opened, first)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert {type(answer.reason) for answer in refused} == {UploadAlreadyUsed}
    assert len(refused) in {2, 3}
    assert await referenced(opened) == [True, True]


async def test_a_write_that_rolls_back_uses_nothing(opened: Database, rows: Rows) -> None:
    """The upload is free for the next one."""
    key = await upload(rows)

    async def fails() -> None:
        async with opened.session(), db.transaction() as tx:
            await service.reference(tx, key, ANNA, IMAGES)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    assert await referenced(opened) == [False]
    assert await use(opened, key) == [key]


async def test_outside_a_transaction_nothing_is_used(opened: Database, rows: Rows) -> None:
    """The use stands or falls with a business write."""
    key = await upload(rows)
    async with opened.session() as connection:
        with pytest.raises(NoTransactionError):
            await service.reference(connection, key, ANNA, IMAGES)
    assert await referenced(opened) == [False]


async def test_the_sweep_passes_by_what_is_being_used(opened: Database, rows: Rows) -> None:
    """The write holds the row: the sweep does not wait, and afterwards there is nothing for it to take."""
    key = await upload(rows, at=clock.now() - timedelta(days=2))
    store = Store.open(NO_FILES)
    async with opened.session(), db.transaction() as tx:
        await service.reference(tx, key, ANNA, IMAGES)
        await asyncio.create_task(_sweep(opened, store))
    await _sweep(opened, store)
    assert await referenced(opened) == [True]


async def test_what_the_sweep_took_first_is_not_used(opened: Database, rows: Rows) -> None:
    """The write waits for the sweep's mark, and is refused."""
    key = await upload(rows, at=clock.now() - timedelta(days=2))
    async with opened.pool.acquire() as connection, connection.transaction():
        await connection.execute("UPDATE upload SET discarded_at = now() WHERE id = $1", key)
        using = asyncio.create_task(use(opened, key))
        while not await connection.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):
            assert not using.done()
    with pytest.raises(Refused) as refused:
        await using
    assert refused.value.reason == UploadNotFound()


async def _sweep(database: Database, store: Store) -> None:
    async with database.session():
        await sweep(store, {})
