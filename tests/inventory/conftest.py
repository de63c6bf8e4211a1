"""What tests of the inventory share."""

from collections.abc import AsyncIterator

import pytest

from tests.conftest import Addresses
from tests.inventory.till import Till, open_till
from tests.rows import Rows


@pytest.fixture
async def till(rows: Rows, stage: Addresses) -> AsyncIterator[Till]:
    """A till over the rows of the test."""
    async with open_till(rows, stage) as opened:
        yield opened
