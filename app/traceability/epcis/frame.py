"""The frame of a document: what stands around the events, and where the events are."""

import re
from dataclasses import dataclass

from app.traceability.enums import EventType
from app.traceability.epcis.context import NOTHING, Context, read_context
from app.traceability.epcis.inspection import Inspection
from app.traceability.epcis.json_types import Json, JsonObject
from app.traceability.epcis.problems import Problem, shown
from app.traceability.epcis.rules import Rule
from app.traceability.epcis.timestamps import parse_time

_VERSION = re.compile(r"[12](?:\.[0-9]+)*\Z")
_EVENT_TYPES = frozenset(event_type.value for event_type in EventType)
_HEADER = frozenset(
    {
        "@context",
        "id",
        "type",
        "schemaVersion",
        "creationDate",
        "instanceIdentifier",
        "sender",
        "receiver",
        "epcisHeader",
        "epcisBody",
    }
)


@dataclass(frozen=True, slots=True)
class Frame:
    """The events of a document as JSON, each with its path, their context and the problems around them.

    `events` is the JSON list itself, so that a search for flaws around it can leave it out.
    """

    problems: tuple[Problem, ...]
    context: Context
    events: list[Json]
    paths: tuple[str, ...]
    bare: bool = False


def open_frame(root: Json) -> Frame:
    """Finds the events of a document, a bare event or a list of bare events."""
    if isinstance(root, list):
        return Frame((), NOTHING, root, tuple(f"$[{index}]" for index in range(len(root))), bare=True)
    if not isinstance(root, dict):
        return _refused(Problem(Rule.DOCUMENT_TYPE, "$", f"{shown(root)} is no document"))
    name = root.get("type")
    if name == "EPCISDocument":
        return _document(root)
    if name == "EPCISQueryDocument":
        return _query_document(root)
    if "eventTime" in root or (isinstance(name, str) and name in _EVENT_TYPES):
        return Frame((), NOTHING, [root], ("$",), bare=True)
    message = "the file has no type" if name is None else f"{shown(name)} is neither a document nor an event"
    return _refused(Problem(Rule.DOCUMENT_TYPE, "$.type", message))


def _refused(problem: Problem) -> Frame:
    return Frame((problem,), NOTHING, [], ())


def _document(root: JsonObject) -> Frame:
    context, inspection = _header(root, is_query=False)
    body = root.get("epcisBody")
    events = body.get("eventList") if isinstance(body, dict) else None
    return _frame(events, "$.epcisBody.eventList", context, inspection)


def _query_document(root: JsonObject) -> Frame:
    context, inspection = _header(root, is_query=True)
    body = root.get("epcisBody")
    results = body.get("queryResults") if isinstance(body, dict) else None
    if isinstance(results, dict) and not isinstance(results.get("queryName"), str):
        path = "$.epcisBody.queryResults.queryName"
        inspection.refuse(Rule.QUERY_NAME_MISSING, path, "the query results do not name their query")
    inner = results.get("resultsBody") if isinstance(results, dict) else None
    events = inner.get("eventList") if isinstance(inner, dict) else None
    return _frame(events, "$.epcisBody.queryResults.resultsBody.eventList", context, inspection)


def _frame(events: Json, path: str, context: Context, inspection: Inspection) -> Frame:
    if not isinstance(events, list):
        inspection.refuse(Rule.EVENT_LIST_MISSING, path, "there is no list of events here")
        return Frame(tuple(inspection.problems), context, [], ())
    paths = tuple(f"{path}[{index}]" for index in range(len(events)))
    return Frame(tuple(inspection.problems), context, events, paths)


def _header(root: JsonObject, *, is_query: bool) -> tuple[Context, Inspection]:
    """The context and the problems of a header; a query document may leave out version and date."""
    context, problems = NOTHING, []
    if root.get("@context") is None:
        problems.append(Problem(Rule.CONTEXT_MISSING, "$['@context']", "the document has no @context"))
    else:
        context, problems = read_context(root["@context"], "$['@context']")
    inspection = Inspection(context)
    inspection.problems += problems
    inspection.members(root, "$", _HEADER, Rule.DOCUMENT_MEMBER)
    version, date = root.get("schemaVersion"), root.get("creationDate")
    if "schemaVersion" in root or not is_query:
        if version is None:
            inspection.refuse(Rule.SCHEMA_VERSION, "$.schemaVersion", "the document has no schemaVersion")
        elif not (isinstance(version, str) and _VERSION.match(version)):
            inspection.refuse(Rule.SCHEMA_VERSION, "$.schemaVersion", f'{shown(version)} is not like "2.0"')
    if "creationDate" in root or not is_query:
        if date is None:
            inspection.refuse(Rule.CREATION_DATE, "$.creationDate", "the document has no creationDate")
        elif not (isinstance(date, str) and parse_time(date)):
            inspection.refuse(Rule.CREATION_DATE, "$.creationDate", f"{shown(date)} is no time with an offset")
    return context, inspection
