"""Putting the application together fails early when a part is wrong."""

import pytest

from app import main
from app.settings import MissingAddressError
from tests.shop import settings

URL = "postgresql://nobody@/nowhere?host=/nowhere"


async def test_a_database_address_that_is_not_set_is_named() -> None:
    """The message says which variable, and what to do."""
    app = main.create_app(settings(URL).model_copy(update={"database_url": None}))
    with pytest.raises(MissingAddressError, match=r"^DATABASE_URL is not set"):
        async with app.router.lifespan_context(app):
            pass
