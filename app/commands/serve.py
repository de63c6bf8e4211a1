"""`yougou serve`."""

from typing import Annotated

import typer
from granian import Granian
from granian.constants import Interfaces, Loops
from granian.log import LogLevels

from app.settings import Settings


def serve(
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes; one per core is a good start.")] = 1,
) -> None:
    """Serve HTTP on HOST and PORT, with the database of DATABASE_URL and the Redis of REDIS_URL."""
    settings = Settings()
    _ = settings.database, settings.redis  # a missing address is told here, not by a dying process
    Granian(
        "app.main:serving",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        workers=workers,
        factory=True,
        log_level=LogLevels.warning,
        workers_kill_timeout=30,
        respawn_failed_workers=True,
    ).serve()
