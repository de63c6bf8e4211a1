"""A key per person, and erasure by destroying it."""

import asyncio
from base64 import b64encode

import pytest

from app.kit import crypto, data_keys, db
from app.kit.crypto import KeyRing
from app.kit.models import DataKey
from app.tables import Database
from tests.kit.conftest import PATIENCE

RING = KeyRing.parse(f"k1:{b64encode(b'1' * 32).decode()}")
ROTATED = KeyRing.parse(f"k2:{b64encode(b'2' * 32).decode()},k1:{b64encode(b'1' * 32).decode()}")
ANNA = "customer:7"


async def ensured(database: Database, subject: str = ANNA, ring: KeyRing = RING) -> bytes:
    """The subject's key, in a session and transaction of its own."""
    async with database.session(), db.transaction() as tx:
        return await data_keys.ensure(tx, ring, subject)


async def fetched(database: Database, subject: str = ANNA, ring: KeyRing = RING) -> bytes:
    """The subject's key, read."""
    async with database.session() as connection:
        return await data_keys.fetch(connection, ring, subject)


async def test_a_subject_has_one_key(database: Database) -> None:
    """Made once, found again, different for each."""
    key = await ensured(database)
    assert await ensured(database) == key
    assert await fetched(database) == key
    assert await ensured(database, "customer:8") != key


async def test_two_at_once_get_the_same_key(database: Database) -> None:
    """The unique index decides, the loser reads."""
    async with asyncio.timeout(PATIENCE):
        keys = await asyncio.gather(*(ensured(database) for _ in range(8)))
    assert len(set(keys)) == 1


async def test_the_key_is_stored_wrapped_only(database: Database) -> None:
    """What stands in the table is no key."""
    key = await ensured(database)
    async with database.session():
        row = await DataKey.get(subject=ANNA)
    assert row.ring_key == "k1"
    assert key not in (row.wrapped or b"")
    assert RING.unwrap("k1", row.wrapped or b"", ANNA.encode()) == key


async def test_after_rotation_of_the_ring_old_keys_open_and_new_ones_use_the_new(database: Database) -> None:
    """Both rings read Anna; Ben is wrapped by the newest."""
    key = await ensured(database)
    assert await fetched(database, ring=ROTATED) == key
    await ensured(database, "customer:8", ROTATED)
    with pytest.raises(crypto.UnknownRingKey):
        await fetched(database, "customer:8", RING)


async def test_destroying_makes_what_was_sealed_unreadable(database: Database) -> None:
    """Before: readable. After: no key, not now and not by asking for a new one."""
    sealed = crypto.seal(await ensured(database), b"13800138000", b"customer.phone_sealed:7")
    assert crypto.unseal(await fetched(database), sealed, b"customer.phone_sealed:7") == b"13800138000"
    async with database.session():
        async with db.transaction() as tx:
            assert await data_keys.destroy(tx, ANNA)
            assert not await data_keys.destroy(tx, ANNA)
        row = await DataKey.get(subject=ANNA)
    assert row.wrapped is None
    assert row.destroyed_at is not None
    with pytest.raises(data_keys.DataKeyDestroyed):
        await fetched(database)
    with pytest.raises(data_keys.DataKeyDestroyed):
        await ensured(database)


async def test_a_destruction_that_is_rolled_back_destroys_nothing(database: Database) -> None:
    """Erasure is whole or not at all."""
    key = await ensured(database)

    async def fail() -> None:
        async with database.session(), db.transaction() as tx:
            await data_keys.destroy(tx, ANNA)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await fetched(database) == key


async def test_a_subject_without_a_key_is_told_apart(database: Database) -> None:
    """Never had one is not erased."""
    with pytest.raises(data_keys.NoDataKey, match="customer:9"):
        await fetched(database, "customer:9")


async def test_keys_are_made_and_destroyed_in_transactions_only(database: Database) -> None:
    """Together with the row they belong to."""
    async with database.session() as connection:
        with pytest.raises(db.NoTransactionError):
            await data_keys.ensure(connection, RING, ANNA)
        with pytest.raises(db.NoTransactionError):
            await data_keys.destroy(connection, ANNA)
