"""`yougou worker`."""

import asyncio
import signal

from app import logs, telemetry
from app.commands.console import run
from app.files.store import Store
from app.kit.job_worker import work
from app.settings import Settings
from app.tables import Database
from app.worker import SCHEDULES, handlers


def worker() -> None:
    """Run background jobs until interrupted; finishes what runs. Start as many as there is work for."""
    settings = Settings()
    logs.configure(level=settings.log_level, as_json=settings.log_json)
    telemetry.configure("yougou-worker")
    run(_work(settings.database, settings.pool_size, Store.open(settings.files)))


async def _work(url: str, size: int, store: Store) -> None:
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    database = await Database.open(url, size=size)
    try:
        await work(database, handlers(store), SCHEDULES, stop=stop)
    finally:
        await database.close()
