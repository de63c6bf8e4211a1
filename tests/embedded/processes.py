"""Killing and watching processes that are no children of the tests."""

import os
import signal

import psutil

from app.embedded.processes import is_alive
from app.embedded.waiting import until


def alive(pid: int) -> bool:
    """Whether the process does something; one its parent has not noticed the death of does not."""
    return psutil.pid_exists(pid) and is_alive(psutil.Process(pid))


def kill(pid: int) -> None:
    """Kill the process with -9 and wait until it is dead."""
    os.kill(pid, signal.SIGKILL)
    assert until(lambda: not alive(pid), seconds=10)
