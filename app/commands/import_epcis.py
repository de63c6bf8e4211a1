"""`yougou import-epcis`."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from app.commands.console import err, fail, out, progress, run
from app.settings import Settings
from app.tables import Database
from app.traceability.epcis.problems import Problem
from app.traceability.epcis.reader import read
from app.traceability.importing import files, import_events

STOPPED = 130  # what a shell says of a program that ended by Ctrl-C

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
    """Store the events of EPCIS 2.0 documents, make and link the lots they name, and tell what became of each event.

    Standard output has a line per event: STORED, ALREADY_STORED, or the rule it breaks and the JSON path of the
    place. An event is stored whole or not at all; a document that is itself unsound is refused with all its events.
    The same file twice changes nothing, so after a stop or a refusal simply import again. Exit code 1 when
    anything was refused.
    """
    found = list(files(paths))
    if not found:
        fail("There is no .json or .jsonld file in what you named.", "Name a file, or a folder that holds some.")
    counted: Counter[str] = Counter()
    try:
        run(_import(Settings().database, found, counted))
    except KeyboardInterrupt:
        err.print("Stopped. The events told so far are kept; import again to go on.")
        raise typer.Exit(STOPPED) from None
    finally:
        out.print(", ".join(f"{count} {what}" for what, count in sorted(counted.items())) or "no events")
    if counted.keys() & {"refused", "documents refused", "files unreadable"}:
        fail("Not everything was stored.", "Mend what the lines above name, and import the same files again.")


async def _import(url: str, found: list[Path], counted: Counter[str]) -> None:
    """Imports the files one after another, telling of each event, and counts what became of them in `counted`."""
    database = await Database.open(url, size=1)
    try:
        with progress() as bar:
            # on a terminal the lines go above the bar, through the console that draws it
            console = err if out.is_terminal and err.is_terminal else out
            task = bar.add_task("events", total=0)
            total = 0
            for file in found:
                try:
                    document = read(file.read_bytes())
                except OSError as error:
                    counted["files unreadable"] += 1
                    console.print(f"{file}: cannot be read: {error.strerror}", markup=False)
                    continue
                total += len(document.events)
                bar.update(task, total=total)
                if document.problems:
                    counted["documents refused"] += 1
                    for problem in document.problems:
                        console.print(f"{file}: {_told(problem)}", markup=False)
                async with database.session():
                    index = 0
                    async for verdict in import_events(document):
                        for line in [_told(problem) for problem in verdict.problems] or [str(verdict.outcome)]:
                            console.print(f"{file} event {index}: {line}", markup=False)
                        counted[str(verdict.outcome or "refused")] += 1
                        bar.advance(task)
                        index += 1
    finally:
        await database.close()


def _told(problem: Problem) -> str:
    return f"{problem.rule.name} at {problem.path}: {problem.message}"
