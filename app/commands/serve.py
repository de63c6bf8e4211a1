"""`yougou serve`."""

import os
from contextlib import suppress
from typing import Annotated

import typer
from granian import Granian
from granian.constants import Interfaces, Loops
from granian.log import LogLevels

from app.commands.console import fail
from app.http.socket.farewell import FAREWELL
from app.payments.wechat_pay import installed
from app.payments.wechat_pay.errors import BadKeys
from app.settings import DemoSecretError, MissingAddressError, Settings

_FAREWELL_SECONDS = 5.0


class _Server(Granian):  # type: ignore[misc, valid-type]  # which class it is depends on the platform
    """granian, but workers close their sockets before they stop: clients come back at once, to another process."""

    def _stop_workers(self) -> None:
        for worker in self.wrks:
            worker.interrupt_by_parent = True  # it is not started again
            with suppress(ProcessLookupError):
                os.kill(worker.inner.pid, FAREWELL)
        for worker in self.wrks:
            worker.join(_FAREWELL_SECONDS)
        super()._stop_workers()  # those that are still there


def serve(
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes; one per core is a good start.")] = 1,
) -> None:
    """Serve HTTP on HOST and PORT, with the database of DATABASE_URL and the Redis of REDIS_URL."""
    settings = Settings()
    try:
        settings.refuse_demo_secret()
        _ = settings.database, settings.redis, installed.merchant_of(settings)
    except (DemoSecretError, MissingAddressError, BadKeys) as missing:
        fail(str(missing), "yougou doctor looks at the rest of the installation.")
    _Server(
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
