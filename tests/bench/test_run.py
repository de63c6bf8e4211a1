"""A whole run, small."""

from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from rich.console import Console

from app.bench import cores, report, run
from app.bench.shop import Shop
from app.demo.seed import seed
from app.embedded import postgres, redis
from app.kit import clock
from tests.conftest import Addresses


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """A Redis of this test's own."""
    with redis.running(tmp_path / "redis", durable=False) as running:
        yield running.url


@pytest.fixture
async def shop(server: postgres.Running, addresses: Addresses, redis_url: str, tmp_path: Path) -> Shop:
    """The smallest demo shop, whose plans nobody asks for."""
    connection = await asyncpg.connect(addresses.owner_url)
    try:
        await seed(connection, scale=1, now=clock.now(), progress=lambda *_: None)
    finally:
        await connection.close()
    return Shop(addresses.app_url, redis_url, server.pid, admin_url=addresses.owner_url, log=tmp_path / "none")


async def test_every_row_is_measured(shop: Shop) -> None:
    """Floors and documents answer, cost CPU in this order, and the server counts its statements."""
    steps: list[str] = []
    divided = cores.available()
    with cores.on(divided.others):
        rows = await run.rows(shop, divided, beside=None, connections=2, seconds=1.0, advance=steps.append)
    static, one_statement, trivial, detail, listed = rows
    assert [row.name for row in rows] == ["static body", "one statement", "Reachable", "ProductDetail", "ProductList"]
    assert [row.statements for row in rows[:3]] == [0, 1, 0]
    assert 4 < detail.statements <= 12
    assert 2 <= listed.statements <= 4
    assert report.ratio(one_statement, static) > 1
    assert report.ratio(detail, one_statement) > 1
    assert 1 < report.ratio(trivial, static) < report.ratio(detail, static)
    assert len(steps) == 5 * 6
    console = Console(width=80)
    with console.capture() as captured:
        console.print(report.table(rows, static=static, one_statement=one_statement))
    assert "x one statement" in captured.get()
