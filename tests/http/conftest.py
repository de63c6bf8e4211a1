"""The toy schema's endpoint."""

from collections.abc import AsyncIterator

import httpx
import pytest
from redis.asyncio import Redis

from app.http.state import State
from tests.http import toy
from tests.shop import NOWHERE, Shop


@pytest.fixture
async def toy_client(shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the toy schema; its resolvers read nothing."""
    async with toy.client(State(database=shop.database, redis=Redis.from_url(NOWHERE))) as client:
        yield client
