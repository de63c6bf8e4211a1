"""The verdict on one event: every rule it breaks."""

from app.traceability.enums import EventAction, EventType
from app.traceability.epcis import check_how, check_things, check_why
from app.traceability.epcis.context import Context
from app.traceability.epcis.identifiers import is_blank_node
from app.traceability.epcis.inspection import Inspection
from app.traceability.epcis.json_types import JsonObject
from app.traceability.epcis.members import ERROR_DECLARATION, EVENT_MEMBERS
from app.traceability.epcis.problems import Problem, shown
from app.traceability.epcis.rules import Rule
from app.traceability.epcis.timestamps import is_offset
from app.traceability.epcis.vocabulary import ERROR_REASON

_TYPES = {event_type.value: event_type for event_type in EventType}
_ACTIONS = {action.value: action for action in EventAction}


def check(event: JsonObject, context: Context, path: str) -> list[Problem]:
    """All problems of an event, in the order of its dimensions; an empty list when it can be stored.

    Args:
        event: the JSON object, free of the flaws that `json_text.flaws` finds.
        context: the prefixes in scope.
        path: the JSON path of the event.
    """
    inspection = Inspection(context)
    name = event.get("type")
    event_type = _TYPES.get(name) if isinstance(name, str) else None
    if event_type is None:
        message = "the event has no type" if name is None else f"{shown(name)} is no EPCIS 2.0 event type"
        inspection.refuse(Rule.EVENT_TYPE, f"{path}.type", message)
        return inspection.problems
    known = EVENT_MEMBERS[event_type] | {"action", "ilmd"}  # where these two may stand has rules of its own
    inspection.members(event, path, known)
    _when(event, path, inspection)
    action = _action(event, event_type, path, inspection)
    check_things.check(event, event_type, action, path, inspection)
    check_why.check(event, path, inspection)
    check_how.check(event, path, inspection)
    _ilmd(event, event_type, action, path, inspection)
    _identity(event, path, inspection)
    return inspection.problems


def _when(event: JsonObject, path: str, inspection: Inspection) -> None:
    if "eventTime" in event:
        inspection.time(event["eventTime"], f"{path}.eventTime")
    else:
        inspection.refuse(Rule.EVENT_TIME_MISSING, f"{path}.eventTime", "the event has no eventTime")
    offset_path = f"{path}.eventTimeZoneOffset"
    if "eventTimeZoneOffset" in event:
        offset = inspection.text(event["eventTimeZoneOffset"], offset_path)
        if offset is not None and not is_offset(offset):
            inspection.refuse(Rule.OFFSET_FORMAT, offset_path, f"{shown(offset)} is not like +08:00")
    else:
        inspection.refuse(Rule.OFFSET_MISSING, offset_path, "the event has no eventTimeZoneOffset")
    if "recordTime" in event:
        inspection.time(event["recordTime"], f"{path}.recordTime")


def _action(event: JsonObject, event_type: EventType, path: str, inspection: Inspection) -> EventAction | None:
    place = f"{path}.action"
    if event_type is EventType.TRANSFORMATION:
        if "action" in event:
            inspection.refuse(Rule.ACTION_FORBIDDEN, place, "a TransformationEvent has no action")
        return None
    if "action" not in event:
        inspection.refuse(Rule.ACTION_MISSING, place, "the event has no action")
        return None
    value = event["action"]
    action = _ACTIONS.get(value) if isinstance(value, str) else None
    if action is None:
        inspection.refuse(Rule.ACTION_VALUE, place, f"{shown(value)} is not ADD, OBSERVE or DELETE")
    return action


def _ilmd(
    event: JsonObject, event_type: EventType, action: EventAction | None, path: str, inspection: Inspection
) -> None:
    if "ilmd" not in event:
        return
    place = f"{path}.ilmd"
    may_change = event_type is EventType.OBJECT and action in {EventAction.ADD, None}
    if not may_change and event_type is not EventType.TRANSFORMATION:
        inspection.refuse(Rule.ILMD_FORBIDDEN, place, "ilmd needs a transformation or an ObjectEvent with ADD")
    ilmd = inspection.object(event["ilmd"], place)
    if ilmd is not None:
        inspection.members(ilmd, place, (), Rule.NAMESPACE_MISSING)


def _identity(event: JsonObject, path: str, inspection: Inspection) -> None:
    for name in ("eventID", "id"):
        event_id = event.get(name)
        if name in event and not (isinstance(event_id, str) and is_blank_node(event_id)):
            inspection.uri(event_id, f"{path}.{name}")
    if "certificationInfo" in event:
        place = f"{path}.certificationInfo"
        if isinstance(event["certificationInfo"], list):
            for item, item_path in inspection.items(event["certificationInfo"], place):
                inspection.uri(item, item_path)
        else:
            inspection.uri(event["certificationInfo"], place)
    if "errorDeclaration" in event:
        _error_declaration(event, f"{path}.errorDeclaration", inspection)


def _error_declaration(event: JsonObject, path: str, inspection: Inspection) -> None:
    declaration = inspection.object(event["errorDeclaration"], path)
    if declaration is None:
        return
    inspection.members(declaration, path, ERROR_DECLARATION)
    if "declarationTime" in declaration:
        inspection.time(declaration["declarationTime"], f"{path}.declarationTime")
    else:
        inspection.refuse(Rule.MEMBER_MISSING, f"{path}.declarationTime", "an error declaration has a time")
    if "reason" in declaration:
        inspection.word(declaration["reason"], f"{path}.reason", ERROR_REASON, Rule.ERROR_REASON)
    if "correctiveEventIDs" in declaration:
        for item, place in inspection.items(declaration["correctiveEventIDs"], f"{path}.correctiveEventIDs"):
            inspection.uri(item, place)
