"""The toy schema's endpoint."""

from collections.abc import AsyncIterator

import httpx
import pytest

from app.settings import Environment
from app.tables import Database
from tests.http import toy
from tests.shop import Shop, application, state, with_state


@pytest.fixture
async def toy_client(shop: Shop, redis_url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the toy schema over the demo shop, which its resolvers read nothing of."""
    opened = await state(shop.database, redis_url)
    async with toy.client(opened) as client:
        yield client
    await opened["redis"].aclose()


@pytest.fixture
async def production_client(shop: Shop, redis_url: str) -> AsyncIterator[httpx.AsyncClient]:
    """As `toy_client`, in production; free documents are answered all the same."""
    opened = await state(shop.database, redis_url)
    async with toy.client(opened, is_production=True) as client:
        yield client
    await opened["redis"].aclose()


@pytest.fixture
async def production(database: Database) -> AsyncIterator[Shop]:
    """The application in production over this test's database."""
    served = with_state(application(Environment.PRODUCTION), await state(database))
    transport = httpx.ASGITransport(served)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        yield Shop(database, client)
