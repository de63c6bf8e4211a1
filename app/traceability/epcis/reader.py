"""The way in: bytes of a file to a verdict on each of its events."""

from app.traceability.epcis.build_event import build_event
from app.traceability.epcis.check_event import check
from app.traceability.epcis.context import Context, read_context
from app.traceability.epcis.document import Document, Refused
from app.traceability.epcis.event import Event
from app.traceability.epcis.frame import Frame, open_frame
from app.traceability.epcis.json_text import flaws, read_json
from app.traceability.epcis.json_types import Json
from app.traceability.epcis.problems import Problem, shown
from app.traceability.epcis.rules import Rule

_AROUND = Problem(Rule.DOCUMENT_REFUSED, "$", "the document around this event is refused")


def read(data: bytes) -> Document:
    """Judges an EPCIS 2.0 document, query document, event or list of events in JSON or JSON-LD.

    Never raises, whatever the bytes. Each event gets its own verdict; when the document itself has problems,
    every event is refused, sound ones with `DOCUMENT_REFUSED`.
    """
    root = read_json(data)
    if isinstance(root, Problem):
        return Document((root,), (), ())
    frame = open_frame(root)
    around = [] if frame.bare else flaws(root, "$", skip=frame.events)
    problems = (*around, *frame.problems)
    verdicts = tuple(_judge(value, path, frame) for value, path in zip(frame.events, frame.paths, strict=True))
    if problems:
        verdicts = tuple(verdict if isinstance(verdict, Refused) else Refused((_AROUND,)) for verdict in verdicts)
    return Document(problems, verdicts, frame.paths)


def _judge(value: Json, path: str, frame: Frame) -> Event | Refused:
    problems: list[Problem] = flaws(value, path)
    if problems:
        return Refused(tuple(problems))
    if not isinstance(value, dict):
        return Refused((Problem(Rule.EVENT_OBJECT, path, f"{shown(value)} is not an object"),))
    context, problems = _context(value.get("@context"), path, frame)
    problems += check(value, context, path)
    return Refused(tuple(problems)) if problems else build_event(value, context)


def _context(value: Json, path: str, frame: Frame) -> tuple[Context, list[Problem]]:
    place = f"{path}['@context']"
    if value is not None:
        inner, problems = read_context(value, place)
        return frame.context.extended(inner), problems
    if frame.bare:
        return frame.context, [Problem(Rule.CONTEXT_MISSING, place, "an event alone has an @context")]
    return frame.context, []
