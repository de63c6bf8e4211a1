"""A browser, and the shop on a port of its own, at tests.shop.NOW."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from app.http.html import DIST
from tests.conftest import Addresses
from tests.needs import missing
from tests.served import served, shop_application
from tests.web import chromium
from tests.web.chromium import Browser
from tests.web.pictures import WITHOUT_PICTURES, picture_of

BUILT = DIST / ".built"  # written by `make web` when all of them are


@pytest.fixture(scope="session")
async def browser(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Browser]:
    """Chromium; tests that ask for it are skipped where it or the built pages are missing, and fail there in CI."""
    if chromium.PROGRAM is None:
        missing("there is no Chromium: apt install chromium")
    if not BUILT.exists():
        missing("the pages are not built: make web")
    async with chromium.running(tmp_path_factory.mktemp("chromium")) as started:
        yield started


@pytest.fixture(scope="session")
async def root(browser: Browser, seeded: Addresses) -> AsyncIterator[str]:
    """The address of the application over the demo shop."""
    async with shop_application(seeded.app_url) as shop:

        async def with_pictures(scope: Scope, receive: Receive, send: Send) -> None:
            path = scope["path"]
            drawn = path.startswith("/media/") and WITHOUT_PICTURES not in path
            await (picture_of(path) if drawn else shop)(scope, receive, send)

        async with served(with_pictures) as address:
            yield address


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Where a test puts its screenshot: YOUGOU_SCREENSHOTS, to look at them, or a folder that goes away."""
    return Path(os.environ.get("YOUGOU_SCREENSHOTS", tmp_path))
