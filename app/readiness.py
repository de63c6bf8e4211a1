"""What a process needs before it can serve: database, migrations, documents; and what else it would like."""

import asyncio

import asyncpg
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app import migrate
from app.http.state import State
from app.tables import Database

_SECONDS = 2.0  # a check that takes longer has failed
_DATABASE_AWAY = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)


async def problems(state: State) -> dict[str, str | None]:
    """Each part without which nothing is served: None when all is well, or one line that says what is wrong.

    No line has an address.
    """
    unknown = "no document is registered; run: yougou migrate" if state["documents"].is_empty else None
    return {"migrations": None, **await _database(state["database"]), "documents": unknown}


async def remarks(state: State) -> dict[str, str | None]:
    """What an operator should mend while the process serves: Redis, and registered documents it cannot answer."""
    broken = "; ".join(state["documents"].broken) or None
    found = {"redis": await _redis(state["redis"])}
    return found if broken is None else {**found, "broken documents": broken}


async def _database(database: Database) -> dict[str, str | None]:
    try:
        async with asyncio.timeout(_SECONDS), database.pool.acquire() as connection:
            missing = await migrate.pending(connection)
    except _DATABASE_AWAY:
        return {"database": "PostgreSQL does not answer"}
    problem = f"not migrated: {', '.join(missing)}; run: yougou migrate" if missing else None
    return {"database": None, "migrations": problem}


async def _redis(redis: Redis) -> str | None:
    try:
        async with asyncio.timeout(_SECONDS):
            await redis.ping()
    except (OSError, TimeoutError, RedisError):
        return "Redis does not answer"
    return None
