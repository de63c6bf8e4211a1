"""`yougou import-epcis`."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Annotated

import typer

from app.commands.console import err, fail, out, progress, run
from app.kit.db import CONNECTION_LOST
from app.settings import Settings
from app.tables import Database
from app.traceability.epcis.document import Document
from app.traceability.epcis.problems import Problem
from app.traceability.epcis.reader import read
from app.traceability.epcis.rules import Rule
from app.traceability.importing import files, import_events

STOPPED = 130  # what a shell says of a program that ended by Ctrl-C
REFUSED, DOCUMENT_REFUSED, UNREADABLE = "REFUSED", "DOCUMENT_REFUSED", "UNREADABLE"

Paths = Annotated[
    list[Path],
    typer.Argument(
        exists=True,
        readable=True,
        metavar="FILE_OR_FOLDER",
        help="EPCIS 2.0 documents in JSON or JSON-LD; of a folder, every .json and .jsonld file below it.",
    ),
]


@dataclass(frozen=True, slots=True)
class Told:
    """What was told so far: how many events had which outcome, and the rules that were broken."""

    counts: Counter[str] = field(default_factory=Counter)
    broken: set[Rule] = field(default_factory=set)

    def of(self, subject: str, outcome: str | None, problems: Iterable[Problem] = ()) -> None:
        """A line for an outcome or for each problem; on a terminal above the bar, through the console that draws it."""
        console = err if out.is_terminal and err.is_terminal else out
        if outcome is not None:
            console.print(f"{subject}: {outcome}", markup=False)
        for problem in problems:
            self.broken.add(problem.rule)
            console.print(f"{subject}: {problem.rule.name} at {problem.path}: {problem.message}", markup=False)


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
    told = Told()
    try:
        run(_import(Settings().database, found, told))
    except KeyboardInterrupt:
        err.print("Stopped. What is told above is kept; import again to go on.")
        raise typer.Exit(STOPPED) from None
    except (*CONNECTION_LOST, OSError) as error:
        fail(f"The database cannot be used: {error}", "See `yougou doctor`; then import again to go on.")
    finally:
        out.print(", ".join(f"{count} {what}" for what, count in sorted(told.counts.items())) or "no events")
    if told.counts.keys() & {REFUSED, DOCUMENT_REFUSED, UNREADABLE}:
        for rule in sorted(told.broken, key=attrgetter("name")):
            err.print(f"{rule.name}: {rule.english} {rule.chinese}", markup=False)
        fail("Not everything was stored.", "Mend what the lines above name, and import the same files again.")


async def _import(url: str, found: list[Path], told: Told) -> None:
    """Imports the files one after another and tells what became of each event."""
    database = await Database.open(url, size=1)
    try:
        async with database.session():
            with progress() as bar:
                total, task = 0, bar.add_task("events", total=0)
                for file in found:
                    document = _read(file, told)
                    total += len(document.events)
                    bar.update(task, total=total)
                    async for verdict in import_events(document):
                        told.counts[verdict.outcome or REFUSED] += 1
                        told.of(f"{file} event {verdict.index}", verdict.outcome, verdict.problems)
                        bar.advance(task)
    finally:
        await database.close()


def _read(file: Path, told: Told) -> Document:
    """The document in a file; an unreadable file is told of, and has no events."""
    try:
        document = read(file.read_bytes())
    except OSError as error:
        told.counts[UNREADABLE] += 1
        told.of(str(file), f"cannot be read: {error.strerror}")
        return Document((), (), ())
    if document.problems:
        told.counts[DOCUMENT_REFUSED] += 1
        told.of(str(file), None, document.problems)
    return document
