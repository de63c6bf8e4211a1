"""The server under test has a core of its own."""

import os
import subprocess
import sys

from app.bench import cores
from app.bench.cores import Cores

SHOW = [sys.executable, "-c", "import os; print(sorted(os.sched_getaffinity(0)))"]


def test_every_core_is_on_one_side() -> None:
    """One core for the server, the rest for everything else, and the only one for both."""
    divided = cores.available()
    usable = os.sched_getaffinity(0)
    assert len(divided.server) == 1
    assert divided.server | divided.others == usable
    assert divided.are_apart is (len(usable) > 1)


def test_a_shared_core_is_told() -> None:
    """The command warns of it."""
    assert not Cores(frozenset({0}), frozenset({0})).are_apart
    assert Cores(frozenset({0}), frozenset({1})).are_apart


def test_a_process_started_inside_stays_there() -> None:
    """A child keeps the cores of the block; the parent gets its own back."""
    before = os.sched_getaffinity(0)
    with cores.on(frozenset({max(before)})):
        shown = subprocess.run(SHOW, capture_output=True, text=True, check=True).stdout
    assert shown == f"[{max(before)}]\n"
    assert os.sched_getaffinity(0) == before
