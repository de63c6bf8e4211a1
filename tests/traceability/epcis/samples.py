"""Events and documents that the tests build and break; all of them the project's own."""

import json
from typing import Any

CONTEXT: list[Any] = [
    "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    {"yg": "https://example.com/yougou/"},
]
DROP = object()
"""As the value of a change: the member is taken away."""


def changed(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A copy of an object with some members set, or taken away by `DROP`."""
    return {name: value for name, value in {**base, **changes}.items() if value is not DROP}


def object_event(**changes: Any) -> dict[str, Any]:
    """The harvest of a lot of rape: 120 kg, with ilmd."""
    event = {
        "type": "ObjectEvent",
        "eventTime": "2026-11-20T06:30:00+08:00",
        "eventTimeZoneOffset": "+08:00",
        "action": "ADD",
        "bizStep": "commissioning",
        "disposition": "active",
        "readPoint": {"id": "urn:epc:id:sgln:6901234.00001.0"},
        "quantityList": [{"epcClass": "urn:epc:class:lgtin:6901234.012345.L2026-1120", "quantity": 120, "uom": "KGM"}],
        "ilmd": {"cbvmda:lotNumber": "L2026-1120", "yg:field": "A7"},
    }
    return changed(event, changes)


def aggregation_event(**changes: Any) -> dict[str, Any]:
    """Two boxes packed on a pallet."""
    event = {
        "type": "AggregationEvent",
        "eventTime": "2026-11-20T09:00:00+08:00",
        "eventTimeZoneOffset": "+08:00",
        "action": "ADD",
        "bizStep": "packing",
        "parentID": "urn:epc:id:sscc:6901234.0000000001",
        "childEPCs": ["urn:epc:id:sgtin:6901234.012345.1", "urn:epc:id:sgtin:6901234.012345.2"],
    }
    return changed(event, changes)


def transaction_event(**changes: Any) -> dict[str, Any]:
    """A pallet shipped for an order."""
    event = {
        "type": "TransactionEvent",
        "eventTime": "2026-11-20T10:00:00+08:00",
        "eventTimeZoneOffset": "+08:00",
        "action": "ADD",
        "bizStep": "shipping",
        "epcList": ["urn:epc:id:sscc:6901234.0000000001"],
        "bizTransactionList": [{"type": "po", "bizTransaction": "urn:epcglobal:cbv:bt:6901234000016:PO-7"}],
    }
    return changed(event, changes)


def transformation_event(**changes: Any) -> dict[str, Any]:
    """Melons cut into boxes."""
    event = {
        "type": "TransformationEvent",
        "eventTime": "2026-11-20T11:00:00+08:00",
        "eventTimeZoneOffset": "+08:00",
        "bizStep": "commissioning",
        "inputQuantityList": [{"epcClass": "urn:epc:class:lgtin:6901234.054321.M1", "quantity": 10, "uom": "KGM"}],
        "outputQuantityList": [{"epcClass": "https://id.gs1.org/01/06901234000016/10/CUT1", "quantity": 40}],
    }
    return changed(event, changes)


def sensor_event(**changes: Any) -> dict[str, Any]:
    """A cold store reporting its temperature over an hour, with an alarm."""
    event = {
        "type": "ObjectEvent",
        "eventTime": "2026-11-20T08:00:00+08:00",
        "eventTimeZoneOffset": "+08:00",
        "action": "OBSERVE",
        "bizStep": "sensor_reporting",
        "readPoint": {"id": "urn:epc:id:sgln:6901234.00002.0"},
        "sensorElementList": [
            {
                "sensorMetadata": {
                    "startTime": "2026-11-20T07:00:00+08:00",
                    "endTime": "2026-11-20T08:00:00+08:00",
                    "deviceID": "urn:epc:id:giai:6901234.S1",
                },
                "sensorReport": [
                    {
                        "type": "Temperature",
                        "uom": "CEL",
                        "minValue": 2.5,
                        "maxValue": 11.25,
                        "meanValue": 4,
                        "exception": "ALARM_CONDITION",
                    }
                ],
            }
        ],
    }
    return changed(event, changes)


def document(*events: Any, **changes: Any) -> dict[str, Any]:
    """An EPCISDocument around events."""
    frame = {
        "@context": CONTEXT,
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-11-20T12:00:00Z",
        "epcisBody": {"eventList": list(events)},
    }
    return changed(frame, changes)


def query_document(*events: Any, **changes: Any) -> dict[str, Any]:
    """An EPCISQueryDocument around events; `changes` are of its queryResults."""
    results = {"queryName": "SimpleEventQuery", "resultsBody": {"eventList": list(events)}}
    return {
        "@context": CONTEXT,
        "type": "EPCISQueryDocument",
        "epcisBody": {"queryResults": changed(results, changes)},
    }


def as_bytes(value: Any) -> bytes:
    """JSON text of a value."""
    return json.dumps(value, ensure_ascii=False).encode()
