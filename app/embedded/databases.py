"""Roles and databases on the embedded PostgreSQL, for demo and tests.

DESIGN rule 6: `yougou_owner` migrates, `yougou_app` serves. The app role may connect and look up names;
what it may do with a table, the migration that makes the table says.
"""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import quote

import asyncpg

from app.embedded.postgres import Running

OWNER = "yougou_owner"
APP = "yougou_app"
_EXTENSIONS = ("pg_trgm", "btree_gist")
_LOCK = 0x796F75676F75  # "yougou": one provision at a time per server


@dataclass(frozen=True, slots=True)
class Database:
    """Addresses of one database: for migrations (`owner_dsn`) and for serving (`app_dsn`).

    The form `postgresql://role@/name?host=/folder` is understood by asyncpg, libpq and Tortoise.
    """

    name: str
    owner_dsn: str
    app_dsn: str


async def provision(server: Running, name: str) -> Database:
    """Make the two roles, the database and its extensions; what is there already stays as it is."""
    async with _admin(server, server.user) as admin:
        await admin.execute("SELECT pg_advisory_lock($1)", _LOCK)  # CREATE ROLE knows no IF NOT EXISTS
        for role in (OWNER, APP):
            if not await admin.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", role):
                await admin.execute(f"CREATE ROLE {role} LOGIN")
        if not await admin.fetchval("SELECT true FROM pg_database WHERE datname = $1", name):
            await admin.execute(f"CREATE DATABASE {_quoted(name)} OWNER {OWNER} TEMPLATE template0")
        await _grant(admin, name)
        async with _admin(server, name) as inside:
            await inside.execute(f"ALTER SCHEMA public OWNER TO {OWNER}")
            await inside.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
            await inside.execute(f"GRANT USAGE ON SCHEMA public TO {APP}")
            for extension in _EXTENSIONS:
                await inside.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    return _addresses(server, name)


async def clone(server: Running, template: str, name: str) -> Database:
    """Make `name` a copy of the database `template`, with the same owner and rights.

    Raises:
        asyncpg.ObjectInUseError: while somebody is connected to the template.
        asyncpg.DuplicateDatabaseError: when `name` exists.
    """
    async with _admin(server, server.user) as admin:
        await admin.execute(
            f"CREATE DATABASE {_quoted(name)} OWNER {OWNER} TEMPLATE {_quoted(template)} STRATEGY FILE_COPY",
        )  # half the time of WAL_LOG in memory, at 8 MB (an empty database) and at 16 MB
        await _grant(admin, name)  # a copy takes over what is in the database, not who may connect to it
    return _addresses(server, name)


async def drop(server: Running, name: str) -> None:
    """Remove the database and end its connections; nothing happens when there is none."""
    async with _admin(server, server.user) as admin:
        await admin.execute(f"DROP DATABASE IF EXISTS {_quoted(name)} WITH (FORCE)")


async def _grant(admin: asyncpg.Connection, name: str) -> None:
    await admin.execute(f"REVOKE ALL ON DATABASE {_quoted(name)} FROM PUBLIC")
    await admin.execute(f"GRANT CONNECT ON DATABASE {_quoted(name)} TO {APP}")


@contextlib.asynccontextmanager
async def _admin(server: Running, database: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(_dsn(server, server.user, database))
    try:
        yield connection
    finally:
        await connection.close()


def _addresses(server: Running, name: str) -> Database:
    return Database(name, owner_dsn=_dsn(server, OWNER, name), app_dsn=_dsn(server, APP, name))


def _dsn(server: Running, role: str, database: str) -> str:
    return f"postgresql://{role}@/{quote(database)}?host={quote(server.host)}&port={server.port}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
