"""Rotation of the key ring: every data key is wrapped anew, and what was sealed with it still opens."""

import asyncio
from base64 import b64encode

import asyncpg
import pytest

from app.kit import crypto, data_keys, db, rotation
from app.kit.crypto import KeyRing, UnknownRingKey
from app.kit.rotation import BATCH, RingUse
from app.kit.vault import Vault
from app.tables import Database
from tests.kit.conftest import PATIENCE
from tests.shop import NOW

OLD = f"k1:{b64encode(b'1' * 32).decode()}"
NEW = f"k2:{b64encode(b'2' * 32).decode()}"
RING = KeyRing.parse(OLD)
ROTATED = KeyRing.parse(f"{NEW},{OLD}")
ALONE = KeyRing.parse(NEW)
MANY = 10_000
PLACE = "customer.phone"


async def fill(owner_url: str, count: int) -> None:
    """Customers with a phone number each, sealed under data keys that the old ring key wraps."""
    keys, people = [], []
    for number in range(1, count + 1):
        subject, key = f"customer:{number}", crypto.new_key()
        keys.append((subject, *RING.wrap(key, subject.encode()), NOW))
        sealed = crypto.seal(key, f"+86138{number:08}".encode(), f"{PLACE} of {subject}".encode())
        people.append((number, sealed, number.to_bytes(32), "优友", "ACTIVE", False, NOW))
    connection = await asyncpg.connect(owner_url)
    named = ["subject", "ring_key", "wrapped", "created_at"]
    await connection.copy_records_to_table("data_key", records=keys, columns=named)
    named = ["id", "phone_sealed", "phone_index", "display_name", "status", "is_demo", "created_at"]
    await connection.copy_records_to_table("customer", records=people, columns=named)
    await connection.close()


async def rotated(database: Database, ring: KeyRing = ROTATED) -> list[int]:
    """The batches of one rotation."""
    async with database.session():
        return [count async for count in rotation.rotate(ring)]


async def used(database: Database, ring: KeyRing = ROTATED) -> RingUse:
    """Which ring keys are in use."""
    async with database.session():
        return await rotation.use(ring)


async def opened(database: Database, ring: KeyRing) -> int:
    """How many of the customers' numbers open with `ring`, each as it was sealed."""
    vault, count = Vault(ring, "unused"), 0
    async with database.session() as connection:
        for number, sealed in await db.fetch("SELECT id, phone_sealed FROM customer ORDER BY id"):
            found = await vault.unseal(connection, f"customer:{number}", PLACE, sealed)
            count += found == f"+86138{number:08}"
    return count


async def test_ten_thousand_customers_are_rotated(database: Database, owner_url: str) -> None:
    """In batches; afterwards the new ring key alone opens every number, and a second run finds nothing to do."""
    await fill(owner_url, MANY)
    assert await used(database) == RingUse(newest=0, older={"k1": MANY}, idle=[], missing={})
    assert await rotated(database) == [BATCH] * (MANY // BATCH)
    assert await used(database) == RingUse(newest=MANY, older={}, idle=["k1"], missing={})
    assert await rotated(database) == []
    assert await opened(database, ALONE) == MANY


async def test_a_batch_takes_the_same_statements_however_many_wait(app_url: str, owner_url: str) -> None:
    """One that reads and one that writes, in a transaction, whatever their number."""
    await fill(owner_url, BATCH + 1)
    log: list[str] = []
    database = await Database.open(app_url, size=1, watch=lambda each: log.append(each.query))
    assert await rotated(database) == [BATCH, 1]
    await database.close()
    acts = [each for each in log if "data_key" in each]
    assert (len(acts), len(set(acts))) == (5, 2)  # the third reading finds nothing


async def test_two_at_once_share_the_work(database: Database, owner_url: str) -> None:
    """No key is wrapped twice, none is left."""
    await fill(owner_url, 4 * BATCH + 7)
    async with asyncio.timeout(PATIENCE):
        shares = await asyncio.gather(rotated(database), rotated(database))
    assert sum(map(sum, shares)) == 4 * BATCH + 7
    assert (await used(database)).newest == 4 * BATCH + 7
    assert await opened(database, ALONE) == 4 * BATCH + 7


async def test_one_that_was_broken_off_is_taken_up(database: Database, owner_url: str) -> None:
    """What it did stays done; the next does the rest."""
    await fill(owner_url, 2 * BATCH + 1)
    async with database.session():
        async for count in rotation.rotate(ROTATED):
            assert count == BATCH
            break
    assert await used(database) == RingUse(newest=BATCH, older={"k1": BATCH + 1}, idle=[], missing={})
    assert await rotated(database) == [BATCH, 1]


async def test_a_key_held_elsewhere_is_passed_over(database: Database, owner_url: str) -> None:
    """And told: an erasure under way is not waited for."""
    await fill(owner_url, 3)
    async with asyncio.timeout(PATIENCE), database.session(), db.transaction() as tx:
        await data_keys.destroy(tx, "customer:2")
        assert await asyncio.create_task(rotated(database)) == [2]
        assert (await asyncio.create_task(used(database))).waiting == 1
    assert await rotated(database) == []
    assert await used(database) == RingUse(newest=2, older={}, idle=["k1"], missing={})


async def test_a_destroyed_key_stays_destroyed(database: Database, owner_url: str) -> None:
    """It counts for no ring key."""
    await fill(owner_url, 2)
    async with database.session(), db.transaction() as tx:
        await data_keys.destroy(tx, "customer:1")
    assert await rotated(database) == [1]
    async with database.session() as connection:
        with pytest.raises(data_keys.DataKeyDestroyed):
            await data_keys.fetch(connection, ROTATED, "customer:1")


async def test_a_ring_without_the_old_key_changes_nothing(database: Database, owner_url: str) -> None:
    """It is refused, and what the ring lacks is told."""
    await fill(owner_url, 2)
    with pytest.raises(UnknownRingKey, match="k1"):
        await rotated(database, ALONE)
    assert await used(database, ALONE) == RingUse(newest=0, older={}, idle=[], missing={"k1": 2})
    assert await opened(database, RING) == 2
