"""Makes a backup: one consistent dump of the database, then the files its rows name."""

import asyncio
import hashlib
from asyncio import StreamReader
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import asyncpg

from app.backup import programs
from app.backup.manifest import CHUNK, DUMP, FILES, File, Manifest
from app.files.store import Store
from app.kit import clock

Progress = Callable[[str, int, int], None]

_TABLES = """SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
ORDER BY c.relname"""


class FolderNotEmptyError(Exception):
    """The folder has something in it already: a backup never writes over anything."""


async def back_up(owner_url: str, store: Store, folder: Path, progress: Progress) -> Manifest:
    """Writes the database at `owner_url` and the files of `store` into the new `folder`.

    Files are written once and never changed, and go only some time after the last row that names them: copied
    after the dump, they hold what it needs. `progress(stage, done, total)` is told of bytes and of files. A folder
    without its manifest is no backup: the manifest is written last.

    Raises:
        FolderNotEmptyError: nothing was written.
        ProgramMissingError: there is no pg_dump that fits the server.
        ProgramFailedError: pg_dump failed.
    """
    _begin(folder)
    made_at = clock.now().isoformat()
    database, rows, migrations = await _dump(owner_url, folder / DUMP, progress)
    files = await _copy(store, folder / FILES, progress)
    manifest = Manifest(made_at, migrations, database, rows, files)
    manifest.write(folder)
    return manifest


def _begin(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmptyError(f"{folder} is not empty")
    folder.mkdir(parents=True, exist_ok=True)


async def _dump(url: str, path: Path, progress: Progress) -> tuple[File, dict[str, int], list[str]]:
    """The dump, and what it holds: rows are counted in the very snapshot that is dumped."""
    connection = await asyncpg.connect(url)
    try:
        major = connection.get_server_version().major
        program = await programs.found("pg_dump", major)
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            snapshot = await connection.fetchval("SELECT pg_export_snapshot()")
            total = await connection.fetchval("SELECT pg_database_size(current_database())")
            process = await programs.start(program, "--format=custom", f"--snapshot={snapshot}", url=url)
            if process.stdout is None or process.stderr is None:
                raise programs.ProgramFailedError("pg_dump gave no pipes")
            told = asyncio.create_task(process.stderr.read())
            chunks = _chunks(process.stdout, lambda done: progress("database", done, total))
            file = await _write(chunks, path, DUMP)
            await process.wait()
            programs.require_success(process, await told)
            tables = [row[0] for row in await connection.fetch(_TABLES)]
            rows = {name: await connection.fetchval(f'SELECT count(*) FROM "{name}"') for name in tables}
            applied = await connection.fetch("SELECT name FROM tortoise_migrations ORDER BY name")
    finally:
        await connection.close()
    progress("database", file.size, file.size)
    return file, rows, [row["name"] for row in applied]


async def _chunks(source: StreamReader, progress: Callable[[int], None]) -> AsyncIterator[bytes]:
    done = 0
    while chunk := await source.read(CHUNK):
        done += len(chunk)
        progress(done)
        yield chunk


async def _write(chunks: AsyncIterator[bytes], path: Path, key: str) -> File:
    digest, size = hashlib.sha256(), 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        async for chunk in chunks:
            await asyncio.to_thread(target.write, chunk)
            digest.update(chunk)
            size += len(chunk)
    return File(key, size, digest.hexdigest())


async def _copy(store: Store, folder: Path, progress: Progress) -> list[File]:
    keys = sorted([each.key async for each in store.list()])
    copied = []
    for key in keys:
        opened = await store.get(key)
        if opened is not None:  # else swept meanwhile: no row named it
            copied.append(await _write(opened.chunks, folder / key, key))
        progress("files", len(copied), len(keys))
    return copied
