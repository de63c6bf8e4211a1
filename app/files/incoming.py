"""A file on its way in: capped, typed and hashed while it streams into an unnamed temporary file."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import IO

from app.files.errors import FileEmpty, FileTooLarge, FileTypeNotAccepted
from app.files.rules import HEAD, TYPES, Caps, FileType, type_of
from app.kit.errors import Refused

BUFFER = 512 * 1024  # bytes that wait for one write


@dataclass(frozen=True, slots=True)
class Received:
    """A file that came in whole, in an open file that nobody else can open and that no crash leaves behind."""

    file: IO[bytes]
    type: FileType
    size: int
    sha256: str  # lower-case hexadecimal


class Incoming:
    """Takes a file in pieces. Never more than BUFFER bytes and one piece of it are in memory."""

    def __init__(self, file: IO[bytes], caps: Caps) -> None:
        self._file = file
        self._caps = caps
        self._cap = caps.largest
        self._type: FileType | None = None
        self._hash = hashlib.sha256()
        self._waiting = bytearray()
        self._size = 0

    async def write(self, piece: bytes) -> None:
        """Takes the next bytes.

        Raises:
            Refused: FileTypeNotAccepted, as soon as it can be told; FileTooLarge, with the first byte too many.
        """
        self._size += len(piece)
        self._waiting += piece
        if self._type is None and self._size >= HEAD:
            self._type = _accepted(bytes(self._waiting[:HEAD]))
            self._cap = self._caps.of(self._type.kind)
        if self._size > self._cap:
            raise Refused(FileTooLarge(self._cap))
        if len(self._waiting) >= BUFFER:
            await self._flush()

    async def finish(self) -> Received:
        """The file, after its last byte.

        Raises:
            Refused: FileEmpty; FileTypeNotAccepted for one of a few bytes.
        """
        if not self._size:
            raise Refused(FileEmpty())
        found = self._type or _accepted(bytes(self._waiting))
        await self._flush()
        return Received(self._file, found, self._size, self._hash.hexdigest())

    async def _flush(self) -> None:
        waiting, self._waiting = bytes(self._waiting), bytearray()
        await asyncio.to_thread(self._store, waiting)

    def _store(self, waiting: bytes) -> None:
        self._hash.update(waiting)
        self._file.write(waiting)


@asynccontextmanager
async def incoming(caps: Caps) -> AsyncIterator[Incoming]:
    """Takes one file; what came of it is gone at the end of the block."""
    file = await asyncio.to_thread(unnamed)
    try:
        yield Incoming(file, caps)
    finally:
        file.close()


def unnamed() -> IO[bytes]:
    """A temporary file without a name, unbuffered."""
    return tempfile.TemporaryFile(buffering=0)


def _accepted(head: bytes) -> FileType:
    found = type_of(head)
    if found is None:
        raise Refused(FileTypeNotAccepted(tuple(TYPES)))
    return found
