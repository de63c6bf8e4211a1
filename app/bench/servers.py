"""The HTTP servers under test: processes of their own, on the core that is theirs alone."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from time import monotonic, sleep
from typing import IO

from app.bench import cores

_SECONDS = 60.0  # for a start, and for a stop
_RAW = ("granian", "--interface", "asgi", "--loop", "uvloop", "--log-level", "warning", "--host", "127.0.0.1")


class ServerDiedError(RuntimeError):
    """A server under test did not come up; the message ends with its own words."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers on 127.0.0.1: the port, and the process at the root of its tree."""

    port: int
    pid: int


@contextmanager
def shop(environment: Mapping[str, str], on: frozenset[int]) -> Iterator[Server]:
    """`yougou serve` with one worker, on these cores. `environment`: where its database and Redis are."""
    port = free_port()
    settings = {**environment, "PORT": str(port), "HOST": "127.0.0.1", "YOUGOU_LOG_LEVEL": "warning"}
    with _running(("app.cli", "serve"), settings, port, on) as server:
        yield server


@contextmanager
def raw(application: str, environment: Mapping[str, str], on: frozenset[int]) -> Iterator[Server]:
    """An ASGI application, named `module:attribute`, on the same HTTP server with the same options."""
    port = free_port()
    with _running((*_RAW, "--port", str(port), application), environment, port, on) as server:
        yield server


@contextmanager
def _running(
    module: tuple[str, ...], environment: Mapping[str, str], port: int, on: frozenset[int]
) -> Iterator[Server]:
    with TemporaryFile() as words:
        with cores.on(on):
            process = subprocess.Popen(  # noqa: S603 - our own programs
                [sys.executable, "-m", *module], env={**os.environ, **environment}, stdout=words, stderr=words
            )
        try:
            _await(process, port, words)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(_SECONDS)


def _await(process: subprocess.Popen[bytes], port: int, words: IO[bytes]) -> None:
    """Waits until the port is open; granian opens it when its worker has started the application."""
    latest = monotonic() + _SECONDS
    while process.poll() is None and monotonic() < latest:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            sleep(0.05)
        else:
            return
    words.seek(0)
    raise ServerDiedError(f"{' '.join(map(str, process.args))}:\n{words.read().decode(errors='replace')}")  # type: ignore[arg-type]


def free_port() -> int:
    """A TCP port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
