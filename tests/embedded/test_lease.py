"""One starts at a time; the last to leave stops."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.embedded import lease
from app.embedded.errors import EmbeddedServerError


def test_last_to_leave_stops(tmp_path: Path) -> None:
    """Of two overlapping users the second to leave stops; who comes later starts anew."""
    calls: list[str] = []
    with lease.shared(tmp_path, start=lambda: calls.append("start 1"), stop=lambda: calls.append("stop 1")):
        with lease.shared(tmp_path, start=lambda: calls.append("start 2"), stop=lambda: calls.append("stop 2")):
            pass
        assert calls == ["start 1", "start 2"]
    assert calls == ["start 1", "start 2", "stop 1"]


def test_error_inside_the_block_still_stops(tmp_path: Path) -> None:
    """An exception passes through after the server was stopped."""
    calls: list[str] = []
    with (
        pytest.raises(ValueError, match="inside"),
        lease.shared(tmp_path, start=lambda: None, stop=lambda: calls.append("stop")),
    ):
        raise ValueError("inside")
    assert calls == ["stop"]


def test_failed_start_leaves_no_user_behind(tmp_path: Path) -> None:
    """A start that failed is not counted: the next user alone stops the server."""
    calls: list[str] = []

    def fail() -> None:
        raise ValueError("no start")

    with pytest.raises(ValueError, match="no start"), lease.shared(tmp_path, start=fail, stop=lambda: None):
        pass
    with lease.shared(tmp_path, start=lambda: None, stop=lambda: calls.append("stop")):
        pass
    assert calls == ["stop"]


def test_folder_of_another_user_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is closed to this user (root made it, say) gives a message instead of a bare refusal."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(EmbeddedServerError, match="was made by another user"), lease.exclusive(tmp_path):
        pass


def test_exclusive_lets_one_in(tmp_path: Path) -> None:
    """Four threads pass the block one after another."""
    inside: list[int] = []

    def enter(number: int) -> bool:
        with lease.exclusive(tmp_path / "made"):
            inside.append(number)
            alone = len(inside) == 1
            inside.remove(number)
        return alone

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(enter, range(40)))
