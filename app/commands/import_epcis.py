"""`yougou import-epcis`."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from app.commands.console import fail, out, progress, run
from app.settings import Settings
from app.tables import Database
from app.traceability.importing import Verdict, files, import_document

Paths = Annotated[
    list[Path],
    typer.Argument(exists=True, readable=True, help="EPCIS 2.0 documents (.json, .jsonld), or folders of them."),
]


def import_epcis(paths: Paths) -> None:
    """Store the events of EPCIS 2.0 documents, link their lots, and say of each event what became of it.

    The same file twice changes nothing. Exit code 1 when any event was refused.
    """
    verdicts = run(_import(Settings().database, [(file, file.read_bytes()) for file in files(paths)]))
    for verdict in verdicts:
        _tell(verdict)
    counted = Counter("REFUSED" if each.problems else str(each.outcome) for each in verdicts if each.index is not None)
    out.print(", ".join(f"{count} {outcome}" for outcome, count in sorted(counted.items())) or "no events")
    if any(verdict.problems for verdict in verdicts):
        fail("Some events were refused.", "Mend them at the paths named above and import the file again.")


def _tell(verdict: Verdict) -> None:
    place = f"{verdict.file}" if verdict.index is None else f"{verdict.file} event {verdict.index}"
    if verdict.outcome is not None:
        out.print(f"{place}: {verdict.outcome}", markup=False)
    for problem in verdict.problems:
        out.print(f"{place}: {problem.rule.name} at {problem.path}: {problem.message}", markup=False)


async def _import(url: str, read: list[tuple[Path, bytes]]) -> list[Verdict]:
    database = await Database.open(url, size=1)
    verdicts: list[Verdict] = []
    try:
        with progress() as bar:
            for file, data in bar.track(read, description="importing"):
                async with database.session():
                    verdicts += await import_document(file, data)
    finally:
        await database.close()
    return verdicts
