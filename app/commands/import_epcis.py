"""`yougou import-epcis`."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from app.commands.console import err, fail, out, progress, run
from app.kit.db import CONNECTION_LOST
from app.settings import Settings
from app.tables import Database
from app.traceability.epcis.document import Document
from app.traceability.epcis.problems import Problem
from app.traceability.epcis.reader import read
from app.traceability.importing import files, import_events

STOPPED = 130  # what a shell says of a program that ended by Ctrl-C
REFUSED, DOCUMENT_REFUSED, UNREADABLE = "REFUSED", "DOCUMENT_REFUSED", "UNREADABLE"

Paths = Annotated[
    list[Path],
    typer.Argument(
        exists=True,
        readable=True,
        metavar="FILE|FOLDER...",
        help="EPCIS 2.0 documents in JSON or JSON-LD; of a folder, every .json and .jsonld file below it.",
    ),
]


def import_epcis(paths: Paths) -> None:
    """Store the events of EPCIS 2.0 documents, make or link the lots they name, and tell what became of each event.

    Standard output has a line per event: STORED, ALREADY_STORED, or each rule it breaks with the JSON path of the
    place; the last line counts them. An event is stored whole or not at all; a document that is itself unsound is
    refused with all its events. The same file twice changes nothing: after a stop or a refusal, import it again.

    Exit code 1 when anything was refused, 2 when a path does not exist, 130 after Ctrl-C.
    """
    found = list(files(paths))
    if not found:
        fail("There is no .json or .jsonld file in what you named.", "Name a file, or a folder that holds some.")
    tally: Counter[str] = Counter()
    try:
        run(_import(Settings().database, found, tally))
    except KeyboardInterrupt:
        err.print("Stopped. What is told above is kept; import again to go on.")
        raise typer.Exit(STOPPED) from None
    except (*CONNECTION_LOST, OSError) as error:
        fail(f"The database cannot be used: {escape(str(error))}", "See `yougou doctor`; then import again to go on.")
    finally:
        out.print(", ".join(f"{count} {what}" for what, count in sorted(tally.items())) or "no events")
    if tally.keys() & {REFUSED, DOCUMENT_REFUSED, UNREADABLE}:
        fail("Not everything was stored.", "Mend what the lines above name, and import the same files again.")


async def _import(url: str, found: list[Path], tally: Counter[str]) -> None:
    """Imports the files one after another, tells what became of each event and counts it in `tally`."""
    database = await Database.open(url, size=1)
    try:
        async with database.session():
            with progress() as bar:
                total, task = 0, bar.add_task("events", total=0)
                for file in found:
                    document = _read(file, tally)
                    total += len(document.events)
                    bar.update(task, total=total)
                    async for verdict in import_events(document):
                        for line in map(_told, verdict.problems) if verdict.problems else [str(verdict.outcome)]:
                            _tell(f"{file} event {verdict.index}: {line}")
                        tally[verdict.outcome or REFUSED] += 1
                        bar.advance(task)
    finally:
        await database.close()


def _read(file: Path, tally: Counter[str]) -> Document:
    """The document in a file; an unreadable file is told of, and has no events."""
    try:
        document = read(file.read_bytes())
    except OSError as error:
        tally[UNREADABLE] += 1
        _tell(f"{file}: cannot be read: {error.strerror}")
        return Document((), (), ())
    if document.problems:
        tally[DOCUMENT_REFUSED] += 1
        for problem in document.problems:
            _tell(f"{file}: {_told(problem)}")
    return document


def _tell(line: str) -> None:
    """A line on standard output; on a terminal above the bar, through the console that draws it."""
    console = err if out.is_terminal and err.is_terminal else out
    console.print(line, markup=False)


def _told(problem: Problem) -> str:
    return f"{problem.rule.name} at {problem.path}: {problem.message}"
