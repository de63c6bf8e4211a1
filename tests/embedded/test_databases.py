"""Roles, databases and copies on the embedded PostgreSQL."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from tortoise.backends.asyncpg.client import AsyncpgDBClient
from tortoise.backends.base.config_generator import expand_db_url

from app.embedded import databases, postgres


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[postgres.Running]:
    """One server for this file; each test makes its own database."""
    data_dir: Path = tmp_path_factory.mktemp("databases")
    with postgres.running(data_dir, durable=False) as running:
        yield running


async def _sql(dsn: str, statement: str) -> list[tuple[object, ...]]:
    connection = await asyncpg.connect(dsn)
    try:
        return [tuple(row) for row in await connection.fetch(statement)]
    finally:
        await connection.close()


async def test_provision_makes_both_roles(server: postgres.Running) -> None:
    """Each address leads to the database under its own role."""
    made = await databases.provision(server, "shop")
    ask = "SELECT current_database()::text, current_user::text"
    assert await _sql(made.owner_dsn, ask) == [("shop", "yougou_owner")]
    assert await _sql(made.app_dsn, ask) == [("shop", "yougou_app")]


async def test_provision_twice_changes_nothing(server: postgres.Running) -> None:
    """A second time answers the same addresses and leaves the data."""
    first = await databases.provision(server, "twice")
    await _sql(first.owner_dsn, "CREATE TABLE kept AS SELECT 42 AS answer")
    assert await databases.provision(server, "twice") == first
    assert await _sql(first.owner_dsn, "SELECT answer FROM kept") == [(42,)]


async def test_provision_at_the_same_time(server: postgres.Running) -> None:
    """Four at once all succeed: of one database and of several."""
    made = await asyncio.gather(*(databases.provision(server, name) for name in ("a", "a", "b", "c")))
    assert [database.name for database in made] == ["a", "a", "b", "c"]


async def test_app_role_cannot_create(server: postgres.Running) -> None:
    """The serving role makes no tables, schemas, temporary tables, nor reads ungranted."""
    made = await databases.provision(server, "rights")
    await _sql(made.owner_dsn, "CREATE TABLE ledger AS SELECT 1 AS fen")
    for statement in (
        "CREATE TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE TEMP TABLE mine (id int)",
        "SELECT fen FROM ledger",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await _sql(made.app_dsn, statement)
    await _sql(made.owner_dsn, "GRANT SELECT ON ledger TO yougou_app")
    assert await _sql(made.app_dsn, "SELECT fen FROM ledger") == [(1,)]


async def test_chinese_has_trigrams_and_ranges_exclude(server: postgres.Running) -> None:
    """The database's locale makes letters of Chinese characters for pg_trgm; btree_gist is there."""
    made = await databases.provision(server, "extensions")
    assert await _sql(made.app_dsn, "SELECT '红富士苹果' % '红富士', show_trgm('苹果') = '{}'") == [(True, False)]
    await _sql(
        made.owner_dsn,
        "CREATE TABLE slot (point int, at int4range, EXCLUDE USING gist (point WITH =, at WITH &&))",
    )


async def test_clone_copies_data_and_rights(server: postgres.Running) -> None:
    """A copy has the template's rows, owner and closed door, and lives on its own."""
    template = await databases.provision(server, "template")
    await _sql(template.owner_dsn, "CREATE TABLE kept AS SELECT 42 AS answer")
    await _sql(template.owner_dsn, "GRANT SELECT ON kept TO yougou_app")
    copy = await databases.clone(server, "template", "copy")
    await _sql(copy.owner_dsn, "INSERT INTO kept VALUES (43)")
    assert await _sql(copy.app_dsn, "SELECT answer FROM kept") == [(42,), (43,)]
    assert await _sql(template.app_dsn, "SELECT answer FROM kept") == [(42,)]
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _sql(copy.app_dsn, "CREATE TEMP TABLE mine (id int)")


async def test_drop_ends_connections(server: postgres.Running) -> None:
    """A database in use is dropped, and dropping it again does nothing."""
    made = await databases.provision(server, "dropped")
    connection = await asyncpg.connect(made.app_dsn)
    await databases.drop(server, "dropped")
    await databases.drop(server, "dropped")
    with pytest.raises((asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.AdminShutdownError)):
        await connection.fetch("SELECT 1")
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await asyncpg.connect(made.app_dsn)


async def test_names_are_quoted(server: postgres.Running) -> None:
    """Any name may be a database's, in SQL and in the address."""
    made = await databases.provision(server, 'a "b/c?d&e=生鲜')
    assert await _sql(made.app_dsn, "SELECT current_database()::text") == [('a "b/c?d&e=生鲜',)]


async def test_tortoise_digests_the_address(server: postgres.Running) -> None:
    """Tortoise's expansion of the address connects to the same database."""
    made = await databases.provision(server, "tortoise")
    client = AsyncpgDBClient(connection_name="test", **expand_db_url(made.app_dsn)["credentials"])
    await client.create_connection(with_db=True)
    try:
        assert await client.execute_query_dict("SELECT current_user::text AS role") == [{"role": "yougou_app"}]
    finally:
        await client.close()
