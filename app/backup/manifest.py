"""What a backup holds, with a checksum of everything: the file that makes a folder a backup, written last."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

NAME = "manifest.json"
DUMP = "database.dump"
FILES = "files"
FORMAT = 1
CHUNK = 1024 * 1024  # bytes read at once


class NoBackupError(Exception):
    """The folder holds no whole backup of a form this program reads."""


class DamagedBackupError(Exception):
    """Something in the folder is not what the manifest says."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the backup: its key in the store, its size in bytes and the sha256 of its bytes, in hex."""

    key: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `rows` counts each table's rows at the moment of the dump."""

    made_at: str
    migrations: list[str]
    database: File
    rows: dict[str, int]
    files: list[File]

    def write(self, folder: Path) -> None:
        """Makes the folder a backup."""
        text = orjson.dumps({"format": FORMAT, **asdict(self)}, option=orjson.OPT_INDENT_2)
        draft = folder / f"{NAME}.draft"
        draft.write_bytes(text + b"\n")
        draft.rename(folder / NAME)

    @property
    def made(self) -> datetime:
        """When the dump was begun, UTC."""
        return datetime.fromisoformat(self.made_at)


def read(folder: Path) -> Manifest:
    """The manifest of the backup in `folder`.

    Raises:
        NoBackupError: there is none, or one of a later form.
    """
    try:
        told: dict[str, Any] = orjson.loads((folder / NAME).read_bytes())
    except (FileNotFoundError, NotADirectoryError, orjson.JSONDecodeError):
        raise NoBackupError(f"{folder} holds no finished backup") from None
    if told.pop("format", None) != FORMAT:
        raise NoBackupError(f"{folder} was made by another version of this program")
    files = [File(**each) for each in told.pop("files")]
    return Manifest(database=File(**told.pop("database")), files=files, **told)


def check(path: Path, expected: File) -> None:
    """Holds a file of the folder against the manifest.

    Raises:
        DamagedBackupError: it is missing, or its size or checksum differs.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as source:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except FileNotFoundError:
        raise DamagedBackupError(f"{path} is missing") from None
    if (size, digest.hexdigest()) != (expected.size, expected.sha256):
        raise DamagedBackupError(f"{path} is not what was backed up")
