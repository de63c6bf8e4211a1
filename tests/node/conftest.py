"""Node with the packages of package.json, and the shop on a port."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from app.embedded import redis
from app.kit.fanout import Fanout
from app.tables import Database
from tests.commands.programs import free_port
from tests.conftest import Addresses
from tests.node.program import HERE, PATIENCE, with_packages
from tests.served import served, shop_application
from tests.trading import Trading, trading

Node = Callable[..., Awaitable[Any]]


@pytest.fixture(scope="session")
async def root(seeded: Addresses) -> AsyncIterator[str]:
    """The address of the application over the demo shop."""
    async with shop_application(seeded.app_url) as shop, served(shop) as address:
        yield address


@pytest.fixture(scope="session")
def node() -> Node:
    """Runs a script of this folder with arguments; the JSON it prints."""
    program = with_packages()

    async def run(script: str, *arguments: str) -> Any:
        process = await asyncio.create_subprocess_exec(
            program, str(HERE / script), *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        async with asyncio.timeout(PATIENCE):
            printed, complaints = await process.communicate()
        assert process.returncode == 0, complaints.decode()
        return json.loads(printed)

    return run


@pytest.fixture
async def trade(addresses: Addresses, own_redis: redis.Running) -> AsyncIterator[Trading]:
    """A small shop that is written to; nobody serves it yet."""
    owner = await asyncpg.connect(addresses.owner_url)
    async with Fanout(own_redis.url).running() as fanout:
        elsewhere = await Database.open(addresses.app_url, size=1, publish=fanout.publish)
        yield await trading(owner, elsewhere, addresses.app_url, own_redis.url)
        await elsewhere.close()
    await owner.close()


@pytest.fixture
async def url(trade: Trading) -> AsyncIterator[str]:
    """Where it is served."""
    async with trade.opened(free_port()) as address:
        yield f"{address}/graphql"
