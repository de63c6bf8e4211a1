"""Checkouts of the bench, a few: all are paid, and what they wrote is written once more."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from rich.console import Console

from app.bench import bare, checkout, cores
from app.bench.rounds import ROUNDS
from app.bench.shop import Shop
from app.demo.seed import seed
from app.embedded import postgres, redis
from app.kit import clock
from tests.conftest import Addresses
from tests.orders.market import DIFFERENCES
from tests.payments.till import UNBALANCED


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """A Redis of this test's own."""
    with redis.running(tmp_path / "redis", durable=False) as running:
        yield running.url


async def differences(owner: asyncpg.Connection) -> set[tuple[Any, ...]]:
    """Where counters and ledgers differ: of the demo's offers some are sold to nobody, and of nothing else."""
    found = {tuple(each) for each in [*await owner.fetch(DIFFERENCES), *await owner.fetch(UNBALANCED)]}
    assert {what for what, *_ in found} <= {"offer"}
    return found


async def test_checkouts_are_bought_and_written_again(
    server: postgres.Running, addresses: Addresses, redis_url: str, tmp_path: Path
) -> None:
    """Every order is paid, no balance differs that did not before, and the same rows are written again."""
    owner = await asyncpg.connect(addresses.owner_url)
    await seed(owner, scale=1, now=clock.now(), progress=lambda *_: None)
    before, off = await bare.marks(owner), await differences(owner)
    shop = Shop(addresses.app_url, redis_url, server.pid, admin_url=addresses.owner_url, log=tmp_path / "none")
    divided = cores.available()
    with cores.on(divided.others):
        measured = await checkout.checkouts(shop, divided, orders=2, connections=2)
    bought = 1 + 2 * ROUNDS
    assert [each.requests for each in measured.checkouts] == [2] * ROUNDS
    assert [each.requests for each in measured.bare] == [2] * ROUNDS
    assert 60 < measured.statements < 120
    assert 15 < measured.bare_statements < measured.statements
    paid = "SELECT count(*) FROM customer_order WHERE status = 'PAID' AND id > $1"
    assert await owner.fetchval(paid, before["customer_order"]) == bought
    assert await differences(owner) == off
    for table, lines in (("customer_order", 1), ("order_line", 3), ("stock_hold", 3), ("payment_event", 1)):
        assert await owner.fetchval(f"SELECT count(*) FROM bare.{table}") >= bought * lines
    await owner.execute("DROP SCHEMA bare CASCADE")
    await owner.close()
    console = Console(width=80)
    with console.capture() as captured:
        console.print(checkout.table(measured))
    assert "orders/s" in captured.get()
