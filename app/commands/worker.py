"""`yougou worker`."""

import asyncio
import signal

from app import logs, telemetry
from app.commands.console import run
from app.kit.fanout import Fanout
from app.kit.job_worker import work
from app.settings import Settings
from app.tables import Database
from app.worker import HANDLERS, SCHEDULES


def worker() -> None:
    """Run background jobs until interrupted; finishes what runs. Start as many as there is work for."""
    settings = Settings()
    logs.configure(level=settings.log_level, as_json=settings.log_json)
    telemetry.configure("yougou-worker")
    run(_work(settings.database, settings.redis, settings.pool_size))


async def _work(database_url: str, redis_url: str, size: int) -> None:
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    async with Fanout(redis_url).running() as fanout:
        database = await Database.open(database_url, size=size, publish=fanout.publish)
        try:
            await work(database, HANDLERS, SCHEDULES, stop=stop)
        finally:
            await database.close()
