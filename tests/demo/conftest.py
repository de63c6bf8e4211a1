"""One seeded shop per run: read by most tests, cloned by those that change it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

import asyncpg
import pytest

from app.demo.seed import seed
from app.embedded import databases, postgres

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


def silent(_stage: str, _done: int, _total: int) -> None:
    """A progress callback that says nothing."""


@pytest.fixture(scope="session")
async def seeded(server: postgres.Running, migrated: str) -> AsyncIterator[databases.Database]:
    """A database with the demo shop of `NOW` at scale 1; nobody stays connected to it."""
    made = await databases.clone(server, migrated, f"seeded_{uuid4().hex[:12]}")
    owner = await asyncpg.connect(made.owner_dsn)
    await seed(owner, scale=1, now=NOW, progress=silent)
    await owner.close()
    yield made
    await databases.drop(server, made.name)


@pytest.fixture
async def shop(seeded: databases.Database) -> AsyncIterator[asyncpg.Connection]:
    """A connection to the seeded shop for reading: a test that writes here disturbs the others."""
    connection = await asyncpg.connect(seeded.owner_dsn, server_settings={"default_transaction_read_only": "on"})
    yield connection
    await connection.close()


@pytest.fixture
async def own(server: postgres.Running, seeded: databases.Database) -> AsyncIterator[databases.Database]:
    """A copy of the seeded shop that a test may change."""
    made = await databases.clone(server, seeded.name, f"shop_{uuid4().hex[:12]}")
    yield made
    await databases.drop(server, made.name)


@pytest.fixture
async def own_shop(own: databases.Database) -> AsyncIterator[asyncpg.Connection]:
    """A connection to that copy."""
    connection = await asyncpg.connect(own.owner_dsn)
    yield connection
    await connection.close()
