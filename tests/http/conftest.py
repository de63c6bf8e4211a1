"""The toy schema's endpoint."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.http import toy
from tests.shop import Shop, state


@pytest.fixture
async def toy_client(shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the toy schema; its resolvers read nothing."""
    async with toy.client(state(shop.database)) as client:
        yield client
