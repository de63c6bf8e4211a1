"""The pre-hash string of the CBV event hash (CBV 2.0, 8.9.2), as its published vectors show it.

The vectors and the standard's table of members differ in places, and the vectors count here:
`certificationInfo` follows `eventTimeZoneOffset`; `type` precedes what it types; business transactions,
destinations, ilmd, sources and extensions come after the sensor elements, in code point order of their strings.
"""

from collections.abc import Callable

from app.traceability.epcis.context import Context
from app.traceability.epcis.hash_extensions import extension_strings
from app.traceability.epcis.hash_sensors import sensor_remainder, sensor_string
from app.traceability.epcis.hash_values import hashed_time, hashed_value
from app.traceability.epcis.json_types import Json, JsonObject
from app.traceability.epcis.vocabulary import (
    BIZ_STEP,
    BIZ_TRANSACTION_TYPE,
    DISPOSITION,
    SOURCE_DESTINATION_TYPE,
    Vocabulary,
)

_Member = Callable[[str, Json, Context], str]


def prehash(event: JsonObject, context: Context) -> str:
    """The pre-hash string of an event; `eventID`, `recordTime` and `errorDeclaration` do not take part."""
    ordered = [write(name, event[name], context) for name, write in _ORDERED.items() if event.get(name) is not None]
    remainder = [write(name, event[name], context) for name, write in _REMAINDER.items() if event.get(name) is not None]
    remainder += sensor_remainder(event.get("sensorElementList"), context)
    remainder += extension_strings(event, context, _STANDARD)
    return f"eventType={event.get('type')}" + "".join(ordered) + "".join(sorted(remainder))


def _time(name: str, value: Json, _context: Context) -> str:
    return f"{name}={hashed_time(value)}"


def _value(name: str, value: Json, context: Context) -> str:
    return _pair(name, hashed_value(value, context))


def _word(vocabulary: Vocabulary) -> _Member:
    return lambda name, value, context: _pair(name, hashed_value(value, context, vocabulary))


def _values(name: str, value: Json, context: Context) -> str:
    return "".join(sorted(_value(name, item, context) for item in _list(value)))


def _epcs(name: str, value: Json, context: Context) -> str:
    return _list_of(name, [_value("epc", item, context) for item in _list(value)])


def _quantities(name: str, value: Json, context: Context) -> str:
    return _list_of(
        name,
        [
            "quantityElement"
            + "".join(_value(part, item.get(part), context) for part in ("epcClass", "quantity", "uom"))
            for item in _list(value)
            if isinstance(item, dict)
        ],
    )


def _persistent(name: str, value: Json, context: Context) -> str:
    if not isinstance(value, dict):
        return ""
    write = _word(DISPOSITION)
    parts = [
        "".join(sorted(write(part, item, context) for item in _list(value.get(part)))) for part in ("set", "unset")
    ]
    return _list_of(name, parts, in_order=True)


def _place(name: str, value: Json, context: Context) -> str:
    if not isinstance(value, dict):
        return ""
    inner = _value("id", value.get("id"), context)
    return _list_of(name, [inner, *extension_strings(value, context, ("id",))], in_order=True)


def _typed(member: str, vocabulary: Vocabulary) -> _Member:
    def write(name: str, value: Json, context: Context) -> str:
        return _list_of(
            name,
            [
                _pair("type", hashed_value(item.get("type"), context, vocabulary))
                + _value(member, item.get(member), context)
                for item in _list(value)
                if isinstance(item, dict)
            ],
        )

    return write


def _ilmd(name: str, value: Json, context: Context) -> str:
    if not isinstance(value, dict):
        return ""
    return name + "".join(extension_strings(value, context.within(value), ()))


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _pair(name: str, text: str) -> str:
    return f"{name}={text}" if text else ""


def _list_of(name: str, parts: list[str], *, in_order: bool = False) -> str:
    text = "".join(parts if in_order else sorted(parts))
    return name + text if text else ""


_ORDERED: dict[str, _Member] = {
    "eventTime": _time,
    "eventTimeZoneOffset": _value,
    "certificationInfo": _values,
    "parentID": _value,
    "epcList": _epcs,
    "inputEPCList": _epcs,
    "childEPCs": _epcs,
    "quantityList": _quantities,
    "childQuantityList": _quantities,
    "inputQuantityList": _quantities,
    "outputEPCList": _epcs,
    "outputQuantityList": _quantities,
    "action": _value,
    "transformationID": _value,
    "bizStep": _word(BIZ_STEP),
    "disposition": _word(DISPOSITION),
    "persistentDisposition": _persistent,
    "readPoint": _place,
    "bizLocation": _place,
    "sensorElementList": sensor_string,
}
_REMAINDER: dict[str, _Member] = {
    "bizTransactionList": _typed("bizTransaction", BIZ_TRANSACTION_TYPE),
    "sourceList": _typed("source", SOURCE_DESTINATION_TYPE),
    "destinationList": _typed("destination", SOURCE_DESTINATION_TYPE),
    "ilmd": _ilmd,
}
_STANDARD = frozenset({*_ORDERED, *_REMAINDER, "type", "id", "eventID", "recordTime", "errorDeclaration", "@context"})
