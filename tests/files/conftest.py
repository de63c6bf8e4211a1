"""A database of the worker's own, as the serving role, emptied of uploads after each test."""

from collections.abc import AsyncIterator

import pytest

from app.tables import Database
from tests.conftest import Addresses
from tests.http.uploading import TABLES
from tests.rows import Rows


@pytest.fixture
async def opened(stage: Addresses, rows: Rows) -> AsyncIterator[Database]:
    """The stage's database; `rows` empties it again."""
    rows.tables |= set(TABLES)
    database = await Database.open(stage.app_url, size=5)
    yield database
    await database.close()
