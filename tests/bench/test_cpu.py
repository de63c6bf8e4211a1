"""CPU of a process tree."""

import os
import subprocess
import sys

from app.bench import cpu

BURN = "import time\nwhile time.process_time() < 0.3: pass\n"
PARENT = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {BURN!r}])\nprint(flush=True)\ninput()"


def test_what_ended_children_used_is_counted() -> None:
    """A child's CPU counts while it runs and after it was waited for."""
    before = cpu.seconds(os.getpid())
    subprocess.run([sys.executable, "-c", BURN], check=True)
    assert 0.25 < cpu.seconds(os.getpid()) - before < 3


def test_children_of_children_are_counted() -> None:
    """A server's workers are its children, and PostgreSQL's backends too."""
    with subprocess.Popen([sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        assert 0.3 <= cpu.seconds(process.pid) < 3
        process.stdin.close()
