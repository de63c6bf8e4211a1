"""Migrations apply once and leave nothing to detect."""

import asyncpg

from app import migrate
from app.embedded import databases, postgres


async def test_upgrade_applies_everything_once(server: postgres.Running) -> None:
    """A new database gets the whole history; the second run finds nothing to do."""
    made = await databases.provision(server, "test_upgrade")
    assert await migrate.upgrade(made.owner_dsn) == migrate.KNOWN
    assert await migrate.upgrade(made.owner_dsn) == []
    connection = await asyncpg.connect(made.app_dsn)
    assert await migrate.pending(connection) == []
    await connection.close()
    await databases.drop(server, made.name)


async def test_nothing_undetected() -> None:
    """The models say nothing that the migrations do not."""
    assert await migrate.undetected() == []


async def test_a_missing_migration_is_named(owner_url: str) -> None:
    """What a database lacks is told by name, so that readiness can refuse to serve."""
    connection = await asyncpg.connect(owner_url)
    await connection.execute("DELETE FROM tortoise_migrations WHERE name = $1", migrate.KNOWN[-1])
    assert await migrate.pending(connection) == [migrate.KNOWN[-1]]
    await connection.close()
