"""A browser, and the shop on a port of its own, at tests.shop.NOW."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.types import Receive, Scope, Send

from app.http.html import DIST
from app.kit import clock
from app.main import create_app
from app.tables import Database
from tests.commands.programs import free_port
from tests.conftest import Addresses
from tests.needs import missing
from tests.shop import NOW, settings, state, with_state
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
    database = await Database.open(seeded.app_url, size=5)
    app = with_state(create_app(settings(seeded.app_url)), state(database))

    async def at_that_time(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path.startswith("/media/") and WITHOUT_PICTURES not in path:
            await picture_of(path)(scope, receive, send)
            return
        with clock.moved_to(NOW):
            await app(scope, receive, send)

    port = free_port()
    server = Server(at_that_time, port=port, interface=Interfaces.ASGINL, log_enabled=False)
    serving = asyncio.create_task(server.serve())
    yield f"http://127.0.0.1:{port}"
    server.stop()
    await serving
    await database.close()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Where a test puts its screenshot: YOUGOU_SCREENSHOTS, to look at them, or a folder that goes away."""
    return Path(os.environ.get("YOUGOU_SCREENSHOTS", tmp_path))
