"""The embedded PostgreSQL starts, survives what may happen to it, and stops."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg
import psutil
import pytest

from app.embedded import account, postgres
from app.embedded.errors import EmbeddedServerError
from tests.embedded.processes import alive, kill


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """A folder whose server is stopped after the test."""
    yield tmp_path / "postgres"
    postgres.stop(tmp_path / "postgres")


async def _sql(server: postgres.Running, statement: str) -> list[tuple[object, ...]]:
    connection = await asyncpg.connect(host=server.host, port=server.port, user=server.user, database="postgres")
    try:
        return [tuple(row) for row in await connection.fetch(statement)]
    finally:
        await connection.close()


def _supervise(data_dir: Path, block: str) -> subprocess.CompletedProcess[str]:
    """Run `block` in another process, inside `with postgres.running(data_dir) as server`."""
    program = f"""
import os, pathlib, sys
from app.embedded import postgres
with postgres.running(pathlib.Path(sys.argv[1]), durable=True) as server:
    {block}
"""
    argv = [sys.executable, "-c", program, str(data_dir)]
    return subprocess.run(argv, stdout=subprocess.PIPE, text=True, check=False)


async def test_first_start_serves_a_new_cluster(data_dir: Path) -> None:
    """A start on an empty folder answers SQL in UTF-8, and names the process that does."""
    server = postgres.start(data_dir, durable=False)
    assert psutil.Process(server.pid).name() == "postgres"
    assert await _sql(server, "SELECT current_user::text, upper('é'), '苹果' < '香蕉'") == [("postgres", "É", True)]
    assert await _sql(server, "SHOW listen_addresses") == [("",)]


async def test_restart_keeps_data(data_dir: Path) -> None:
    """What was written before a stop is there after the next start."""
    first = postgres.start(data_dir, durable=True)
    await _sql(first, "CREATE TABLE kept AS SELECT 42 AS answer")
    postgres.stop(data_dir)
    assert not alive(first.pid)
    second = postgres.start(data_dir, durable=True)
    assert await _sql(second, "SELECT answer FROM kept") == [(42,)]


async def test_start_after_kill_keeps_data(data_dir: Path) -> None:
    """A server killed with -9 starts again at once, at the same socket, with all that was committed."""
    first = postgres.start(data_dir, durable=True)
    await _sql(first, "CREATE TABLE kept AS SELECT 42 AS answer")
    kill(first.pid)
    second = postgres.start(data_dir, durable=True)
    assert second.pid != first.pid
    assert second.host == first.host
    assert await _sql(second, "SELECT answer FROM kept") == [(42,)]


async def test_start_when_pid_was_given_to_a_stranger(data_dir: Path, stranger: subprocess.Popen[bytes]) -> None:
    """A stale pid file that names a living stranger stops neither the start nor the stranger."""
    server = postgres.start(data_dir, durable=True)
    kill(server.pid)
    for file in (data_dir / "cluster" / "postmaster.pid", Path(server.host) / ".s.PGSQL.5432.lock"):
        file.write_text(file.read_text().replace(str(server.pid), str(stranger.pid), 1))
    assert await _sql(postgres.start(data_dir, durable=True), "SELECT 1")
    postgres.stop(data_dir)
    assert stranger.poll() is None


def test_stop_leaves_a_stranger_alone(data_dir: Path, stranger: subprocess.Popen[bytes]) -> None:
    """Stopping after a kill does not signal the process that now has the pid."""
    server = postgres.start(data_dir, durable=False)
    kill(server.pid)
    pid_file = data_dir / "cluster" / "postmaster.pid"
    pid_file.write_text(pid_file.read_text().replace(str(server.pid), str(stranger.pid), 1))
    postgres.stop(data_dir)
    assert stranger.poll() is None


def test_server_of_a_killed_supervisor_is_taken_over(data_dir: Path) -> None:
    """The supervisor dies by -9, its server lives on, and the next start answers that server."""
    supervisor = _supervise(data_dir, "print(server.pid, flush=True); os.kill(os.getpid(), 9)")
    assert supervisor.returncode == -signal.SIGKILL
    with postgres.running(data_dir, durable=False) as server:
        assert server.pid == int(supervisor.stdout)
    assert not alive(server.pid)


async def test_start_when_server_and_supervisor_were_killed(data_dir: Path) -> None:
    """With both dead by -9, locks and pid file left behind do not hinder the next start."""
    supervisor = _supervise(data_dir, "os.kill(server.pid, 9); os.kill(os.getpid(), 9)")
    assert supervisor.returncode == -signal.SIGKILL
    assert await _sql(postgres.start(data_dir, durable=True), "SELECT 1")


def test_start_after_a_killed_initdb(data_dir: Path) -> None:
    """What a killed initdb left behind is thrown away."""
    (data_dir / "cluster.new").mkdir(parents=True)
    (data_dir / "cluster.new" / "PG_VERSION").write_text("1")
    assert alive(postgres.start(data_dir, durable=False).pid)
    assert not (data_dir / "cluster.new").exists()


async def test_start_when_the_socket_was_tidied_away(data_dir: Path) -> None:
    """A server nobody can reach any more is replaced by one with a socket."""
    first = postgres.start(data_dir, durable=False)
    (Path(first.host) / ".s.PGSQL.5432").unlink()
    second = postgres.start(data_dir, durable=False)
    assert second.pid != first.pid
    assert await _sql(second, "SELECT 1")


async def test_deep_closed_folder(tmp_path: Path) -> None:
    """A path of 600 bytes with blanks and Chinese inside a closed home works, and the home stays closed."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    data_dir = home.joinpath(*["深 '度"] * 50)
    with postgres.running(data_dir, durable=False) as server:
        assert await _sql(server, "SELECT 1")
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_two_starts_at_once_answer_one_server(data_dir: Path) -> None:
    """Both callers get the same server, whoever of them made it."""
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: postgres.start(data_dir, durable=False), range(2))
    assert first == second


def test_last_user_stops_the_server(data_dir: Path) -> None:
    """The server lives as long as one block uses it, and its socket folder goes with it."""
    with postgres.running(data_dir, durable=False) as outer:
        with postgres.running(data_dir, durable=False) as inner:
            assert inner == outer
        assert alive(outer.pid)
    assert not alive(outer.pid)
    assert not Path(outer.host).exists()


def test_failure_is_told_in_the_servers_words(data_dir: Path) -> None:
    """A cluster of another version is refused with the reason and the log's path."""
    (data_dir / "cluster").mkdir(parents=True, mode=0o700)
    (data_dir / "cluster" / "PG_VERSION").write_text("9.6\n")
    account.give(data_dir / "cluster")
    with pytest.raises(EmbeddedServerError, match=r"(?s)does not start .*postgres\.log.*incompatible with server"):
        postgres.start(data_dir, durable=False)


def test_cluster_of_another_user_is_refused(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says whose folder it is before PostgreSQL complains about ownership."""
    (data_dir / "cluster").mkdir(parents=True)
    monkeypatch.setattr(account, "uid", lambda: 12345)
    with pytest.raises(EmbeddedServerError, match="was made by another user: start as that user, or remove it"):
        postgres.start(data_dir, durable=False)


def test_server_that_is_stopping_is_waited_for(data_dir: Path) -> None:
    """A server that somebody else is stopping is not answered: a new one starts after its end."""
    first = postgres.start(data_dir, durable=False)
    os.kill(first.pid, signal.SIGSTOP)  # hold it, so that nothing happens between the next lines
    pid_file = data_dir / "cluster" / "postmaster.pid"
    pid_file.write_text(pid_file.read_text().replace("ready", "stopping"))
    os.kill(first.pid, signal.SIGTERM)
    with ThreadPoolExecutor(1) as pool:
        second = pool.submit(postgres.start, data_dir, durable=False)
        os.kill(first.pid, signal.SIGCONT)
        assert second.result().pid != first.pid
    assert not alive(first.pid)


def test_stop_without_server_does_nothing(data_dir: Path) -> None:
    """A folder that never had a server may be stopped."""
    postgres.stop(data_dir)
    assert not (data_dir / "cluster").exists()
