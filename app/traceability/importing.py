"""Imports documents of EPCIS events and says of every event what became of it."""

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.traceability.epcis.document import Document, Refused
from app.traceability.epcis.event import Event
from app.traceability.epcis.problems import Problem
from app.traceability.service import EventRefused, Outcome, capture

SUFFIXES = frozenset({".json", ".jsonld"})


@dataclass(frozen=True, slots=True)
class EventVerdict:
    """What became of one event (`index` from 0): an outcome, or the problems for which nothing of it is stored."""

    index: int
    outcome: Outcome | None
    problems: tuple[Problem, ...] = ()


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """The documents named: each file itself, and of a folder every .json and .jsonld file below it, by name."""
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.suffix.lower() in SUFFIXES and each.is_file())
        else:
            yield path


async def import_events(document: Document) -> AsyncIterator[EventVerdict]:
    """Captures every sound event of a document, each in a transaction of its own; a verdict for each, in order.

    When it is stopped between two verdicts or in the midst of an event, the events before are stored whole.
    """
    for index, (event, path) in enumerate(zip(document.events, document.paths, strict=True)):
        yield await _verdict(index, event, path)


async def _verdict(index: int, event: Event | Refused, path: str) -> EventVerdict:
    if isinstance(event, Refused):
        return EventVerdict(index, None, event.problems)
    try:
        return EventVerdict(index, await capture(event, path))
    except EventRefused as refused:
        return EventVerdict(index, None, (refused.problem,))
