"""What the tests of commands need besides a database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.embedded import redis


@pytest.fixture(scope="session")
def redis_url(run_dir: Path) -> Iterator[str]:
    """The Redis of this run."""
    with redis.running(run_dir / "redis", durable=False) as server:
        yield server.url
