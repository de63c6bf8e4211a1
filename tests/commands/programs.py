"""Starts the project's own programs as processes, and waits for what they become."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import psutil

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0  # a bound against hanging, not a measurement


def free_port() -> int:
    """A TCP port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def program(command: str, log: Path, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """`yougou <command>` with its output in `log`; killed at the end with all it started, if they still run."""
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", *command.split()],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process
    finally:
        family = _family(process.pid)
        process.kill()
        process.wait()
        for child in family:
            with suppress(psutil.NoSuchProcess):
                child.kill()


def _family(pid: int) -> list[psutil.Process]:
    """What a process started, and they in turn; a killed server's workers would go on without it."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def until(holds: Callable[[], bool], log: Path) -> None:
    """Waits until something holds; fails with the program's output when it never does."""
    ends = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < ends, log.read_text(encoding="utf-8")
        time.sleep(0.05)


def is_ready(port: int) -> bool:
    """Whether a server on `port` says that it can serve."""
    try:
        return httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=5).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
