"""A thousand checkouts with payments in flight, and server, worker and PostgreSQL killed with -9 in their midst."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from app import migrate, worker
from app.commands.wechat_pay import FOLDER
from app.embedded import databases, postgres
from app.embedded.wechat_pay import keys
from app.kit.crypto import KeyRing
from app.kit.vault import Vault
from app.orders.ending import Ending
from app.orders.outcomes import OrderOutcomes
from app.payments.jobs import Poller
from app.payments.wechat_pay import installed
from app.settings import DEMO_INDEX_KEY, DEMO_KEY_RING, Settings
from app.tables import Database
from tests.commands.buyers import AT_ONCE, PRICES, Crowd, fill_shop
from tests.commands.programs import family, free_port, is_ready, program, until
from tests.commands.test_wechat_pay import answers
from tests.conftest import publish
from tests.orders.market import DIFFERENCES
from tests.payments.till import UNBALANCED

CHECKOUTS = 1000
LEAVE = {7: "StartCheckout", 13: "PlaceOrder"}  # of a hundred customers those who leave, and when
STATES = "SELECT status, count(*) FROM customer_order GROUP BY status"
DOUBLED = """SELECT customer_id, count(*) FROM customer_order GROUP BY customer_id HAVING count(*) > 1
UNION ALL SELECT customer_id, count(*) FROM payment_event e JOIN payment p ON p.id = e.payment_id
  WHERE e.kind = 'CHARGE' AND e.outcome = 'SUCCESS' GROUP BY customer_id HAVING count(*) > 1"""
CHARGES = """SELECT p.customer_id, e.transaction_id FROM payment_event e JOIN payment p ON p.id = e.payment_id
JOIN customer_order o ON o.payment_id = p.id AND o.status = 'PAID' AND o.total_fen = p.paid_fen
WHERE e.kind = 'CHARGE' AND e.outcome = 'SUCCESS'"""
KEPT = """SELECT (SELECT sum(held) FROM stock_lot), (SELECT sum(quantity) FROM order_line l
  JOIN customer_order o ON o.id = l.order_id WHERE o.status = 'PAID'),
  (SELECT sum(reserved) FROM pickup_slot), (SELECT count(*) FROM hold WHERE ended_at IS NULL),
  (SELECT count(*) FROM granted_refund)"""

AN_HOUR_LATER = """SET session_replication_role = replica;
UPDATE payment SET created_at = created_at - interval '1 hour', asked_at = asked_at - interval '1 hour',
  expires_at = expires_at - interval '1 hour' WHERE paid_at IS NULL;
UPDATE customer_order SET pay_by = pay_by - interval '1 hour', placed_at = placed_at - interval '1 hour'
  WHERE status = 'PENDING_PAYMENT';
UPDATE hold SET started_at = started_at - interval '1 hour', expires_at = expires_at - interval '1 hour'
  WHERE ended_at IS NULL;
UPDATE stock_hold SET expires_at = expires_at - interval '1 hour' WHERE ended_at IS NULL;
UPDATE slot_hold SET expires_at = expires_at - interval '1 hour' WHERE released_at IS NULL"""


class Programs:
    """Server and worker, which are killed and started again at the same place."""

    def __init__(self, folder: Path, environment: Mapping[str, str], port: int) -> None:
        self._folder, self._environment, self._port = folder, environment, port
        self._stack = ExitStack()
        self._running: dict[str, Any] = {}
        self._starts = 0

    def start(self, name: str) -> None:
        """Runs `yougou <name>`; a server until it is ready."""
        self._starts += 1
        log = self._folder / f"{name}-{self._starts}.log"
        self._running[name] = self._stack.enter_context(program(name, log, self._environment))
        if name == "serve":
            until(lambda: is_ready(self._port), log)

    def kill(self, name: str) -> None:
        """With -9, and all that it started."""
        process = self._running[name]
        for child in (*family(process.pid), process):
            child.kill()
        process.wait()

    def close(self) -> None:
        """Ends them."""
        self._stack.close()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Path]:
    """The folder of a PostgreSQL of this test's own, which it may kill."""
    yield tmp_path / "postgres"
    postgres.stop(tmp_path / "postgres")


@pytest.fixture
async def shop(cluster: Path) -> databases.Database:
    """A migrated, empty shop there."""
    made = await databases.provision(postgres.start(cluster, durable=True), "shop")
    await migrate.upgrade(made.owner_dsn)
    await publish(made.owner_dsn)
    return made


@asynccontextmanager
async def stand_in(folder: Path, environment: Mapping[str, str], port: int) -> AsyncIterator[httpx.AsyncClient]:
    """WeChat Pay, which nobody kills."""
    log = folder / "pay.log"
    with program(f"wechat-pay --port {port}", log, environment):
        await asyncio.to_thread(until, lambda: answers(port), log)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as cashier:
            yield cashier


async def test_a_thousand_checkouts_survive_three_kills(
    shop: databases.Database, cluster: Path, redis_url: str, tmp_path: Path
) -> None:
    """After restart and one sweep everybody who paid has her one order, and nothing is held for anybody else."""
    port, pay_port, folder = free_port(), free_port(), tmp_path / FOLDER
    keys.ensure(folder)
    paying = {"WECHAT_PAY_URL": f"http://127.0.0.1:{pay_port}", **keys.settings_of(folder)}
    environment = {
        "YOUGOU_DATA": str(tmp_path),
        "DATABASE_URL": shop.app_dsn,
        "REDIS_URL": redis_url,
        "PORT": str(port),
        "WECHAT_URL": "http://127.0.0.1:1",
        "YOUGOU_TRUSTED_HOPS": "1",
        **paying,
    }
    vault = Vault(KeyRing.parse(DEMO_KEY_RING), DEMO_INDEX_KEY)
    owner, database = await asyncpg.connect(shop.owner_dsn), await Database.open(shop.app_dsn, size=2)
    customers = await fill_shop(owner, database, vault, CHECKOUTS)
    await owner.close()
    await database.close()
    programs = Programs(tmp_path, environment, port)

    async def attack(crowd: Crowd) -> None:
        """Each victim dies while payments are under way, and comes back."""
        await crowd.until_paid(CHECKOUTS // 5)
        for name in ("serve", "worker"):
            await asyncio.to_thread(programs.kill, name)
            await asyncio.to_thread(programs.start, name)
            await crowd.until_paid(len(crowd.paid) + CHECKOUTS // 5)
        os.kill(postgres.start(cluster, durable=True).pid, signal.SIGKILL)
        await asyncio.to_thread(partial(postgres.start, cluster, durable=True))

    limits = httpx.Limits(max_connections=AT_ONCE)
    async with (
        stand_in(tmp_path, environment, pay_port) as cashier,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30, limits=limits) as http,
    ):
        try:
            for name in ("serve", "worker"):
                await asyncio.to_thread(programs.start, name)
            crowd = Crowd(http, cashier)
            buying = (crowd.buy(each, leaves_after=LEAVE.get(each % 100, "")) for each in customers)
            await asyncio.gather(attack(crowd), *buying)
        finally:
            await asyncio.to_thread(programs.close)
        named: dict[str, Any] = {name.lower(): value for name, value in paying.items()}
        await sweep(shop, cluster, Settings(**named))
    await check(shop, crowd)


async def sweep(shop: databases.Database, cluster: Path, settings: Settings) -> None:
    """Each job that ends what was left, once, an hour later: the rows are older, since WeChat's clock is its own."""
    server = postgres.start(cluster, durable=True)
    admin = await asyncpg.connect(host=server.host, port=server.port, user=server.user, database=shop.name)
    await admin.execute(AN_HOUR_LATER)
    await admin.close()
    database = await Database.open(shop.app_dsn, size=2)
    async with installed.opened(settings) as gateway:
        poll, expire = Poller(gateway, OrderOutcomes()).poll, Ending(gateway).expire_late
        for job in (poll, expire, worker._HANDLERS["holds.sweep"]):
            async with database.session():
                await job({})
    await database.close()


async def check(shop: databases.Database, crowd: Crowd) -> None:
    """Nothing is lost, doubled or stuck."""
    owner = await asyncpg.connect(shop.owner_dsn)
    leave = list(LEAVE)
    gone = CHECKOUTS // 100
    assert len(crowd.paid) == CHECKOUTS - gone * len(leave)
    assert dict(await owner.fetch(STATES)) == {"PAID": len(crowd.paid), "EXPIRED": gone}
    assert dict(await owner.fetch(CHARGES)) == crowd.paid
    assert await owner.fetch(DOUBLED) == []
    assert [*await owner.fetch(DIFFERENCES), *await owner.fetch(UNBALANCED)] == []
    held, sold, places, open_holds, refunds = (await owner.fetch(KEPT))[0]
    assert (held, places, open_holds, refunds) == (sold, len(crowd.paid), 0, 0)
    assert sold >= len(PRICES) * len(crowd.paid)
    await owner.close()
