"""A server of each kind, and the toy schema on them."""

from collections.abc import AsyncIterator

import pytest

from tests.http.socket.serving import SERVERS, Stage, until
from tests.http.socket.toy import Toy
from tests.shop import Shop, state


@pytest.fixture(scope="session", params=SERVERS)
async def staged(request: pytest.FixtureRequest) -> AsyncIterator[tuple[str, str, Stage]]:
    """Each server in turn: its name, its address, and what it serves."""
    stage = Stage()
    async with SERVERS[request.param](stage) as url:
        yield request.param, url, stage


@pytest.fixture
async def toy(staged: tuple[str, str, Stage], bare_shop: Shop) -> AsyncIterator[Toy]:
    """The toy schema's sockets on a server. Nothing of them is left behind."""
    server, url, stage = staged
    toy = Toy(server, url, await state(bare_shop.database))
    stage.app = toy.app
    yield toy
    await until(lambda: toy.sockets.count.all == 0)
    assert toy.streams.open == 0
    assert not toy.sockets.count.by_address
    assert not toy.sockets.count.by_caller
    assert not toy.sockets._open


@pytest.fixture
def url(toy: Toy) -> str:
    """Where the toy is served."""
    return toy.url
