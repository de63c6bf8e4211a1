"""A program for test_job_worker: takes one job, says so, and never finishes it."""

import asyncio
import sys
from datetime import timedelta
from typing import Any

from app.kit.job_worker import work
from app.tables import Database


async def hang(payload: dict[str, Any]) -> None:
    """Says that the job runs, and waits for ever."""
    sys.stdout.write(f"begun {payload['order']}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


async def main(url: str) -> None:
    """Works until it is killed."""
    database = await Database.open(url, size=3)
    await work(database, {"a": hang}, [], stop=asyncio.Event(), heartbeat=timedelta(seconds=1))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
