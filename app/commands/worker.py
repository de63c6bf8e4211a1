"""`yougou worker`."""

import asyncio
import signal

from app import logs, telemetry
from app.commands.console import run
from app.files.store import Store
from app.kit.fanout import Fanout
from app.kit.job_worker import work
from app.settings import Settings
from app.tables import Database
from app.worker import SCHEDULES, handlers


def worker() -> None:
    """Run background jobs until interrupted; finishes what runs. Start as many as there is work for."""
    settings = Settings()
    logs.configure(level=settings.log_level, as_json=settings.log_json)
    telemetry.configure("yougou-worker")
    run(_work(settings))


async def _work(settings: Settings) -> None:
    database_url, redis_url, store = settings.database, settings.redis, Store.open(settings.files)
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    async with Fanout(redis_url).running() as fanout:
        database = await Database.open(database_url, size=settings.pool_size, publish=fanout.publish)
        try:
            await work(database, handlers(store), SCHEDULES, stop=stop)
        finally:
            await database.close()
