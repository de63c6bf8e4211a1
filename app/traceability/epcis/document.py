"""What reading a document gives: events, refusals and problems of the document itself."""

from dataclasses import dataclass

from app.traceability.epcis.event import Event
from app.traceability.epcis.problems import Problem


@dataclass(frozen=True, slots=True)
class Refused:
    """An event that is not stored, and why."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The verdict on a document.

    `events` has one entry for each event of the file, in its order, and `paths` the JSON path of each. Where
    `problems` is not empty the document itself is refused and `events` holds refusals only, as GS1's capture
    interface rolls back by default.
    """

    problems: tuple[Problem, ...]
    events: tuple[Event | Refused, ...]
    paths: tuple[str, ...]
