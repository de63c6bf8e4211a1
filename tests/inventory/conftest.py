"""What tests of the inventory share."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from tests.conftest import Addresses
from tests.inventory.counter import Counter, clerk
from tests.inventory.till import Till, open_till
from tests.rows import Rows
from tests.shop import Shop


@dataclass(frozen=True, slots=True)
class Store:
    """Where stock is written about."""

    till: Till
    rows: Rows
    here: int
    there: int
    sku: int
    clerk: Counter


@pytest.fixture
async def till(rows: Rows, stage: Addresses) -> AsyncIterator[Till]:
    """A till over the rows of the test."""
    async with open_till(rows, stage) as opened:
        yield opened


@pytest.fixture
async def store(office: Shop, till: Till, rows: Rows) -> Store:
    """Two points, a SKU with nothing on the shelves, and a clerk of the first point."""
    here, there = await rows.point(gln="6901234000016"), await rows.point()
    sku = await rows.sku(await rows.product())
    return Store(till, rows, here, there, sku, await clerk(office, rows, here))
