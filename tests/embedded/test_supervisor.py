"""The supervisor keeps its children running, stops them in order, and leaves none behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.embedded.waiting import until
from tests.embedded.processes import alive

_STEADY = """
import os, signal, sys, time
def stop(*_): print("stops"); sys.exit(0)
signal.signal(signal.SIGTERM, stop)
print("pid", os.getpid())
while True: time.sleep(60)
"""
_STUBBORN = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("pid", os.getpid())
print("pid", subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid)
while True: time.sleep(60)
"""
_BRIEF = "import sys; print('does not', 'work', file=sys.stderr); sys.exit(7)"

_SUPERVISOR = """
import sys
from app.embedded.supervisor import Child, Patience, run
texts = {children!r}
children = [
    Child(name, [sys.executable, "-c", text], {{"NAME": name}}, kept=not name.startswith("once"))
    for name, text in texts.items()
]
sys.exit(run(children, patience=Patience(restarts=2, delay=0.01, healthy=60, grace={grace})))
"""


class Supervised:
    """A supervisor in another process, and what it printed so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []

    def pids(self, count: int) -> list[int]:
        """Read on until `count` processes told their pid; answers all of them in the order told."""
        assert self.process.stdout is not None
        while len(found := [int(line.split()[-1]) for line in self.lines if "| pid" in line]) < count:
            line = self.process.stdout.readline()
            assert line, "the supervisor ended: " + "\n".join(self.lines)
            self.lines.append(line.rstrip("\n"))
        return found

    def end(self) -> int:
        """Read to the end; answers the exit code."""
        self.lines += self.process.communicate(timeout=30)[0].splitlines()
        return self.process.returncode


class Start:
    """Starts supervisors and kills those that the test left running."""

    def __init__(self) -> None:
        self.started: list[Supervised] = []

    def __call__(self, *, grace: float = 10, **children: str) -> Supervised:
        """Start a supervisor over Python children: name and program text."""
        argv = [sys.executable, "-c", _SUPERVISOR.format(children=children, grace=grace)]
        self.started.append(Supervised(subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)))
        return self.started[-1]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a supervisor over Python children: `start(name="program text")`."""
    starter = Start()
    yield starter
    for supervised in starter.started:
        supervised.process.kill()
        supervised.process.communicate()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_stops_children_in_reverse_order(start: Start, sign: signal.Signals) -> None:
    """A signal ends the last child first, forwards its last words, and answers 0."""
    supervised = start(first=_STEADY, second=_STEADY)
    pids = supervised.pids(2)
    supervised.process.send_signal(sign)
    assert supervised.end() == 0
    assert [line for line in supervised.lines if "stops" in line] == ["  second | stops", "   first | stops"]
    assert not any(alive(pid) for pid in pids)


@pytest.mark.parametrize(
    ("text", "said"), [("print('all done')", "all done"), (_BRIEF, "exit code 7; the others go on")]
)
def test_a_child_that_works_once_may_end(start: Start, text: str, said: str) -> None:
    """Well or not: it is not started again, and the others go on until a signal."""
    supervised = start(steady=_STEADY, once=text)
    while not any(said in line for line in supervised.lines):
        assert supervised.process.stdout is not None
        supervised.lines.append(supervised.process.stdout.readline().rstrip("\n"))
    [pid] = supervised.pids(1)
    assert alive(pid)
    supervised.process.terminate()
    assert supervised.end() == 0
    assert not any("starts again" in line for line in supervised.lines)


def test_stubborn_child_is_killed_with_its_children(start: Start) -> None:
    """Who ignores SIGTERM is killed after the grace time, and so are processes it started."""
    supervised = start(grace=0.2, deaf=_STUBBORN)
    pids = supervised.pids(2)
    supervised.process.terminate()
    assert supervised.end() == 0
    assert until(lambda: not any(alive(pid) for pid in pids), seconds=10)


def test_killed_supervisor_leaves_no_child(start: Start) -> None:
    """After kill -9 of the supervisor, obedient and stubborn children and their children end."""
    supervised = start(grace=0.2, good=_STEADY, deaf=_STUBBORN)
    pids = supervised.pids(3)
    supervised.process.kill()
    assert supervised.end() == -signal.SIGKILL
    assert until(lambda: not any(alive(pid) for pid in pids), seconds=10)


def test_child_that_dies_is_started_again(start: Start) -> None:
    """One child is killed: it comes back under a new pid, and the other one did not notice."""
    supervised = start(first=_STEADY)
    (pid,) = supervised.pids(1)
    os.kill(pid, signal.SIGKILL)
    assert supervised.pids(2)[1] != pid
    assert "   first | ended with exit code -9; starts again in 0.01 s (1 of 2)" in supervised.lines
    supervised.process.terminate()
    assert supervised.end() == 0


def test_child_that_always_dies_stops_all(start: Start) -> None:
    """After the last restart everything stops, exit code 1, with the child's words and what to do."""
    supervised = start(good=_STEADY, bad=_BRIEF)
    assert supervised.end() == 1
    told = [line for line in supervised.lines if line.startswith("     bad")]
    assert told == [
        "     bad | does not work",
        "     bad | ended with exit code 7; starts again in 0.01 s (1 of 2)",
        "     bad | does not work",
        "     bad | ended with exit code 7; starts again in 0.02 s (2 of 2)",
        "     bad | does not work",
        "     bad | ended 3 times in a row, at last with exit code 7: stopping everything.",
        "     bad | Its lines above tell the reason; `yougou doctor` checks the installation.",
    ]


def test_program_that_is_missing_stops_all(tmp_path: Path) -> None:
    """A command line that cannot be started is named, and nothing is tried again."""
    program = "import sys; from app.embedded.supervisor import *; sys.exit(run([Child('none', sys.argv[1:])]))"
    argv = [sys.executable, "-c", program, str(tmp_path / "missing")]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout.startswith("    none | cannot be started: [Errno 2]")


def test_output_without_newlines_and_environment(start: Start) -> None:
    """A line longer than a pipe, bytes that are no UTF-8 and a last line without end all come through."""
    supervised = start(
        loud="import os, sys; print(os.environ['NAME'], 'x' * 200_000);"
        " sys.stdout.flush(); sys.stdout.buffer.write(b'\\xff end'); sys.exit(0)",
    )
    assert supervised.end() == 1
    first_run = "".join(line.removeprefix("    loud | ") for line in supervised.lines).split("ended")[0]
    assert first_run == "loud " + "x" * 200_000 + "\N{REPLACEMENT CHARACTER} end"
