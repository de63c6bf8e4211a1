"""Brings a backup back into an empty database, after all of it was held against its checksums."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import NamedTemporaryFile

import asyncpg

from app import migrate
from app.backup import programs
from app.backup.make import Progress
from app.backup.manifest import CHUNK, DUMP, FILES, Manifest, check, read
from app.files.store import Store

_TABLES = """SELECT count(*) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"""


class DatabaseNotEmptyError(Exception):
    """The database has tables already: a restore never writes over anything."""


class LaterBackupError(Exception):
    """The backup was made by a later version of the program, whose tables this one does not know."""


class WrongRowsError(Exception):
    """After the restore a table has another number of rows than when it was dumped."""


async def restore(owner_url: str, store: Store, folder: Path, progress: Progress) -> Manifest:
    """Checks the backup in `folder`, and restores it into the empty database at `owner_url` and into `store`.

    The database comes back in one transaction, as it was: migrations that were made since are applied then. Files
    that are in the store already are written again. `progress(stage, done, total)` is told of files.

    Raises:
        NoBackupError, DamagedBackupError, LaterBackupError, DatabaseNotEmptyError: nothing was written.
        ProgramMissingError, ProgramFailedError: the database is as it was.
        WrongRowsError: the database does not hold what was dumped.
    """
    manifest = read(folder)
    if unknown := set(manifest.migrations) - set(migrate.KNOWN):
        raise LaterBackupError(f"this program does not know {', '.join(sorted(unknown))}")
    await _check(manifest, folder, progress)
    connection = await asyncpg.connect(owner_url)
    try:
        if await connection.fetchval(_TABLES):
            raise DatabaseNotEmptyError("the database has tables already")
        program = await programs.found("pg_restore", connection.get_server_version().major)
        await _load(program, owner_url, folder / DUMP)
        for table, expected in manifest.rows.items():
            if (found := await connection.fetchval(f'SELECT count(*) FROM "{table}"')) != expected:
                raise WrongRowsError(f"{table} has {found} rows, not {expected}")
    finally:
        await connection.close()
    for done, file in enumerate(manifest.files, 1):
        await store.put(file.key, _chunks(folder / FILES / file.key), "application/octet-stream")
        progress("files", done, len(manifest.files))
    await migrate.upgrade(owner_url)
    return manifest


async def _check(manifest: Manifest, folder: Path, progress: Progress) -> None:
    parts = [(folder / DUMP, manifest.database), *((folder / FILES / file.key, file) for file in manifest.files)]
    for done, (path, expected) in enumerate(parts, 1):
        await asyncio.to_thread(check, path, expected)
        progress("checksums", done, len(parts))


async def _load(program: str, url: str, dump: Path) -> None:
    """Restores the dump but for comments on extensions, which belong to the superuser who made these."""
    listing = await programs.start(program, "--list", str(dump), url=url)
    told, error = await listing.communicate()
    programs.require_success(listing, error)
    wanted = b"\n".join(line for line in told.splitlines() if b" COMMENT - EXTENSION " not in line)
    with NamedTemporaryFile("wb", suffix=".list") as wish:
        wish.write(wanted)
        wish.flush()
        database = programs.environment(url)["PGDATABASE"]
        steps = ("--exit-on-error", "--single-transaction", "--no-owner", f"--use-list={wish.name}")
        process = await programs.start(program, *steps, f"--dbname={database}", str(dump), url=url)
        _, error = await process.communicate()
    programs.require_success(process, error)


async def _chunks(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as source:
        while chunk := await asyncio.to_thread(source.read, CHUNK):
            yield chunk
