"""What tests of the catalogue share."""

from collections.abc import AsyncIterator

import pytest

from tests.catalog.editors import Editors, open_editors
from tests.conftest import Addresses
from tests.rows import Rows


@pytest.fixture
async def editors(rows: Rows, stage: Addresses) -> AsyncIterator[Editors]:
    """The office that writes and judges products."""
    async with open_editors(rows, stage.app_url) as opened:
        yield opened
