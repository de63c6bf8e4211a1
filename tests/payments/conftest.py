"""A till, and the counter before it."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from app.kit import clock
from app.kit.crypto import KeyRing
from app.kit.vault import Vault
from app.settings import DEMO_KEY_RING
from app.tables import Database
from tests.payments.counter import Counter, opened
from tests.payments.till import CUSTOMER, UNBALANCED, Till
from tests.shop import NOW


@pytest.fixture(autouse=True)
async def stopped_clock() -> AsyncIterator[None]:
    """Tests move it on by themselves."""
    with clock.moved_to(NOW):
        yield


@pytest.fixture
async def till(database: Database, owner_url: str) -> AsyncIterator[Till]:
    """A till with a customer, whose ledger balances when the test is over, whatever it did."""
    owner = await asyncpg.connect(owner_url)
    yield Till(database, owner, await owner.fetchval(CUSTOMER, NOW))
    assert await owner.fetch(UNBALANCED) == []
    await owner.close()


@pytest.fixture
async def counter(till: Till) -> AsyncIterator[Counter]:
    """The till beside WeChat Pay's stand-in."""
    vault = Vault(KeyRing.parse(DEMO_KEY_RING), "an index key for tests")
    async with opened(till, vault) as found:
        yield found
