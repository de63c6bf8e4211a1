"""The toy schema's endpoint."""

from collections.abc import AsyncIterator

import httpx
import pytest
from redis.asyncio import Redis

from app.files.store import Store
from app.http.state import State
from tests.http import toy
from tests.shop import NO_FILES, NOWHERE, Shop


@pytest.fixture
async def toy_client(shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the toy schema; its resolvers read nothing."""
    async with toy.client(
        State(database=shop.database, redis=Redis.from_url(NOWHERE), files=Store.open(NO_FILES))
    ) as client:
        yield client
