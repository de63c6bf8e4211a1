"""Imports files of EPCIS documents and says of every event what became of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.traceability.epcis.document import Refused
from app.traceability.epcis.event import Event
from app.traceability.epcis.problems import Problem
from app.traceability.epcis.reader import read
from app.traceability.service import EventRefused, Outcome, capture

SUFFIXES = {".json", ".jsonld"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one event (`index` from 0), or of a whole document where `index` is None."""

    file: Path
    index: int | None
    outcome: Outcome | None
    problems: tuple[Problem, ...] = ()


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """The documents named: each file itself, and of a folder every .json and .jsonld file below it, by name."""
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.suffix in SUFFIXES and each.is_file())
        else:
            yield path


async def import_document(file: Path, data: bytes) -> list[Verdict]:
    """Captures every sound event of `data`, the document in `file`: each in a transaction of its own.

    A verdict for each event, in order.

    A document that is itself unsound is told first, and none of its events is stored.
    """
    document = read(data)
    verdicts = [Verdict(file, None, None, document.problems)] if document.problems else []
    for index, (event, path) in enumerate(zip(document.events, document.paths, strict=True)):
        verdicts.append(await _verdict(file, index, event, path))
    return verdicts


async def _verdict(file: Path, index: int, event: Event | Refused, path: str) -> Verdict:
    if isinstance(event, Refused):
        return Verdict(file, index, None, event.problems)
    try:
        return Verdict(file, index, await capture(event, path))
    except EventRefused as refused:
        return Verdict(file, index, None, (refused.problem,))
