"""Server, worker and WeChat Pay's stand-in as processes of their own, as `yougou demo` starts them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import asyncpg
import httpx
import pytest

from app.commands.wechat_pay import FOLDER
from app.embedded.wechat_pay import keys
from app.kit import clock, db
from app.kit.crypto import KeyRing
from app.kit.vault import Vault
from app.payments import ledger, service
from app.payments.wechat_pay import installed
from app.settings import DEMO_INDEX_KEY, DEMO_KEY_RING, Settings
from app.tables import Database
from tests.commands.programs import PATIENCE, free_port, is_ready, program, until
from tests.conftest import Addresses
from tests.payments.counter import give_openid, phone
from tests.payments.till import CUSTOMER, UNBALANCED, Till


@pytest.fixture
async def owner(addresses: Addresses) -> AsyncIterator[asyncpg.Connection]:
    """The database, to look into."""
    connection = await asyncpg.connect(addresses.owner_url)
    yield connection
    await connection.close()


def answers(port: int) -> bool:
    """Whether the stand-in listens."""
    try:
        httpx.get(f"http://127.0.0.1:{port}/", timeout=5)
    except httpx.TransportError:
        return False
    return True


async def until_true(holds: Callable[[], Awaitable[bool]]) -> None:
    """Waits until something holds, for a while."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if await holds():
                return
            await asyncio.sleep(0.05)


async def test_money_comes_and_goes_back(
    addresses: Addresses, redis_url: str, tmp_path: Path, owner: asyncpg.Connection
) -> None:
    """Ordered and paid over HTTP, told to the server, refunded by the worker: each signs and checks for itself."""
    port, pay_port = free_port(), free_port()
    folder = tmp_path / FOLDER
    keys.ensure(folder)
    environment = {
        "YOUGOU_DATA": str(tmp_path),
        "DATABASE_URL": addresses.app_url,
        "REDIS_URL": redis_url,
        "PORT": str(port),
        "WECHAT_URL": "http://127.0.0.1:1",
        "WECHAT_PAY_URL": f"http://127.0.0.1:{pay_port}",
        **keys.settings_of(folder),
    }
    named = {name: environment[name] for name in environment if name.startswith("WECHAT_PAY_")}
    settings = Settings(**{name.lower(): value for name, value in named.items()}, port=port)
    logs = tmp_path / "server", tmp_path / "worker", tmp_path / "pay.log"
    database = await Database.open(addresses.app_url, size=2)
    with (
        program(f"wechat-pay --port {pay_port}", logs[2], environment),
        program("serve", logs[0], environment),
        program("worker", logs[1], environment),
    ):
        until(lambda: answers(pay_port), logs[2])
        until(lambda: is_ready(port), logs[0])
        till = Till(database, owner, await owner.fetchval(CUSTOMER, clock.now()))
        vault = Vault(KeyRing.parse(DEMO_KEY_RING), DEMO_INDEX_KEY)
        await give_openid(till, vault)
        payment = await till.open(1990)
        async with installed.opened(settings) as gateway, database.session():
            parameters = await service.prepare(gateway, vault, payment.id)
        async with httpx.AsyncClient(base_url=settings.wechat_pay_url) as customer:
            assert (await customer.post("/stand-in/pay", json=phone(parameters))).is_success
        counters = "SELECT (paid_fen, refunded_fen) = ($2, $3) FROM payment WHERE id = $1"
        await until_true(lambda: owner.fetchval(counters, payment.id, 1990, 0))
        async with database.session(), db.transaction() as tx:
            await ledger.grant_refund(tx, payment.id, key="k", amount_fen=990, reason="少拣退款")
        await until_true(lambda: owner.fetchval(counters, payment.id, 1990, 990))
    await database.close()
    assert await owner.fetch(UNBALANCED) == []


def test_the_stand_in_is_not_for_production(tmp_path: Path) -> None:
    """It says so and stops."""
    log = tmp_path / "pay"
    with program("wechat-pay", log, {"YOUGOU_ENV": "production", "YOUGOU_DATA": str(tmp_path)}) as refused:
        assert refused.wait(PATIENCE) == 1
    assert "not for production" in log.read_text("utf-8")


def test_keys_that_do_not_fit_stop_the_server(tmp_path: Path) -> None:
    """A short APIv3 key: said at the start, without the key."""
    folder = tmp_path / FOLDER
    keys.ensure(folder)
    given = keys.settings_of(folder) | {"WECHAT_PAY_APIV3_KEY": "too-short-a-key", "YOUGOU_DATA": str(tmp_path)}
    servers = {"DATABASE_URL": "postgresql://127.0.0.1:1/x", "REDIS_URL": "redis://127.0.0.1:1"}
    for command in ("serve", "worker", "doctor"):
        log = tmp_path / command
        with program(command, log, given | servers) as refused:
            assert refused.wait(PATIENCE) == 1
        said = log.read_text("utf-8")
        assert "the APIv3 key is not 32 bytes" in said
        assert "too-short-a-key" not in said
