"""PostgreSQL's own programs for dumping and restoring, told where the database is without showing the password."""

import asyncio
import os
import re
import shutil
from asyncio.subprocess import DEVNULL, PIPE, Process

from app.embedded import postgres
from app.embedded.errors import EmbeddedServerError
from app.tables import configuration

_VARIABLES = {
    "PGHOST": "host",
    "PGPORT": "port",
    "PGUSER": "user",
    "PGPASSWORD": "password",
    "PGDATABASE": "database",
}
_VERSION = re.compile(rb"\(PostgreSQL\) (\d+)")


class ProgramMissingError(Exception):
    """Neither the machine nor the embedded PostgreSQL has a program that fits the server."""


class ProgramFailedError(Exception):
    """The program ended with an error; the message is its own."""


def environment(url: str) -> dict[str, str]:
    """The environment of a program that works on the database at `url`: other users cannot read it in `ps`."""
    given = configuration(url)["connections"]["default"]["credentials"]
    told = {name: str(given[key]) for name, key in _VARIABLES.items() if given[key] is not None}
    return {**os.environ, **told}


async def found(name: str, server_major: int) -> str:
    """The path of `pg_dump` or `pg_restore` of the server's major version, else of the next newer one there is.

    An older one refuses the server; what a newer one restores may hold settings that the server does not know.

    Raises:
        ProgramMissingError: there is none.
    """
    versions = {path: await _major(path) for path in _candidates(name)}
    fitting = sorted((major, path) for path, major in versions.items() if major >= server_major)
    if not fitting:
        raise ProgramMissingError(f"{name} {server_major} is missing: apt install postgresql-client-{server_major}")
    return fitting[0][1]


def _candidates(name: str) -> list[str]:
    paths = [path] if (path := shutil.which(name)) else []
    try:
        return [*paths, postgres.program(name)]
    except EmbeddedServerError:
        return paths


async def _major(path: str) -> int:
    asked = await asyncio.create_subprocess_exec(path, "--version", stdout=PIPE)
    told, _ = await asked.communicate()
    version = _VERSION.search(told)
    return int(version[1]) if version else 0


async def start(path: str, *arguments: str, url: str) -> Process:
    """Starts a program on the database at `url`, with pipes from what it prints."""
    return await asyncio.create_subprocess_exec(
        path, *arguments, env=environment(url), stdin=DEVNULL, stdout=PIPE, stderr=PIPE
    )


def require_success(process: Process, told: bytes) -> None:
    """Lets a program pass that has done its work.

    Raises:
        ProgramFailedError: it failed; `told` is what it said on standard error.
    """
    if process.returncode:
        raise ProgramFailedError(told.decode(errors="replace").strip())
