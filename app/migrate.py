"""Brings a database up to the newest migration, and says what is missing."""

import pkgutil
from collections.abc import Callable

import asyncpg
from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.executor import MigrationTarget

import migrations
from app.kit.migration_state import Executor
from app.tables import MIGRATIONS, configuration

_LOCK = 7_036_874  # one migration at a time per database, whoever starts it

KNOWN = sorted(module.name for module in pkgutil.iter_modules(migrations.__path__))


async def upgrade(url: str, *, progress: Callable[[str], None] = lambda _: None) -> list[str]:
    """Applies every pending migration as the owner role; the names of those applied, in order.

    Safe to run from several processes at once: the second waits and finds nothing to do.
    """
    applied: list[str] = []

    def note(step: str, _: str, name: str) -> None:
        if step == "apply_start":
            progress(name)
        if step == "apply_done":
            applied.append(name)

    guard = await asyncpg.connect(url)
    try:
        await guard.execute("SELECT pg_advisory_lock($1)", _LOCK)
        if await pending(guard):
            await to(url, "__latest__", progress=note)
    finally:
        await guard.close()
    return applied


async def to(url: str, name: str, *, progress: Callable[[str, str, str], object] | None = None) -> None:
    """Applies, or takes back, what leads to the migration of this name. Not guarded: tests go back by it."""
    config = configuration(url, minsize=1, maxsize=2)
    await Tortoise.init(config=config, init_connections=False)
    try:
        executor = Executor(get_connection("default"), config["apps"])
        await executor.migrate([MigrationTarget("shop", name)], progress=progress)
    finally:
        await Tortoise.close_connections()


async def pending(connection: asyncpg.Connection) -> list[str]:
    """The names of migrations of this program that the database does not have yet, in order."""
    if not await connection.fetchval("SELECT to_regclass('tortoise_migrations') IS NOT NULL"):
        return KNOWN
    applied = {row["name"] for row in await connection.fetch("SELECT name FROM tortoise_migrations")}
    return [name for name in KNOWN if name not in applied]


async def undetected() -> list[str]:
    """What `makemigrations` would still write, one line per operation; empty when the history is whole."""
    with TortoiseContext() as context:
        await context.init(MIGRATIONS, init_connections=False)
        if context.apps is None:
            raise RuntimeError("tortoise found no app")
        writers = await MigrationAutodetector(context.apps, MIGRATIONS["apps"]).changes()
        return [operation.describe() for writer in writers for operation in writer.operations]
