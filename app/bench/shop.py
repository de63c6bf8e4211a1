"""The bench's own shop: embedded servers and the demo data, kept between runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from app import migrate, publishing
from app.commands.console import err, run
from app.commands.seed import fill_or_roll_forward
from app.embedded import databases, postgres, redis

TIMES = 5  # at most: whoever looks at the shop for longer is no connection that has just ended
_COPY = "bought_from"
_KEPT_FROM = """SELECT count(*) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relpages > 0 AND relallvisible = 0"""


@dataclass(frozen=True, slots=True)
class Shop:
    """Where the data are, for the serving role and for the superuser, and Redis; PostgreSQL's first process and log."""

    database_url: str
    redis_url: str
    postgres_pid: int
    admin_url: str
    log: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a server under test is told."""
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}


@contextmanager
def opened(folder: Path, *scales: int) -> Iterator[tuple[list[Shop], Shop]]:
    """The shops of these scales, made at the first time and brought up to today at every other.

    And a copy of the last one, made every time: there may be bought and sold.

    Raises:
        EmbeddedServerError: PostgreSQL or Redis does not start.
        ScaleError: the scale is out of range.
    """
    with (
        postgres.running(folder / "postgres", durable=False) as server,
        redis.running(folder / "redis", durable=False) as cache,
    ):
        shops = [_made(server, cache.url, folder, scale) for scale in scales]
        run(databases.drop(server, _COPY))
        copy = run(databases.clone(server, f"scale_{scales[-1]}", _COPY))
        yield shops, _shop(server, copy, cache.url, folder)
        run(databases.drop(server, _COPY))


def _made(server: postgres.Running, redis_url: str, folder: Path, scale: int) -> Shop:
    made = run(databases.provision(server, f"scale_{scale}"))
    run(migrate.upgrade(made.owner_dsn, progress=lambda name: err.print(f"migrating {name}")))
    run(fill_or_roll_forward(made.owner_dsn, scale))
    run(publishing.publish(made.owner_dsn))
    run(_tidy(made.owner_dsn))
    return _shop(server, made, redis_url, folder)


def _shop(server: postgres.Running, made: databases.Database, redis_url: str, folder: Path) -> Shop:
    admin_url = made.owner_dsn.replace(databases.OWNER, server.user, 1)
    return Shop(made.app_dsn, redis_url, server.pid, admin_url, folder / "postgres" / "postgres.log")


async def _tidy(owner_url: str) -> None:
    """Does now what autovacuum would do in the middle of a measurement.

    Again, while a connection that has just ended still keeps it from some table: rows that are not known to be visible
    to everybody are read where the index alone would do.
    """
    connection = await asyncpg.connect(owner_url)
    try:
        for _ in range(TIMES):
            await connection.execute("VACUUM ANALYZE")
            if not await connection.fetchval(_KEPT_FROM):
                return
    finally:
        await connection.close()
