"""`yougou serve`."""

from typing import Annotated

import typer
from granian import Granian
from granian.constants import Interfaces, Loops
from granian.log import LogLevels

from app.commands.console import fail
from app.settings import DemoSecretError, MissingAddressError, Settings


def serve(
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes; one per core is a good start.")] = 1,
) -> None:
    """Serve HTTP on HOST and PORT, with the database of DATABASE_URL and the Redis of REDIS_URL."""
    settings = Settings()
    try:
        settings.refuse_demo_secret()
        _ = settings.database, settings.redis
    except (DemoSecretError, MissingAddressError) as missing:
        fail(str(missing), "yougou doctor looks at the rest of the installation.")
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
