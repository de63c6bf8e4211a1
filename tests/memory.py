"""A folder in memory for the databases of a run: one is copied there in a tenth of the time a disk takes.

Where there is no such folder, or not much room in it (a container's has 64 MB), the run's own folder serves.
"""

import os
import shutil
from pathlib import Path

import psutil

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of this run's own is made in it
LEAST = 4 * 2**30  # bytes that must be free
_PREFIX, _NAMED = "yougou-tests-", "YOUGOU_TESTS_MEMORY"


def claim() -> None:
    """Makes the folder of this process and of the workers it starts; what killed runs left there goes first."""
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return
    for left in MEMORY.glob(f"{_PREFIX}*"):
        if not psutil.pid_exists(int(left.name.removeprefix(_PREFIX))):
            shutil.rmtree(left, ignore_errors=True)
    if shutil.disk_usage(MEMORY).free >= LEAST:
        mine = MEMORY / f"{_PREFIX}{os.getpid()}"
        mine.mkdir(mode=0o755)
        os.environ[_NAMED] = str(mine)


def claimed() -> Path | None:
    """The folder of this run; None where there is none."""
    return Path(os.environ[_NAMED]) if _NAMED in os.environ else None


def give_back() -> None:
    """Removes the folder, once every server in it has stopped."""
    if _NAMED in os.environ:
        shutil.rmtree(os.environ.pop(_NAMED), ignore_errors=True)
