"""The embedded Redis starts, survives what may happen to it, and stops."""

import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from redis.asyncio import from_url

from app.embedded import redis
from app.embedded.errors import EmbeddedServerError
from tests.embedded.processes import alive, kill


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """A folder whose server is stopped after the test."""
    yield tmp_path / "redis"
    redis.stop(tmp_path / "redis")


async def _count(server: redis.Running) -> int:
    async with from_url(server.url) as client:
        return int(await client.incr("count"))


def _socket(server: redis.Running) -> Path:
    return Path(server.url.removeprefix("unix://").partition("?")[0])


def _kept(data_dir: Path) -> list[str]:
    return [file.name for file in data_dir.iterdir() if file.suffix in {".aof", ".rdb"}]


async def test_first_start_has_a_socket_and_no_port(data_dir: Path) -> None:
    """A start on an empty folder answers at the socket only."""
    server = redis.start(data_dir, durable=False)
    assert await _count(server) == 1
    assert psutil.Process(server.pid).net_connections("inet") == []


async def test_durable_restart_keeps_data(data_dir: Path) -> None:
    """What was written before a stop is there after the next start."""
    assert await _count(redis.start(data_dir, durable=True)) == 1
    redis.stop(data_dir)
    assert await _count(redis.start(data_dir, durable=True)) == 2


async def test_durable_start_after_kill_keeps_data(data_dir: Path) -> None:
    """A server killed with -9 starts again at the same socket and knows every answered write."""
    first = redis.start(data_dir, durable=True)
    assert await _count(first) == 1
    kill(first.pid)
    second = redis.start(data_dir, durable=True)
    assert second.url == first.url
    assert await _count(second) == 2


async def test_disposable_server_forgets(data_dir: Path) -> None:
    """Without durability a restart begins anew and no data file is written."""
    assert await _count(redis.start(data_dir, durable=False)) == 1
    redis.stop(data_dir)
    assert await _count(redis.start(data_dir, durable=False)) == 1
    assert _kept(data_dir) == []


async def test_start_when_pid_was_given_to_a_stranger(data_dir: Path, stranger: subprocess.Popen[bytes]) -> None:
    """A stale pid file that names a living stranger stops neither the start nor the stranger."""
    kill(redis.start(data_dir, durable=True).pid)
    (data_dir / "redis.pid").write_text(f"{stranger.pid}\n")
    assert await _count(redis.start(data_dir, durable=True)) == 1
    redis.stop(data_dir)
    assert stranger.poll() is None


async def test_start_when_the_socket_was_tidied_away(data_dir: Path) -> None:
    """A server nobody can reach any more is replaced; two never write one file."""
    first = redis.start(data_dir, durable=True)
    assert await _count(first) == 1
    _socket(first).unlink()
    second = redis.start(data_dir, durable=True)
    assert not alive(first.pid)
    assert await _count(second) == 2


async def test_deep_folder(tmp_path: Path) -> None:
    """A path of 600 bytes with blanks and Chinese works."""
    with redis.running(tmp_path.joinpath(*["深 '度"] * 50), durable=True) as server:
        assert await _count(server) == 1


def test_two_starts_at_once_answer_one_server(data_dir: Path) -> None:
    """Both callers get the same server, whoever of them made it."""
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: redis.start(data_dir, durable=True), range(2))
    assert first == second


def test_last_user_stops_the_server(data_dir: Path) -> None:
    """The server lives as long as one block uses it."""
    with redis.running(data_dir, durable=False) as outer:
        with redis.running(data_dir, durable=False) as inner:
            assert inner == outer
        assert alive(outer.pid)
    assert not alive(outer.pid)


def test_failure_is_told_in_the_servers_words(data_dir: Path) -> None:
    """A spoilt data file is refused at once, with the reason."""
    data_dir.mkdir()
    (data_dir / "appendonly.aof").write_text("this is no append-only file\n")
    with pytest.raises(EmbeddedServerError, match="Bad file format reading the append only file"):
        redis.start(data_dir, durable=True)
