"""Sensor elements in the pre-hash string."""

from app.traceability.epcis.context import Context
from app.traceability.epcis.hash_extensions import extension_strings
from app.traceability.epcis.hash_values import hashed_time, hashed_value
from app.traceability.epcis.json_types import Json, JsonObject
from app.traceability.epcis.members import SENSOR_ELEMENT, SENSOR_METADATA, SENSOR_REPORT
from app.traceability.epcis.vocabulary import COMPONENT, MEASUREMENT_TYPE, SENSOR_EXCEPTION

_TIMES = frozenset({"time", "startTime", "endTime"})
_WORDS = {"type": MEASUREMENT_TYPE, "exception": SENSOR_EXCEPTION, "component": COMPONENT}
_RULES = "bizRules"


def sensor_string(name: str, value: Json, context: Context) -> str:
    """`sensorElementList` and its elements; each element has its metadata, its reports sorted, its extensions."""
    elements = sorted(_element(element, context) for element in _objects(value))
    return name + "".join(elements) if any(elements) else ""


def sensor_remainder(value: Json, context: Context) -> list[str]:
    """What the order of the standard does not place, for the end of the string: `bizRules` of reports.

    GS1's schema allows it there; the published vector shows it once more under the names of its parents.
    """
    elements = []
    for element in _objects(value):
        reports = sorted(
            f"sensorReport{_RULES}={hashed_value(report[_RULES], context)}"
            for report in _objects(element.get("sensorReport"))
            if _RULES in report
        )
        if reports:
            elements.append("sensorElement" + "".join(reports))
    return ["sensorElementList" + "".join(sorted(elements))] if elements else []


def _element(element: JsonObject, context: Context) -> str:
    metadata = element.get("sensorMetadata")
    parts = [
        _members("sensorMetadata", metadata, SENSOR_METADATA, (), context) if isinstance(metadata, dict) else "",
        *sorted(
            _members("sensorReport", report, SENSOR_REPORT, (_RULES,), context)
            for report in _objects(element.get("sensorReport"))
        ),
        *extension_strings(element, context, SENSOR_ELEMENT),
    ]
    text = "".join(parts)
    return "sensorElement" + text if text else ""


def _members(name: str, value: JsonObject, order: tuple[str, ...], left_out: tuple[str, ...], context: Context) -> str:
    parts = [_member(member, value[member], context) for member in order if member in value]
    parts += extension_strings(value, context, (*order, *left_out))
    text = "".join(parts)
    return name + text if text else ""


def _member(name: str, value: Json, context: Context) -> str:
    text = hashed_time(value) if name in _TIMES else hashed_value(value, context, _WORDS.get(name))
    return f"{name}={text}" if text else ""


def _objects(value: Json) -> list[JsonObject]:
    entries = value if isinstance(value, list) else [value]
    return [entry for entry in entries if isinstance(entry, dict)]
