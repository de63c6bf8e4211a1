"""A market, whose counters and ledgers agree when the test is over, whatever it did."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from app.embedded import redis
from app.kit import clock
from app.kit.crypto import KeyRing
from app.kit.vault import Vault
from app.settings import DEMO_KEY_RING
from app.tables import Database
from tests.orders.market import Market, open_market
from tests.orders.watching import Open, open_watched
from tests.shop import NOW


@pytest.fixture(autouse=True)
async def stopped_clock() -> AsyncIterator[None]:
    """Tests move it on by themselves."""
    with clock.moved_to(NOW):
        yield


@pytest.fixture
async def market(database: Database, owner_url: str) -> AsyncIterator[Market]:
    """One point, one slot of a hundred places."""
    owner = await asyncpg.connect(owner_url)
    vault = Vault(KeyRing.parse(DEMO_KEY_RING), "an index key for tests")
    async with open_market(database, owner, vault) as opened:
        yield opened
    assert await opened.balance() == []
    await owner.close()


@pytest.fixture
async def opened(app_url: str, market: Market, own_redis: redis.Running) -> AsyncIterator[Open]:
    """The application on a socket, over the market's rows."""
    del market  # they are there before the application is
    async with open_watched(app_url, own_redis.url) as served:
        yield served
