"""Which members each event type and each object inside an event may have (EPCIS 2.0, chapter 7)."""

from app.traceability.enums import EventType

_EVERY_EVENT = frozenset(
    {
        "@context",
        "id",  # JSON-LD: the same as eventID
        "type",
        "eventTime",
        "recordTime",
        "eventTimeZoneOffset",
        "eventID",
        "certificationInfo",
        "errorDeclaration",
        "bizStep",
        "disposition",
        "persistentDisposition",
        "readPoint",
        "bizLocation",
        "bizTransactionList",
        "sourceList",
        "destinationList",
        "sensorElementList",
    }
)
_CONTAINMENT = _EVERY_EVENT | {"action", "parentID", "childEPCs", "childQuantityList"}

EVENT_MEMBERS = {
    EventType.OBJECT: _EVERY_EVENT | {"action", "epcList", "quantityList", "ilmd"},
    EventType.AGGREGATION: _CONTAINMENT,
    EventType.ASSOCIATION: _CONTAINMENT,
    EventType.TRANSACTION: _EVERY_EVENT | {"action", "parentID", "epcList", "quantityList"},
    EventType.TRANSFORMATION: _EVERY_EVENT
    | {
        "inputEPCList",
        "inputQuantityList",
        "outputEPCList",
        "outputQuantityList",
        "transformationID",
        "ilmd",
    },
}

ERROR_DECLARATION = frozenset({"declarationTime", "reason", "correctiveEventIDs"})
PERSISTENT_DISPOSITION = frozenset({"set", "unset"})
QUANTITY_ELEMENT = frozenset({"epcClass", "quantity", "uom"})
BIZ_TRANSACTION = frozenset({"type", "bizTransaction"})
PLACE = frozenset({"id"})
SENSOR_ELEMENT = frozenset({"sensorMetadata", "sensorReport", "type"})  # the JSON-LD type says what the place says

SENSOR_METADATA_TIMES = ("time", "startTime", "endTime")
SENSOR_METADATA_URIS = ("deviceID", "deviceMetadata", "rawData", "dataProcessingMethod", "bizRules")
SENSOR_METADATA = (*SENSOR_METADATA_TIMES, *SENSOR_METADATA_URIS)
"""In the order of the event hash."""

SENSOR_REPORT_URIS = (
    "deviceID",
    "deviceMetadata",
    "rawData",
    "dataProcessingMethod",
    "bizRules",
    "microorganism",
    "chemicalSubstance",
    "uriValue",
    "coordinateReferenceSystem",
)
SENSOR_REPORT_NUMBERS = ("value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue")
SENSOR_REPORT = (
    "type",
    "exception",
    "deviceID",
    "deviceMetadata",
    "rawData",
    "dataProcessingMethod",
    "time",
    "microorganism",
    "chemicalSubstance",
    "value",
    "component",
    "stringValue",
    "booleanValue",
    "hexBinaryValue",
    "uriValue",
    "minValue",
    "maxValue",
    "meanValue",
    "sDev",
    "percRank",
    "percValue",
    "uom",
    "coordinateReferenceSystem",
)
"""In the order of the event hash, which does not know `bizRules`."""
