"""The audit log's chain: what is sealed, and what a verification finds when rows were touched behind its back."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import asyncpg
import pytest

from app.kit import audit, audit_seals, clock, db
from app.kit.audit_seals import Link, State
from app.kit.caller import Caller, CallerKind
from app.tables import Database

STAFF = Caller(CallerKind.STAFF, 3)
NOON = datetime(2026, 8, 1, 4, tzinfo=UTC)


async def write(database: Database, *entity_ids: int) -> None:
    """One audited act per id, each in a transaction of its own."""
    for entity_id in entity_ids:
        async with database.session(), db.transaction() as tx:
            await audit.append(
                tx,
                STAFF,
                scope="catalog:write",
                action="publish",
                entity="Product",
                entity_id=entity_id,
                after={"n": 1},
            )


async def seal(database: Database) -> int:
    """One pass of the sealer."""
    async with database.session():
        return await audit_seals.seal()


async def found(database: Database, anchor: Link | None = None) -> list[tuple[int, str]]:
    """What is wrong, and where."""
    async with database.session():
        return [(at, problem) async for at, problem in audit_seals.problems(anchor) if problem is not None]


async def state(database: Database) -> State:
    """The chain's length and tail."""
    async with database.session():
        return await audit_seals.state()


@pytest.fixture
async def owner(owner_url: str) -> AsyncIterator[asyncpg.Connection]:
    """Somebody who may do anything to the tables."""
    connection = await asyncpg.connect(owner_url)
    yield connection
    await connection.close()


@pytest.fixture
async def sealed(database: Database) -> Database:
    """A chain of five entries, and two that wait."""
    with clock.moved_to(NOON):
        await write(database, 1, 2, 3, 4, 5)
        assert await seal(database) == 5
        await write(database, 6, 7)
    return database


async def test_the_tail_is_named_and_sealed_by_and_by(sealed: Database) -> None:
    """What waits is no problem; a pass without anything to do changes nothing."""
    assert await state(sealed) == State(links=5, waiting=2, first_waiting=6)
    assert await found(sealed) == []
    assert [await seal(sealed), await seal(sealed)] == [2, 0]
    assert await state(sealed) == State(links=7, waiting=0, first_waiting=None)
    assert await found(sealed) == []


async def test_an_empty_log_is_sound(database: Database) -> None:
    """There is no newest link to keep."""
    async with database.session():
        assert await audit_seals.head() is None
    assert (await found(database), await state(database)) == ([], State(0, 0, None))


@pytest.mark.parametrize(
    "change",
    [
        "happened_at = happened_at + interval '1 microsecond'",
        "caller = 'staff:4'",
        "scope = NULL",
        "action = 'Publish'",
        "entity = 'Sku'",
        "entity_id = 30",
        "before = '{}'",
        """after = '{"n": 2}'""",
        "trace_id = 'x'",
    ],
)
async def test_a_changed_entry_is_found(change: str, sealed: Database, owner: asyncpg.Connection) -> None:
    """Each of its columns is sealed."""
    await owner.execute(f"UPDATE audit_entry SET {change} WHERE id = 3")
    assert await found(sealed) == [(3, "entry 3 was changed")]


async def test_a_removed_entry_is_found(sealed: Database, owner: asyncpg.Connection) -> None:
    """With the keys that forbid it switched off; its link remains."""
    await owner.execute("ALTER TABLE audit_seal DROP CONSTRAINT " + await _foreign_key(owner))
    await owner.execute("DELETE FROM audit_entry WHERE id = 3")
    assert await found(sealed) == [(3, "entry 3 is missing")]


async def _foreign_key(owner: asyncpg.Connection) -> str:
    sql = "SELECT conname FROM pg_constraint WHERE conrelid = 'audit_seal'::regclass AND contype = 'f'"
    return str(await owner.fetchval(sql))


async def test_a_removed_link_is_found(sealed: Database, owner: asyncpg.Connection) -> None:
    """With its entry: the next link follows nothing."""
    await owner.execute("DELETE FROM audit_seal WHERE sequence = 3")
    await owner.execute("DELETE FROM audit_entry WHERE id = 3")
    assert await found(sealed) == [(4, "links 3 to 3 are missing")]


async def test_an_entry_slipped_in_is_found(sealed: Database, owner: asyncpg.Connection) -> None:
    """Written without being given to the sealer."""
    await owner.execute(
        "INSERT INTO audit_entry (happened_at, caller, action, entity, entity_id, after)"
        " VALUES (now(), 'staff:9', 'publish', 'Product', 9, '{}')"
    )
    assert await found(sealed) == [(0, "entry 8 was never given to be sealed")]


async def test_a_chain_made_anew_does_not_hold_an_anchor(sealed: Database, owner: asyncpg.Connection) -> None:
    """A changed entry with every link made again is sound by itself, but not for who kept the newest link."""
    async with sealed.session():
        anchor = await audit_seals.head()
    assert await found(sealed, anchor) == []
    await owner.execute("UPDATE audit_entry SET caller = 'staff:4' WHERE id = 3")
    await owner.execute("DELETE FROM audit_seal")
    await owner.execute("INSERT INTO audit_unsealed (entry_id) SELECT id FROM audit_entry WHERE id <= 5")
    await seal(sealed)
    assert await found(sealed) == []
    assert await found(sealed, anchor) == [(0, "the chain does not hold the anchor: it was cut or made anew")]


async def test_the_serving_role_cannot_touch_the_chain(sealed: Database) -> None:
    """It adds links, no more (DESIGN rule 6)."""
    for act in ("UPDATE audit_seal SET sealed_at = now()", "DELETE FROM audit_seal", "DELETE FROM audit_entry"):
        async with sealed.session():
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await db.current().execute(act)
    assert await found(sealed) == []


async def test_an_entry_under_way_is_sealed_when_it_is_there(database: Database) -> None:
    """A lower id that commits later comes behind a higher one in the chain, and nothing is lost."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slowly() -> None:
        async with database.session(), db.transaction() as tx:
            await audit.append(
                tx, STAFF, scope=None, action="publish", entity="Product", entity_id=1, after={"slow": True}
            )
            begun.set()
            await go_on.wait()

    slow = asyncio.create_task(slowly())
    await begun.wait()
    await write(database, 2)
    assert await seal(database) == 1
    go_on.set()
    await slow
    assert await seal(database) == 1
    assert await found(database) == []
    sequence = await database.pool.fetch("SELECT entry_id FROM audit_seal ORDER BY sequence")
    assert [row["entry_id"] for row in sequence] == [2, 1]


async def test_many_sealers_make_one_chain(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight at once, over and over, while entries come: each entry once, in one unbroken chain."""
    monkeypatch.setattr(audit_seals, "BATCH", 7)
    await asyncio.gather(*(write(database, *range(20)) for _ in range(4)), *(seal(database) for _ in range(40)))
    while (await state(database)).waiting:
        await seal(database)
    assert await state(database) == State(links=80, waiting=0, first_waiting=None)
    assert await found(database) == []


async def test_the_job_seals_all_that_waits(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batch by batch."""
    monkeypatch.setattr(audit_seals, "BATCH", 2)
    await write(database, 1, 2, 3, 4, 5)
    async with database.session():
        await audit_seals.seal_job({})
    assert await state(database) == State(links=5, waiting=0, first_waiting=None)
