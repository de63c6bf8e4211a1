"""The log file of an embedded server."""

from pathlib import Path

_LINES = 20


def rotate(log: Path) -> None:
    """Put the log of the last start aside as `<name>.1`, so that neither grows for ever."""
    if log.exists():
        log.replace(log.with_name(f"{log.name}.1"))


def tail(log: Path) -> str:
    """The last lines of the log, for an error message; empty when there is no log."""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LINES:]) if log.exists() else ""
