"""The real parts every test stands on: one embedded PostgreSQL per run, a fresh database per test."""

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest

from app import migrate, publishing
from app.demo.seed import seed
from app.embedded import databases, postgres, redis
from app.tables import Database
from tests import memory
from tests.emptying import empty
from tests.rows import Rows
from tests.shop import NOW, Shop, open_shop

WORKER = "PYTEST_XDIST_WORKER"  # names a worker to itself
MIGRATED = "migrated"
SEEDED = "seeded"
REGISTRY = ("app", "manifest", "document")  # what migrating publishes, parents first
_LOCK = 4_711
STAFF_TABLES = {
    "audit_entry",
    "audit_unsealed",
    "data_key",
    "idempotent_answer",
    "refresh_token",
    "sign_in",
    "sign_in_attempts",
    "staff",
    "staff_pickup_point",
    "staff_role",
}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a test's own database is, for each of the two roles."""

    owner_url: str
    app_url: str


def pytest_configure() -> None:
    """The process that starts the workers claims memory for all of them."""
    if WORKER not in os.environ:
        memory.claim()


def pytest_sessionfinish() -> None:
    """The workers are done by then, and their servers have stopped."""
    if WORKER not in os.environ:
        memory.give_back()


@pytest.fixture(scope="session")
def run_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all xdist workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if WORKER in os.environ else base


@pytest.fixture(scope="session")
def server(run_dir: Path) -> Iterator[postgres.Running]:
    """The PostgreSQL of this run; the last worker to leave stops it."""
    with postgres.running((memory.claimed() or run_dir) / "postgres", durable=False) as running:
        yield running


@pytest.fixture(scope="session")
def redis_url(run_dir: Path) -> Iterator[str]:
    """The Redis of this run."""
    with redis.running(run_dir / "redis", durable=False) as running:
        yield running.url


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[redis.Running]:
    """A Redis of this test's own: nobody else announces there, and the test may stop it."""
    yield redis.start(tmp_path / "own-redis", durable=False)
    redis.stop(tmp_path / "own-redis")


async def publish(owner_url: str) -> None:
    """Registers the documents of the tree, as every installation does. The tests begin with an empty audit log."""
    await publishing.publish(owner_url)
    connection = await asyncpg.connect(owner_url)
    await connection.execute("TRUNCATE audit_entry RESTART IDENTITY CASCADE")
    await connection.close()


@pytest.fixture(scope="session")
async def migrated(server: postgres.Running) -> str:
    """The name of a database as `yougou migrate` leaves it, made once per run: a template for clones."""
    guard = await asyncpg.connect(host=server.host, port=server.port, user=server.user, database="postgres")
    try:
        await guard.execute("SELECT pg_advisory_lock($1)", _LOCK)
        if not await guard.fetchval("SELECT true FROM pg_database WHERE datname = $1", MIGRATED):
            draft = await databases.provision(server, f"{MIGRATED}_draft")
            await migrate.upgrade(draft.owner_dsn)
            await publish(draft.owner_dsn)
            await guard.execute(f"ALTER DATABASE {draft.name} RENAME TO {MIGRATED}")
    finally:
        await guard.close()
    return MIGRATED


@pytest.fixture(scope="session")
async def seeded(server: postgres.Running, migrated: str) -> Addresses:
    """The demo shop as of tests.shop.NOW, made once per run; shared by all tests, so nobody may write to it."""
    guard = await asyncpg.connect(host=server.host, port=server.port, user=server.user, database="postgres")
    try:
        await guard.execute("SELECT pg_advisory_lock($1)", _LOCK)
        if not await guard.fetchval("SELECT true FROM pg_database WHERE datname = $1", SEEDED):
            draft = await databases.clone(server, migrated, f"{SEEDED}_draft")
            connection = await asyncpg.connect(draft.owner_dsn)
            await seed(connection, scale=1, now=NOW, progress=lambda *_: None)
            await connection.close()
            await publish(draft.owner_dsn)
            await guard.execute(
                f"ALTER ROLE {databases.APP} IN DATABASE {draft.name} SET default_transaction_read_only = on"
            )
            await guard.execute(f"ALTER DATABASE {draft.name} RENAME TO {SEEDED}")
        made = await databases.provision(server, SEEDED)
    finally:
        await guard.close()
    return Addresses(made.owner_dsn, made.app_dsn)


@pytest.fixture(scope="session")
async def shop(seeded: Addresses) -> AsyncIterator[Shop]:
    """The application over the demo shop, asked at tests.shop.NOW."""
    async with open_shop(seeded.app_url) as opened:
        yield opened


@pytest.fixture
async def addresses(server: postgres.Running, migrated: str) -> AsyncIterator[Addresses]:
    """A migrated, empty database of this test's own."""
    made = await databases.clone(server, migrated, f"test_{uuid4().hex[:12]}")
    yield Addresses(made.owner_dsn, made.app_dsn)
    await databases.drop(server, made.name)


@pytest.fixture
def owner_url(addresses: Addresses) -> str:
    """The test's database for the role that migrates and seeds."""
    return addresses.owner_url


@pytest.fixture
def app_url(addresses: Addresses) -> str:
    """The test's database for the role that serves."""
    return addresses.app_url


@pytest.fixture
async def database(app_url: str) -> AsyncIterator[Database]:
    """The test's database, opened as the serving role."""
    opened = await Database.open(app_url, size=5)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
async def stage(server: postgres.Running, migrated: str) -> AsyncIterator[Addresses]:
    """A database of this worker's, for the rows that tests make by hand and `rows` takes away again."""
    made = await databases.clone(server, migrated, f"stage_{uuid4().hex[:12]}")
    connection = await asyncpg.connect(made.owner_dsn)
    await connection.execute("CREATE SCHEMA kept")
    for table in REGISTRY:
        await connection.execute(f"CREATE TABLE kept.{table} AS TABLE {table}")
    await connection.close()
    yield Addresses(made.owner_dsn, made.app_dsn)
    await databases.drop(server, made.name)


@pytest.fixture(scope="session")
async def janitor(server: postgres.Running, stage: Addresses) -> AsyncIterator[asyncpg.Connection]:
    """Who empties the stage: a superuser, whom no trigger stops."""
    name = urlsplit(stage.owner_url).path.lstrip("/")
    connection = await asyncpg.connect(host=server.host, port=server.port, user=server.user, database=name)
    yield connection
    await connection.close()


@pytest.fixture
async def rows(stage: Addresses, janitor: asyncpg.Connection) -> AsyncIterator[Rows]:
    """Writes rows by hand; they are gone after the test."""
    connection = await asyncpg.connect(stage.owner_url)
    written = Rows(connection)
    yield written
    if written.tables:
        await empty(janitor, written.tables)
        for table in REGISTRY:  # the tree's documents may have gone with a partner
            await connection.execute(f"INSERT INTO {table} SELECT * FROM kept.{table} ON CONFLICT DO NOTHING")
    await connection.close()


@pytest.fixture(scope="session")
async def bare_shop(stage: Addresses) -> AsyncIterator[Shop]:
    """The application over nothing but the rows of the test."""
    async with open_shop(stage.app_url) as opened:
        yield opened


@pytest.fixture
async def office(bare_shop: Shop, rows: Rows) -> Shop:
    """Nobody works for the shop yet."""
    rows.tables |= STAFF_TABLES
    return bare_shop
