"""Who may start a data folder's server, and who still uses it.

Both questions are answered by `flock`: the kernel drops the locks of a process that was killed, so nothing
stale is left to clean up.
"""

import contextlib
import fcntl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from app.embedded.errors import EmbeddedServerError

T = TypeVar("T")


@contextlib.contextmanager
def exclusive(data_dir: Path) -> Iterator[None]:
    """Hold the one right to start or stop the server of `data_dir`; waits for whoever holds it now.

    The folder is made when missing. Starts and stops are bounded in time, so the wait is too.

    Raises:
        EmbeddedServerError: when the folder is closed to this user.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock = (data_dir / "lock").open("a")
    except PermissionError as error:
        raise EmbeddedServerError(f"{data_dir} was made by another user: start as that user, or remove it") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def shared(data_dir: Path, *, start: Callable[[], T], stop: Callable[[], None]) -> Iterator[T]:
    """Use the server of `data_dir` together with other processes: the last user to leave stops it.

    `start` answers the server that runs already or a new one; `stop` ends it. Both run under `exclusive`.
    """
    with contextlib.ExitStack() as stack:
        with exclusive(data_dir):
            users = stack.enter_context((data_dir / "users").open("a"))
            fcntl.flock(users, fcntl.LOCK_SH)
            server = start()
        try:
            yield server
        finally:
            with exclusive(data_dir):
                if _is_last(users.fileno()):
                    stop()


def _is_last(users: int) -> bool:
    """Whether no other open file holds the shared lock; the caller holds `exclusive`."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
