"""Whether the process lives, whether it can serve, and what it counts."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import httpx
import pytest

from app import migrate
from app.embedded import databases, postgres, redis
from app.main import create_app
from app.tables import Database
from tests.conftest import Addresses
from tests.shop import NOWHERE, Shop, settings, with_state


@pytest.fixture(scope="session")
def redis_url(run_dir: Path) -> Iterator[str]:
    """The Redis of this run; the last worker to leave stops it."""
    with redis.running(run_dir / "redis", durable=False) as running:
        yield running.url


@asynccontextmanager
async def served(app_url: str, redis_url: str) -> AsyncIterator[tuple[httpx.AsyncClient, Database]]:
    """The application with its own lifespan entered, as a server runs it, and its database."""
    app = create_app(settings(app_url, redis_url=redis_url))
    async with app.router.lifespan_context(app) as state:
        transport = httpx.ASGITransport(with_state(app, state))  # type: ignore[arg-type]  # the lifespan's State
        async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
            yield client, state["database"]


async def test_a_process_that_runs_lives(app_url: str) -> None:
    """Whatever else is away."""
    async with served(app_url, NOWHERE) as (client, _):
        response = await client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


async def test_a_whole_installation_is_ready(app_url: str, redis_url: str) -> None:
    """Database, migrations, documents and Redis; and the endpoint answers from them."""
    async with served(app_url, redis_url) as (client, _):
        response = await client.get("/readyz")
        asked = await client.post("/graphql", json={"query": "{ products { totalCount } }"})
    assert (response.status_code, response.json()) == (
        200,
        {"status": "ok", "migrations": "ok", "database": "ok", "documents": "ok", "redis": "ok"},
    )
    assert asked.json() == {"data": {"products": {"totalCount": 0}}}


async def test_without_redis_it_is_ready_and_says_so(app_url: str) -> None:
    """Redis makes things quicker; nothing stands still without it. No address is told."""
    async with served(app_url, NOWHERE) as (client, _):
        response = await client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "migrations": "ok",
        "database": "ok",
        "documents": "ok",
        "redis": "Redis does not answer",
    }


async def test_without_documents_it_is_not_ready(addresses: Addresses, redis_url: str) -> None:
    """A database that was migrated by hand knows no document yet: the mini-program would find nothing."""
    owner = await asyncpg.connect(addresses.owner_url)
    await owner.execute("TRUNCATE manifest CASCADE")
    await owner.close()
    async with served(addresses.app_url, redis_url) as (client, _):
        response = await client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["documents"] == "no document is registered; run: yougou migrate"


async def test_without_postgres_it_is_not_ready(server: postgres.Running, addresses: Addresses, redis_url: str) -> None:
    """The database went away while the process ran."""
    name = urlsplit(addresses.app_url).path.strip("/")
    async with served(addresses.app_url, redis_url) as (client, _):
        await databases.drop(server, name)
        response = await client.get("/readyz")
        asked = await client.post("/graphql", json={"query": "{ products { totalCount } }"})
    assert response.status_code == 503
    assert response.json()["database"] == "PostgreSQL does not answer"
    assert asked.json()["errors"][0]["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    assert name not in asked.text


async def test_without_a_migration_it_is_not_ready(addresses: Addresses, redis_url: str) -> None:
    """503 names the migration and what to do."""
    owner = await asyncpg.connect(addresses.owner_url)
    await owner.execute("DELETE FROM tortoise_migrations WHERE name = $1", migrate.KNOWN[-1])
    await owner.close()
    async with served(addresses.app_url, redis_url) as (client, _):
        response = await client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["migrations"] == f"not migrated: {migrate.KNOWN[-1]}; run: yougou migrate"


async def test_requests_are_counted_by_document(shop: Shop) -> None:
    """How many, how long, and how many statements; free text under one name, whatever it says."""
    await shop.registered("CategoryTree")
    await shop.ask("{ products(first: 0) { totalCount } }")
    metrics = (await shop.send("GET", "/metrics")).response
    assert metrics.headers["content-type"].startswith("text/plain")
    for line in (
        'graphql_requests_total{document="CategoryTree",outcome="ok"}',
        'graphql_requests_total{document="anonymous",outcome="errors"}',
        'graphql_request_seconds_count{document="CategoryTree"}',
        'graphql_request_statements_bucket{document="CategoryTree",le="1.0"}',
    ):
        assert line in metrics.text
