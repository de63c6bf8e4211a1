"""The how dimension: sensor elements with their metadata and reports."""

import re

from app.traceability.epcis.inspection import Inspection
from app.traceability.epcis.json_types import Json, JsonObject
from app.traceability.epcis.members import (
    SENSOR_ELEMENT,
    SENSOR_METADATA,
    SENSOR_METADATA_TIMES,
    SENSOR_METADATA_URIS,
    SENSOR_REPORT,
    SENSOR_REPORT_NUMBERS,
    SENSOR_REPORT_URIS,
)
from app.traceability.epcis.problems import shown
from app.traceability.epcis.rules import Rule
from app.traceability.epcis.vocabulary import COMPONENT, MEASUREMENT_TYPE, SENSOR_EXCEPTION

_HEX = re.compile(r"[A-Fa-f0-9]+\Z")
_REPORT_MEMBERS = frozenset(SENSOR_REPORT) | {"bizRules"}
_WORDS = {
    "type": (MEASUREMENT_TYPE, Rule.MEASUREMENT_TYPE),
    "exception": (SENSOR_EXCEPTION, Rule.SENSOR_EXCEPTION),
    "component": (COMPONENT, Rule.COMPONENT),
}


def check(event: JsonObject, path: str, inspection: Inspection) -> None:
    """Checks every sensor element of an event."""
    if "sensorElementList" not in event:
        return
    for element, place in inspection.objects(event["sensorElementList"], f"{path}.sensorElementList"):
        inspection.members(element, place, SENSOR_ELEMENT)
        if "sensorMetadata" in element:
            _metadata(element["sensorMetadata"], f"{place}.sensorMetadata", inspection)
        reports = element.get("sensorReport")
        reports_path = f"{place}.sensorReport"
        if "sensorReport" not in element:
            inspection.refuse(Rule.MEMBER_MISSING, reports_path, "a sensor element has a sensorReport")
        elif reports == []:
            inspection.refuse(Rule.LIST_EMPTY, reports_path, "sensorReport is empty")
        else:
            for report, report_path in inspection.objects(reports, reports_path):
                _report(report, report_path, inspection)


def _metadata(value: Json, path: str, inspection: Inspection) -> None:
    metadata = inspection.object(value, path)
    if metadata is None:
        return
    inspection.members(metadata, path, SENSOR_METADATA)
    times = {
        name: inspection.time(metadata[name], f"{path}.{name}") for name in SENSOR_METADATA_TIMES if name in metadata
    }
    start, end = times.get("startTime"), times.get("endTime")
    if start is not None and end is not None and end < start:
        inspection.refuse(Rule.SENSOR_TIME_ORDER, f"{path}.endTime", "the interval ends before it starts")
    for name in SENSOR_METADATA_URIS:
        if name in metadata:
            inspection.uri(metadata[name], f"{path}.{name}")


def _report(report: JsonObject, path: str, inspection: Inspection) -> None:
    inspection.members(report, path, _REPORT_MEMBERS)
    if "type" not in report:
        inspection.refuse(Rule.SENSOR_TYPE_MISSING, f"{path}.type", "the sensor report has no type")
    for name, (vocabulary, rule) in _WORDS.items():
        if name in report:
            inspection.word(report[name], f"{path}.{name}", vocabulary, rule)
    for names, inspect in (
        (("time",), inspection.time),
        (SENSOR_REPORT_URIS, inspection.uri),
        (SENSOR_REPORT_NUMBERS, inspection.number),
        (("stringValue", "uom"), inspection.text),
        (("booleanValue",), inspection.truth),
    ):
        for name in names:
            if name in report:
                inspect(report[name], f"{path}.{name}")
    if "hexBinaryValue" in report:
        digits = inspection.text(report["hexBinaryValue"], f"{path}.hexBinaryValue")
        if digits is not None and not _HEX.match(digits):
            inspection.refuse(Rule.HEX_FORMAT, f"{path}.hexBinaryValue", f"{shown(digits)} is not hexadecimal")
