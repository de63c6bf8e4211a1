"""A short folder for a server's unix socket, however deep its data lies."""

import os
import shutil
import stat
import tempfile
from pathlib import Path

# A socket's whole path may have 107 bytes (103 on macOS); mkdtemp and the longest name in it take under 40.
_LONGEST_BASE = 60
_PREFIX = "yougou-"


def folder(data_dir: Path) -> Path:
    """The socket folder of `data_dir`, only open to this user; made when missing, the same at each start.

    The folder is remembered in `data_dir`, so clients find a server again that was started anew. One that
    vanished (a restarted machine empties /tmp) or that is not ours any more is replaced.
    """
    record = data_dir / "socket-folder"
    if record.exists() and _is_private(known := Path(record.read_text(encoding="utf-8"))):
        return known
    made = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_base()))
    record.write_text(str(made), encoding="utf-8")
    return made


def emptied(data_dir: Path) -> Path:
    """The socket folder of `data_dir` with nothing in it; for a server about to start.

    PostgreSQL leaves a lock file there too, and takes a pid in it that was given out again for itself.
    """
    place = folder(data_dir)
    for left_over in place.iterdir():
        left_over.unlink()
    return place


def discard(data_dir: Path) -> None:
    """Remove the socket folder of `data_dir` and forget it; nothing happens when there is none."""
    record = data_dir / "socket-folder"
    if record.exists() and _is_private(known := Path(record.read_text(encoding="utf-8"))):
        shutil.rmtree(known)
    record.unlink(missing_ok=True)


def _base() -> str:
    usual = tempfile.gettempdir()
    return usual if len(os.fsencode(usual)) <= _LONGEST_BASE else "/tmp"  # noqa: S108 (only mkdtemp writes there)


def _is_private(path: Path) -> bool:
    """Whether `path` is a socket folder (not a link to one) of this user, closed to all others."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return False
    return (
        path.name.startswith(_PREFIX)
        and stat.S_ISDIR(found.st_mode)
        and found.st_uid == os.geteuid()
        and stat.S_IMODE(found.st_mode) == stat.S_IRWXU
    )
