"""Inspects received files, each in a process of its own with so much time and memory and no more."""

import asyncio
import hashlib
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import IO, Any

import orjson

from app.files.errors import FileBroken, FileNotSafe
from app.files.incoming import Received, unnamed
from app.kit.errors import Refused

AT_ONCE = 2  # inspections a server process lets run
PATIENCE = 30.0  # seconds after which the inspecting process is killed
PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Inspected:
    """A good file as it is to be kept: what was found in it is of these bytes, not of those that were sent."""

    content_type: str
    size: int
    sha256: str
    width: int | None
    height: int | None
    file: IO[bytes]

    async def content(self) -> AsyncIterator[bytes]:
        """The bytes, piece by piece."""
        await asyncio.to_thread(self.file.seek, 0)
        while piece := await asyncio.to_thread(self.file.read, PIECE):
            yield piece


class Inspector:
    """Lets so many files be inspected at once; the others wait."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._lane = asyncio.Semaphore(at_once)

    @asynccontextmanager
    async def inspected(self, received: Received) -> AsyncIterator[Inspected]:
        """The file read to its end and cleaned; it is gone at the end of the block.

        Raises:
            Refused: FileBroken, also when its inspection took too much time or memory; FileNotSafe.
        """
        target = await asyncio.to_thread(unnamed)
        try:
            async with self._lane:
                verdict = await _verdict(received, target)
            if verdict is None or verdict.get("broken"):
                raise Refused(FileBroken())
            if "unsafe" in verdict:
                raise Refused(FileNotSafe(verdict["unsafe"]))
            kept = target if verdict["is_rewritten"] else received.file
            size, sha256 = await asyncio.to_thread(_measured, kept)
            yield Inspected(received.type.content_type, size, sha256, verdict["width"], verdict["height"], kept)
        finally:
            target.close()


async def _verdict(received: Received, target: IO[bytes]) -> dict[str, Any] | None:
    """What the inspecting process said; None when it died."""
    await asyncio.to_thread(received.file.seek, 0)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-I", "-m", "app.files.inspection", received.type.content_type, str(target.fileno())),
        stdin=received.file,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        pass_fds=(target.fileno(),),
    )
    try:
        async with asyncio.timeout(PATIENCE):
            told, _ = await process.communicate()
    except TimeoutError:
        return None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        return None
    verdict: dict[str, Any] = orjson.loads(told)
    return verdict


def _measured(file: IO[bytes]) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    for piece in _pieces(file):
        digest.update(piece)
        size += len(piece)
    return size, digest.hexdigest()


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece
