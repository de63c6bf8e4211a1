"""Finding and ending a server that this process did not start."""

import contextlib
import signal
from pathlib import Path

import psutil

from app.embedded.errors import EmbeddedServerError
from app.embedded.waiting import until

_KILL_SECONDS = 5.0


def find(pid_file: Path, *, marker: str) -> psutil.Process | None:
    """The live server named in the first line of `pid_file`, or None.

    A pid is given out again after its process died. Only a process with `marker` in its command line is the
    server; any other is a stranger that must be left alone.
    """
    process = named(pid_file)
    return process if process and marker in " ".join(_command(process)) else None


def named(pid_file: Path) -> psutil.Process | None:
    """The live process, whoever it is, that has the pid in the first line of `pid_file`; or None."""
    try:
        process = psutil.Process(int(pid_file.read_text(encoding="utf-8").split("\n", 1)[0]))
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return None
    return process if is_alive(process) else None


def is_alive(process: psutil.Process) -> bool:
    """Whether the process still does something; one that only waits for its parent to notice is dead."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def end(process: psutil.Process, sign: signal.Signals, *, seconds: float) -> None:
    """Ask the process to end by `sign`, and kill it when it still lives after `seconds`.

    Raises:
        EmbeddedServerError: when even SIGKILL did not end it.
    """
    for step, patience in ((sign, seconds), (signal.SIGKILL, _KILL_SECONDS)):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(step)
        if until(lambda: not is_alive(process), seconds=patience):
            return
    raise EmbeddedServerError(f"process {process.pid} does not end; stop it by hand and start again")


def _command(process: psutil.Process) -> list[str]:
    try:
        command: list[str] = process.cmdline()
    except psutil.NoSuchProcess:
        return []
    return command
