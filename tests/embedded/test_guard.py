"""What the guard makes of its input, and how it ends a group."""

import signal
import subprocess
import sys

from app.embedded import guard


def test_left_over_are_those_not_taken_back() -> None:
    """A pid that was taken back is no longer the guard's business."""
    assert guard.left_over(["+10\n", "+11\n", "-10\n", "+12\n"]) == {11, 12}
    assert guard.left_over([]) == set()


def test_end_asks_first() -> None:
    """A listening child ends by SIGTERM, also when another one is gone already."""
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as gone:
        gone.kill()
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as child:
        guard.end({gone.pid, child.pid}, grace=0.2)
        assert child.wait(timeout=10) == -signal.SIGTERM


def test_end_kills_after_the_grace_time() -> None:
    """A deaf child ends by SIGKILL."""
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE, start_new_session=True) as child:
        assert child.stdout is not None
        child.stdout.readline()
        guard.end({child.pid}, grace=0.1)
        assert child.wait(timeout=10) == -signal.SIGKILL
