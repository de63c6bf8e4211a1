"""Migrations apply once and leave nothing to detect."""

import asyncpg

from app import migrate


async def test_upgrade_applied_everything_once(owner_url: str, app_url: str) -> None:
    """A new database got the whole history in order; the second run finds nothing to do."""
    connection = await asyncpg.connect(app_url)
    applied = await connection.fetch("SELECT name FROM tortoise_migrations ORDER BY id")
    assert [row["name"] for row in applied] == migrate.KNOWN
    assert await migrate.upgrade(owner_url) == []
    assert await migrate.pending(connection) == []
    await connection.close()


async def test_nothing_undetected() -> None:
    """The models say nothing that the migrations do not."""
    assert await migrate.undetected() == []


async def test_a_missing_migration_is_named(owner_url: str) -> None:
    """What a database lacks is told by name, so that readiness can refuse to serve."""
    connection = await asyncpg.connect(owner_url)
    await connection.execute("DELETE FROM tortoise_migrations WHERE name = $1", migrate.KNOWN[-1])
    assert await migrate.pending(connection) == [migrate.KNOWN[-1]]
    await connection.close()
