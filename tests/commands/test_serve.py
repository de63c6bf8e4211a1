"""`yougou serve`: stops without dropping a request, and does not start half-configured."""

import asyncio
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from app.embedded import redis
from app.kit import db, ids
from app.kit.fanout import Fanout
from app.pickup.live import slots_changed
from app.tables import Database
from tests.commands.programs import PATIENCE, free_port, is_ready, program, until
from tests.conftest import Addresses
from tests.http.socket.serving import socket
from tests.rows import Rows

QUERY = {"query": "{ products(first: 1) { nodes { id } } }"}
WATCH = "subscription ($id: ID!) { slotAvailability(pickupPointId: $id) { slots { remaining } } }"
SLOT = """
INSERT INTO pickup_slot (pickup_point_id, starts_at, ends_at, cutoff_at, capacity, reserved)
VALUES ($1, now() + interval '8 hours', now() + interval '9 hours', now() + interval '7 hours', 10, 0) RETURNING id
"""
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


async def test_sockets_hear_other_processes_and_are_asked_to_come_back(
    addresses: Addresses, own_redis: redis.Running, tmp_path: Path
) -> None:
    """What this process commits reaches a socket of the server's; SIGTERM closes it with 1012, and the server ends."""
    port, log = free_port(), tmp_path / "log"
    environment = {"DATABASE_URL": addresses.app_url, "REDIS_URL": own_redis.url, "PORT": str(port)}
    owner = await asyncpg.connect(addresses.owner_url)
    rows = Rows(owner)
    point = await rows.point()
    slot = await owner.fetchval(SLOT, point)
    with program("serve", log, environment) as server:
        await asyncio.to_thread(until, lambda: is_ready(port), log)
        async with Fanout(own_redis.url).running() as fanout, socket(f"ws://127.0.0.1:{port}/graphql") as client:
            here = await Database.open(addresses.app_url, size=1, publish=fanout.publish)
            await client.ask("s", WATCH, id=ids.encode("PickupPoint", point))
            assert await client.hear() == told(10)
            async with here.session(), db.transaction() as tx:
                await tx.execute("UPDATE pickup_slot SET reserved = 7")
                slots_changed(tx, [(point, slot)])
            assert await client.hear() == told(3)
            await here.close()
            server.send_signal(signal.SIGTERM)
            assert await client.ended() == (1012, "Service restart")
            assert await asyncio.to_thread(server.wait, PATIENCE) == 0
    await owner.close()


def told(remaining: int) -> dict[str, Any]:
    """The event of a point with one slot."""
    data = {"slotAvailability": {"slots": [{"remaining": remaining}]}}
    return {"id": "s", "type": "next", "payload": {"data": data}}


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
