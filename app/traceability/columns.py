"""What the typed columns of an event hold of texts that EPCIS lets be longer."""

from app.traceability.epcis.event import Event
from app.traceability.epcis.problems import Problem
from app.traceability.epcis.rules import Rule

_PLACE = 300
_WORD = 200


def too_long(event: Event, path: str) -> Problem | None:
    """The first URI of the event that no column holds, or None. `path` is the event's place in its document."""
    reason = event.error_declaration.reason if event.error_declaration else None
    for place, uri, longest in (
        ("eventID", event.event_id, _PLACE),
        ("readPoint.id", event.read_point, _PLACE),
        ("bizLocation.id", event.biz_location, _PLACE),
        ("bizStep", event.biz_step, _WORD),
        ("disposition", event.disposition, _WORD),
        ("errorDeclaration.reason", reason, _WORD),
    ):
        if uri is not None and len(uri) > longest:
            message = f"a URI of {len(uri)} characters; here we keep {longest}"
            return Problem(Rule.URI_FORMAT, f"{path}.{place}", message)
    return None
