"""`yougou serve`: stops without dropping a request, and does not start half-configured."""

import asyncio
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg
import httpx

from tests.commands.programs import PATIENCE, free_port, is_ready, program, until
from tests.conftest import Addresses

QUERY = {"query": "{ products(first: 1) { nodes { id } } }"}
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


async def test_a_request_under_way_is_answered_before_the_server_stops(
    addresses: Addresses, redis_url: str, tmp_path: Path
) -> None:
    """SIGTERM while a request waits for a lock: it is still answered, then the process ends with 0."""
    port, log = free_port(), tmp_path / "log"
    environment = {"DATABASE_URL": addresses.app_url, "REDIS_URL": redis_url, "PORT": str(port)}
    blocker = await asyncpg.connect(addresses.owner_url)
    watcher = await asyncpg.connect(addresses.owner_url)
    with program("serve", log, environment) as server, ThreadPoolExecutor(1) as thread:
        until(lambda: is_ready(port), log)
        transaction = blocker.transaction()
        await transaction.start()
        await blocker.execute("LOCK TABLE product IN ACCESS EXCLUSIVE MODE")
        url = f"http://127.0.0.1:{port}/graphql"
        answer = thread.submit(httpx.post, url, json=QUERY, timeout=PATIENCE)
        async with asyncio.timeout(PATIENCE):
            while not await watcher.fetchval(WAITING):
                pass
        server.send_signal(signal.SIGTERM)
        await transaction.rollback()
        assert answer.result(PATIENCE).json() == {"data": {"products": {"nodes": []}}}
        assert server.wait(PATIENCE) == 0
    await blocker.close()
    await watcher.close()


def test_serve_needs_addresses(tmp_path: Path) -> None:
    """Without DATABASE_URL the command says what to do and ends with 1."""
    log = tmp_path / "log"
    with program("serve", log, {"DATABASE_URL": "", "REDIS_URL": ""}) as server:
        assert server.wait(PATIENCE) == 1
    assert "DATABASE_URL is not set" in log.read_text(encoding="utf-8")


def test_production_needs_a_secret_of_its_own(tmp_path: Path) -> None:
    """The demo's published secret does not sign tokens in production."""
    log = tmp_path / "log"
    with program(
        "serve", log, {"YOUGOU_ENV": "production", "YOUGOU_SECRET": "yougou-demo-secret-not-for-production"}
    ) as server:
        assert server.wait(PATIENCE) == 1
    assert "YOUGOU_SECRET is not set" in log.read_text(encoding="utf-8")
