"""Socket folders are short, private, remembered, and never somebody else's."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.embedded import sockets


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """A data folder whose socket folder is removed after the test."""
    yield tmp_path
    sockets.discard(tmp_path)


def test_folder_is_remembered_and_private(data_dir: Path) -> None:
    """The second call answers the first one's folder, closed to others."""
    place = sockets.folder(data_dir)
    assert sockets.folder(data_dir) == place
    assert place.stat().st_mode & 0o777 == 0o700


def test_vanished_folder_is_replaced(data_dir: Path) -> None:
    """After /tmp was emptied there is a new folder."""
    place = sockets.folder(data_dir)
    place.rmdir()
    assert sockets.folder(data_dir).is_dir()


def test_opened_folder_is_replaced(data_dir: Path) -> None:
    """A folder others may enter is not used again, nor removed: it may be somebody else's."""
    place = sockets.folder(data_dir)
    place.chmod(0o755)
    assert sockets.folder(data_dir) != place
    place.rmdir()


@pytest.mark.parametrize("content", ["", ".", "/"])
def test_spoilt_note_harms_nothing(data_dir: Path, content: str) -> None:
    """A note that a killed process left half-written leads to no other folder."""
    (data_dir / "socket-folder").write_text(content)
    sockets.discard(data_dir)
    assert data_dir.is_dir()
    (data_dir / "socket-folder").write_text(content)
    assert sockets.folder(data_dir).name.startswith("yougou-")


def test_emptied_folder_has_nothing_in_it(data_dir: Path) -> None:
    """What a killed server left in the folder goes, the folder stays."""
    place = sockets.folder(data_dir)
    (place / ".s.PGSQL.5432.lock").write_text("1")
    assert sockets.emptied(data_dir) == place
    assert list(place.iterdir()) == []


def test_deep_temporary_folder_is_avoided(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where TMPDIR is too deep for a socket, the folder lies in /tmp."""
    monkeypatch.setattr(tempfile, "tempdir", str(data_dir / ("d" * 60)))
    assert sockets.folder(data_dir).parent == Path("/tmp")  # noqa: S108 (the very point)


def test_discard_forgets(data_dir: Path) -> None:
    """Folder and note go; a second time does nothing."""
    place = sockets.folder(data_dir)
    sockets.discard(data_dir)
    sockets.discard(data_dir)
    assert not place.exists()
    assert list(data_dir.iterdir()) == []
