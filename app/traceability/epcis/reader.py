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
        return Document((root,), ())
    frame = open_frame(root)
    around = [] if frame.bare else flaws(root, "$", skip=frame.events)
    problems = (*around, *frame.problems)
    verdicts = (_judge(index, frame) for index in range(len(frame.events)))
    if not problems:
        return Document((), tuple(verdicts), tuple(frame.paths))
    return Document(
        problems,
        tuple(
            verdict if isinstance(verdict, Refused) else Refused(index, (_AROUND,))
            for index, verdict in enumerate(verdicts)
        ),
        tuple(frame.paths),
    )


def _judge(index: int, frame: Frame) -> Event | Refused:
    value, path = frame.events[index], frame.paths[index]
    problems: list[Problem] = flaws(value, path)
    if problems:
        return Refused(index, tuple(problems))
    if not isinstance(value, dict):
        return Refused(index, (Problem(Rule.EVENT_OBJECT, path, f"{shown(value)} is not an object"),))
    context, problems = _context(value.get("@context"), path, frame)
    problems += check(value, context, path)
    return Refused(index, tuple(problems)) if problems else build_event(value, context)


def _context(value: Json, path: str, frame: Frame) -> tuple[Context, list[Problem]]:
    place = f"{path}['@context']"
    if value is not None:
        inner, problems = read_context(value, place)
        return frame.context.extended(inner), problems
    if frame.bare:
        return frame.context, [Problem(Rule.CONTEXT_MISSING, place, "an event alone has an @context")]
    return frame.context, []
