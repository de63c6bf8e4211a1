"""Node with the packages of package.json, and the shop on a port."""

import asyncio
import json
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Addresses
from tests.needs import missing
from tests.served import served, shop_application

HERE = Path(__file__).parent
PACKAGES = HERE.parents[1] / "node_modules" / ".package-lock.json"
SOCKETS = ("--experimental-websocket",)  # Node 20 has WebSocket behind it, later ones in any case
PATIENCE = 120.0  # a bound against hanging, not a measurement

Node = Callable[..., Awaitable[Any]]


@pytest.fixture(scope="session")
async def root(seeded: Addresses) -> AsyncIterator[str]:
    """The address of the application over the demo shop."""
    async with shop_application(seeded.app_url) as shop, served(shop) as address:
        yield address


@pytest.fixture(scope="session")
def node() -> Node:
    """Runs a script of this folder with arguments; the JSON it prints. Node is that of `make`, else the machine's."""
    beside = Path(sys.executable).with_name("node")
    program = str(beside) if beside.exists() else shutil.which("node")
    if program is None or not PACKAGES.exists():
        missing("there is no Node with the packages of package.json: make web")

    async def run(script: str, *arguments: str) -> Any:
        process = await asyncio.create_subprocess_exec(
            program,
            *SOCKETS,
            str(HERE / script),
            *arguments,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        async with asyncio.timeout(PATIENCE):
            printed, complaints = await process.communicate()
        assert process.returncode == 0, complaints.decode()
        return json.loads(printed)

    return run
