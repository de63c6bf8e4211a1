"""From the JSON of an event that broke no rule to its typed value."""

from datetime import datetime
from typing import cast

from app.traceability.enums import EventAction, EventType
from app.traceability.epcis.build_lots import lots_of
from app.traceability.epcis.canonical import canonical_event
from app.traceability.epcis.context import Context
from app.traceability.epcis.event import BizTransaction, ErrorDeclaration, Event, Party
from app.traceability.epcis.event_hash import event_hash
from app.traceability.epcis.identifiers import is_blank_node
from app.traceability.epcis.json_types import Json, JsonObject
from app.traceability.epcis.timestamps import parse_time
from app.traceability.epcis.vocabulary import (
    BIZ_STEP,
    BIZ_TRANSACTION_TYPE,
    COMPONENT,
    DISPOSITION,
    ERROR_REASON,
    MEASUREMENT_TYPE,
    SENSOR_EXCEPTION,
    SOURCE_DESTINATION_TYPE,
    Vocabulary,
)

_REPORT_WORDS = {"type": MEASUREMENT_TYPE, "exception": SENSOR_EXCEPTION, "component": COMPONENT}


def build_event(event: JsonObject, context: Context) -> Event:
    """The typed value of an event for which `check_event.check` found no problem.

    Members are cast, not checked again: the check has proved their types.
    """
    action = cast("str | None", event.get("action"))
    event_id = _uri(event.get("eventID", event.get("id")), context)
    return Event(
        type=EventType(cast("str", event["type"])),
        event_id=None if event_id is None or is_blank_node(event_id) else event_id,
        event_time=_required_time(event["eventTime"]),
        event_time_zone_offset=cast("str", event["eventTimeZoneOffset"]),
        action=None if action is None else EventAction(action),
        biz_step=_word(event.get("bizStep"), BIZ_STEP, context),
        disposition=_word(event.get("disposition"), DISPOSITION, context),
        read_point=_place(event.get("readPoint"), context),
        biz_location=_place(event.get("bizLocation"), context),
        biz_transactions=tuple(
            BizTransaction(
                _word(entry.get("type"), BIZ_TRANSACTION_TYPE, context),
                context.expand(cast("str", entry["bizTransaction"])),
            )
            for entry in _objects(event.get("bizTransactionList"))
        ),
        sources=_parties(event.get("sourceList"), "source", context),
        destinations=_parties(event.get("destinationList"), "destination", context),
        sensor_elements=tuple(
            _sensor_element(element, context) for element in _objects(event.get("sensorElementList"))
        ),
        ilmd=cast("JsonObject | None", _named_in_full(event.get("ilmd"), context)),
        error_declaration=_error_declaration(event.get("errorDeclaration"), context),
        lots=tuple(lots_of(event, context)),
        canonical=canonical_event(event, context),
        hash=event_hash(event, context),
    )


def _required_time(value: Json) -> datetime:
    instant = parse_time(cast("str", value))
    if instant is None:
        raise ValueError(f"{value!r} was not checked to be a time")
    return instant


def _word(value: Json, vocabulary: Vocabulary, context: Context) -> str | None:
    return None if value is None else vocabulary.word(context.expand(cast("str", value)))


def _uri(value: Json, context: Context) -> str | None:
    return None if value is None else context.expand(cast("str", value))


def _objects(value: Json) -> list[JsonObject]:
    return cast("list[JsonObject]", value or [])


def _place(value: Json, context: Context) -> str | None:
    return None if value is None else _uri(cast("JsonObject", value)["id"], context)


def _parties(value: Json, member: str, context: Context) -> tuple[Party, ...]:
    return tuple(
        Party(
            SOURCE_DESTINATION_TYPE.word(context.expand(cast("str", entry["type"]))),
            context.expand(cast("str", entry[member])),
        )
        for entry in _objects(value)
    )


def _sensor_element(element: JsonObject, context: Context) -> JsonObject:
    reports: list[Json] = [
        {
            name: _word(value, _REPORT_WORDS[name], context) if name in _REPORT_WORDS else value
            for name, value in report.items()
        }
        for report in _objects(element["sensorReport"])
    ]
    return {**element, "sensorReport": reports}


def _named_in_full(value: Json, context: Context) -> Json:
    if isinstance(value, list):
        return [_named_in_full(item, context) for item in value]
    if not isinstance(value, dict):
        return value
    inside = context.within(value)
    full: JsonObject = {}
    for name, item in value.items():
        if name.startswith("@xmlns:"):
            continue
        scope = inside.within(item) if isinstance(item, dict) else inside
        full[scope.expand(name)] = _named_in_full(item, inside)
    return full["#text"] if full.keys() == {"#text"} else full


def _error_declaration(value: Json, context: Context) -> ErrorDeclaration | None:
    if value is None:
        return None
    entry = cast("JsonObject", value)
    return ErrorDeclaration(
        _required_time(entry["declarationTime"]),
        _word(entry.get("reason"), ERROR_REASON, context),
        tuple(context.expand(item) for item in cast("list[str]", entry.get("correctiveEventIDs", []))),
    )
