"""Metrics that are read off the database when somebody looks at them."""

import asyncio

import asyncpg
from prometheus_client import Gauge

from app.http.state import State
from app.kit import db
from app.privacy import requests

_SECONDS = 2.0  # a scrape waits no longer
_AWAY = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, *db.CONNECTION_LOST)
_OVERDUE = Gauge("data_requests_overdue", "Requests about personal data that should be answered already.")


async def refresh(state: State) -> None:
    """Reads them anew; while the database is away they stay as they were."""
    try:
        async with asyncio.timeout(_SECONDS), state["database"].session():
            _OVERDUE.set(await requests.overdue())
    except _AWAY:
        return
