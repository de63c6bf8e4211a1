"""Ends the children of a supervisor that was killed; runs as a program of its own.

`python guard.py GRACE` reads lines from its standard input: `+PID` for a child that leads its own process
group, `-PID` when that group is gone. The input ends when the supervisor ends, however it ended. Children
that are left then get SIGTERM, and after GRACE seconds their whole groups get SIGKILL.

Why not PR_SET_PDEATHSIG: it reaches the child but not the child's own workers, it has one signal and no
second, it follows the thread that started the child, and only Linux has it.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, cast

_STEP_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Guard:
    """The supervisor's end of the pipe to a running guard."""

    lines: IO[str]

    def watch(self, pid: int) -> None:
        """Have the process group that `pid` leads ended, should the supervisor die."""
        self._tell(f"+{pid}")

    def forget(self, pid: int) -> None:
        """Take `watch` back: the group is gone and its number may be given out again."""
        self._tell(f"-{pid}")

    def _tell(self, line: str) -> None:
        self.lines.write(f"{line}\n")
        self.lines.flush()


@contextlib.contextmanager
def watching(grace: float) -> Iterator[Guard]:
    """Run a guard for the length of the block; in a session of its own, out of reach of Ctrl-C."""
    argv = [sys.executable, "-I", __file__, str(grace)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, text=True, start_new_session=True) as process:  # noqa: S603 (own argv)
        yield Guard(cast("IO[str]", process.stdin))


def left_over(lines: Iterable[str]) -> set[int]:
    """Read the lines to their end; answers the pids of the children that were not taken back."""
    pids: set[int] = set()
    for line in lines:
        (pids.add if line.startswith("+") else pids.discard)(int(line[1:]))
    return pids


def end(pids: Iterable[int], grace: float) -> None:
    """Ask the group leaders to end, and kill what is left of their groups after `grace` seconds."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while (alive := [pid for pid in pids if _has_members(pid)]) and time.monotonic() < deadline:
        time.sleep(_STEP_SECONDS)
    for pid in alive:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def _has_members(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    end(left_over(sys.stdin), float(sys.argv[1]))
