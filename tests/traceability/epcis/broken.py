"""For every rule that a document can break alone: documents that break it, and the exact place of the break."""

import json
from typing import Any

from app.traceability.epcis.rules import Rule
from tests.traceability.epcis.samples import (
    DROP,
    aggregation_event,
    as_bytes,
    document,
    object_event,
    query_document,
    sensor_event,
    transaction_event,
    transformation_event,
)

EVENT = "$.epcisBody.eventList[0]"
REPORT = f"{EVENT}.sensorElementList[0].sensorReport[0]"


def _in_document(event: object) -> bytes:
    return as_bytes(document(event))


def _with_text(old: str, new: str) -> bytes:
    """A sound document in which one piece of JSON text is replaced."""
    text = json.dumps(document(object_event()))
    assert old in text
    return text.replace(old, new).encode()


def _quantity(**changes: Any) -> bytes:
    element = {"epcClass": "urn:epc:class:lgtin:6901234.012345.L1", "quantity": 1, "uom": "KGM"}
    changed = {name: value for name, value in {**element, **changes}.items() if value is not DROP}
    return _in_document(object_event(quantityList=[changed]))


def _report(**changes: Any) -> bytes:
    report = {"type": "Temperature", "value": 4, "uom": "CEL"}
    changed = {name: value for name, value in {**report, **changes}.items() if value is not DROP}
    return _in_document(sensor_event(sensorElementList=[{"sensorReport": [changed]}]))


def _things(*uris: str) -> bytes:
    return _in_document(object_event(epcList=list(uris)))


def _declaration(**members: Any) -> bytes:
    return _in_document(object_event(errorDeclaration=members))


DEEP = "[" * 100 + "]" * 100
BROKEN_FRAMES: list[tuple[Rule, str, bytes]] = [
    (Rule.JSON_ENCODING, "$", b'{"type": "\xff"}'),
    (Rule.JSON_ENCODING, "$", '{"type": "优"}'.encode("gb18030")),
    (Rule.JSON_BYTE_ORDER_MARK, "$", b"\xef\xbb\xbf" + as_bytes(document(object_event()))),
    (Rule.JSON_BYTE_ORDER_MARK, "$", json.dumps(document()).encode("utf-16")),
    (Rule.XML_UNSUPPORTED, "$", b'\n<?xml version="1.0"?><epcis:EPCISDocument/>'),
    (Rule.JSON_SYNTAX, "$", b""),
    (Rule.JSON_SYNTAX, "$", b'{"type": "EPCISDocument",}'),
    (Rule.JSON_SYNTAX, "$", b"{} {}"),
    (Rule.JSON_DEPTH, "$", b"[" * 200_000),
    (
        Rule.JSON_DUPLICATE_KEY,
        "$.schemaVersion",
        _with_text('"schemaVersion"', '"schemaVersion": "1.2", "schemaVersion"'),
    ),
    (Rule.JSON_NUMBER, "$.sender", as_bytes(document(sender=float("nan")))),
    (Rule.JSON_CHARACTER, "$.sender", _with_text('"schemaVersion"', r'"sender": "\ud800", "schemaVersion"')),
    (Rule.DOCUMENT_TYPE, "$", b"42"),
    (Rule.DOCUMENT_TYPE, "$.type", b"{}"),
    (Rule.DOCUMENT_TYPE, "$.type", as_bytes(document(type="EPCISMasterDataDocument"))),
    (Rule.DOCUMENT_TYPE, "$.type", as_bytes(document(type=["EPCISDocument"]))),
    (Rule.DOCUMENT_MEMBER, "$.events", as_bytes(document(events=[]))),
    (Rule.NAMESPACE_UNDECLARED, "$['own:note']", as_bytes(document(**{"own:note": 1}))),
    (Rule.CONTEXT_MISSING, "$['@context']", as_bytes(document(**{"@context": DROP}))),
    (Rule.CONTEXT_FORMAT, "$['@context'][1]", as_bytes(document(**{"@context": ["https://ref.gs1.org/", 7]}))),
    (Rule.CONTEXT_FORMAT, "$['@context'].own", as_bytes(document(**{"@context": {"own": ["https://own.example/"]}}))),
    (Rule.SCHEMA_VERSION, "$.schemaVersion", as_bytes(document(schemaVersion=DROP))),
    (Rule.SCHEMA_VERSION, "$.schemaVersion", as_bytes(document(schemaVersion=2.0))),
    (Rule.SCHEMA_VERSION, "$.schemaVersion", as_bytes(document(schemaVersion="3.0"))),
    (Rule.CREATION_DATE, "$.creationDate", as_bytes(document(creationDate=DROP))),
    (Rule.CREATION_DATE, "$.creationDate", as_bytes(document(creationDate="2026-11-20"))),
    (Rule.EVENT_LIST_MISSING, "$.epcisBody.eventList", as_bytes(document(epcisBody={"event": object_event()}))),
    (Rule.EVENT_LIST_MISSING, "$.epcisBody.eventList", as_bytes(document(epcisBody=DROP))),
    (
        Rule.EVENT_LIST_MISSING,
        "$.epcisBody.queryResults.resultsBody.eventList",
        as_bytes(query_document(resultsBody={"eventList": {}})),
    ),
    (Rule.QUERY_NAME_MISSING, "$.epcisBody.queryResults.queryName", as_bytes(query_document(queryName=DROP))),
]

BROKEN_EVENTS: list[tuple[Rule, str, bytes]] = [
    (Rule.JSON_DEPTH, f"{EVENT}['yg:deep']" + "[0]" * 63, _with_text('"ilmd"', f'"yg:deep": {DEEP}, "ilmd"')),
    (Rule.JSON_DUPLICATE_KEY, f"{EVENT}.action", _with_text('"action"', '"action": "OBSERVE", "action"')),
    (Rule.JSON_NUMBER, f"{EVENT}.quantityList[0].quantity", _quantity(quantity=float("inf"))),
    (Rule.JSON_NUMBER, f"{EVENT}.quantityList[0].quantity", _quantity(quantity=10**40)),
    (Rule.JSON_NUMBER, f"{EVENT}.quantityList[0].quantity", _with_text("120", "1e999999999")),
    (Rule.JSON_CHARACTER, f"{EVENT}.disposition", _with_text('"active"', r'"acti\u0000ve"')),
    (Rule.JSON_CHARACTER, EVENT, _with_text('"disposition"', r'"\udc00"')),
    (Rule.EVENT_OBJECT, EVENT, _in_document(["ObjectEvent"])),
    (Rule.CONTEXT_MISSING, "$['@context']", as_bytes(aggregation_event())),
    (Rule.CONTEXT_MISSING, "$[0]['@context']", as_bytes([aggregation_event()])),
    (Rule.CONTEXT_FORMAT, "$['@context']", as_bytes(aggregation_event(**{"@context": 1}))),
    (Rule.EVENT_TYPE, f"{EVENT}.type", _in_document(object_event(type=DROP))),
    (Rule.EVENT_TYPE, f"{EVENT}.type", _in_document(object_event(type="QuantityEvent"))),
    (Rule.EVENT_TYPE, f"{EVENT}.type", _in_document(object_event(type={}))),
    (
        Rule.MEMBER_UNKNOWN,
        f"{EVENT}.parentID",
        _in_document(object_event(parentID="urn:epc:id:sscc:6901234.0000000001")),
    ),
    (
        Rule.MEMBER_UNKNOWN,
        f"{EVENT}.readPoint.name",
        _in_document(object_event(readPoint={"id": "urn:a:b", "name": "x"})),
    ),
    (Rule.MEMBER_UNKNOWN, f"{EVENT}.quantityList[0].weight", _quantity(weight=5)),
    (Rule.MEMBER_UNKNOWN, f"{REPORT}.unit", _report(unit="CEL")),
    (Rule.MEMBER_TYPE, f"{EVENT}.sourceList", _in_document(object_event(sourceList={"type": "location"}))),
    (Rule.MEMBER_TYPE, f"{EVENT}.quantityList[0].quantity", _quantity(quantity="1")),
    (Rule.MEMBER_TYPE, f"{EVENT}.quantityList[0].quantity", _quantity(quantity=True)),
    (Rule.MEMBER_TYPE, f"{EVENT}.bizStep", _in_document(object_event(bizStep=None))),
    (Rule.MEMBER_TYPE, f"{EVENT}.ilmd", _in_document(object_event(ilmd=[]))),
    (Rule.MEMBER_TYPE, f"{EVENT}.readPoint", _in_document(object_event(readPoint="urn:epc:id:sgln:6901234.00001.0"))),
    (Rule.MEMBER_TYPE, f"{REPORT}.booleanValue", _report(booleanValue="true")),
    (Rule.MEMBER_TYPE, f"{EVENT}.certificationInfo[0]", _in_document(object_event(certificationInfo=[{"a": 1}]))),
    (Rule.MEMBER_MISSING, f"{EVENT}.readPoint.id", _in_document(object_event(readPoint={}))),
    (Rule.MEMBER_MISSING, f"{EVENT}.quantityList[0].epcClass", _quantity(epcClass=DROP)),
    (
        Rule.MEMBER_MISSING,
        f"{EVENT}.sourceList[0].source",
        _in_document(object_event(sourceList=[{"type": "location"}])),
    ),
    (
        Rule.MEMBER_MISSING,
        f"{EVENT}.destinationList[0].type",
        _in_document(object_event(destinationList=[{"destination": "urn:epc:id:pgln:6901234.00001"}])),
    ),
    (
        Rule.MEMBER_MISSING,
        f"{EVENT}.bizTransactionList[0].bizTransaction",
        _in_document(transaction_event(bizTransactionList=[{"type": "po"}])),
    ),
    (Rule.MEMBER_MISSING, f"{EVENT}.persistentDisposition", _in_document(object_event(persistentDisposition={}))),
    (Rule.MEMBER_MISSING, f"{EVENT}.errorDeclaration.declarationTime", _declaration(reason="incorrect_data")),
    (
        Rule.MEMBER_MISSING,
        f"{EVENT}.sensorElementList[0].sensorReport",
        _in_document(sensor_event(sensorElementList=[{"sensorMetadata": {}}])),
    ),
    (Rule.NAMESPACE_MISSING, f"{EVENT}.ilmd.lotNumber", _in_document(object_event(ilmd={"lotNumber": "L1"}))),
    (Rule.NAMESPACE_UNDECLARED, f"{EVENT}['own:note']", _in_document(object_event(**{"own:note": "x"}))),
    (Rule.NAMESPACE_UNDECLARED, f"{EVENT}.ilmd['own:lot']", _in_document(object_event(ilmd={"own:lot": "L1"}))),
    (
        Rule.LIST_EMPTY,
        f"{EVENT}.sensorElementList[0].sensorReport",
        _in_document(sensor_event(sensorElementList=[{"sensorReport": []}])),
    ),
    (
        Rule.LIST_EMPTY,
        f"{EVENT}.persistentDisposition.set",
        _in_document(object_event(persistentDisposition={"set": []})),
    ),
    (
        Rule.LIST_DUPLICATE,
        f"{EVENT}.epcList[1]",
        _things("urn:epc:id:sgtin:6901234.012345.1", "urn:epc:id:sgtin:6901234.012345.1"),
    ),
    (
        Rule.LIST_DUPLICATE,
        f"{EVENT}.persistentDisposition.unset[1]",
        _in_document(object_event(persistentDisposition={"unset": ["damaged", "damaged"]})),
    ),
    (Rule.EVENT_TIME_MISSING, f"{EVENT}.eventTime", _in_document(object_event(eventTime=DROP))),
    (Rule.OFFSET_MISSING, f"{EVENT}.eventTimeZoneOffset", _in_document(object_event(eventTimeZoneOffset=DROP))),
    (Rule.ACTION_MISSING, f"{EVENT}.action", _in_document(object_event(action=DROP))),
    (Rule.ACTION_VALUE, f"{EVENT}.action", _in_document(object_event(action="add"))),
    (Rule.ACTION_FORBIDDEN, f"{EVENT}.action", _in_document(transformation_event(action="ADD"))),
    (Rule.WHAT_MISSING, EVENT, _in_document(object_event(quantityList=DROP))),
    (Rule.WHAT_MISSING, EVENT, _in_document(object_event(quantityList=[], epcList=[]))),
    (Rule.WHAT_MISSING, EVENT, _in_document(sensor_event(readPoint=DROP))),
    (Rule.WHAT_MISSING, EVENT, _in_document(transaction_event(epcList=[]))),
    (Rule.PARENT_MISSING, f"{EVENT}.parentID", _in_document(aggregation_event(parentID=DROP))),
    (
        Rule.PARENT_MISSING,
        f"{EVENT}.parentID",
        _in_document(aggregation_event(type="AssociationEvent", action="OBSERVE", parentID=DROP)),
    ),
    (Rule.CHILDREN_MISSING, EVENT, _in_document(aggregation_event(childEPCs=DROP))),
    (
        Rule.TRANSACTIONS_MISSING,
        f"{EVENT}.bizTransactionList",
        _in_document(transaction_event(bizTransactionList=[])),
    ),
    (Rule.INPUT_OUTPUT_MISSING, EVENT, _in_document(transformation_event(outputQuantityList=DROP))),
    (Rule.INPUT_OUTPUT_MISSING, EVENT, _in_document(transformation_event(inputQuantityList=[]))),
    (
        Rule.INPUT_OUTPUT_MISSING,
        EVENT,
        _in_document(transformation_event(inputQuantityList=DROP, outputQuantityList=[], transformationID="urn:a:1")),
    ),
    (Rule.ILMD_FORBIDDEN, f"{EVENT}.ilmd", _in_document(object_event(action="OBSERVE"))),
    (Rule.ILMD_FORBIDDEN, f"{EVENT}.ilmd", _in_document(aggregation_event(ilmd={"cbvmda:lotNumber": "L1"}))),
    (Rule.URI_FORMAT, f"{EVENT}.epcList[0]", _things("6901234000016")),
    (Rule.URI_FORMAT, f"{EVENT}.epcList[0]", _things("urn:批次:1")),
    (Rule.URI_FORMAT, f"{EVENT}.eventID", _in_document(object_event(eventID="event one"))),
    (Rule.EPC_FORMAT, f"{EVENT}.epcList[0]", _things("urn:epc:id:sgtin:6901234.12345.1")),
    (Rule.EPC_FORMAT, f"{EVENT}.epcList[0]", _things("https://id.gs1.org/01/1234")),
    (Rule.CHECK_DIGIT, f"{EVENT}.epcList[0]", _things("https://id.gs1.org/01/06901234000017/21/1")),
    (Rule.CHECK_DIGIT, f"{EVENT}.epcList[0]", _things("https://trace.example/gtin/6901234000017/lot/L1")),
    (
        Rule.CHECK_DIGIT,
        f"{EVENT}.readPoint.id",
        _in_document(object_event(readPoint={"id": "https://id.gs1.org/414/6901234000017"})),
    ),
    (Rule.LOT_CODE_LENGTH, f"{EVENT}.epcList[0]", _things(f"https://id.gs1.org/01/06901234000016/10/{'L' * 21}")),
    (
        Rule.LOT_CODE_LENGTH,
        f"{EVENT}.quantityList[0].epcClass",
        _quantity(epcClass=f"https://trace.example/gtin/6901234000016/lot/{'L' * 30}"),
    ),
    (Rule.TIME_FORMAT, f"{EVENT}.eventTime", _in_document(object_event(eventTime="2026-11-20T06:30:00"))),
    (Rule.TIME_FORMAT, f"{EVENT}.recordTime", _in_document(object_event(recordTime="20-11-2026"))),
    (Rule.TIME_FORMAT, f"{REPORT}.time", _report(time="2026-02-30T00:00:00Z")),
    (Rule.OFFSET_FORMAT, f"{EVENT}.eventTimeZoneOffset", _in_document(object_event(eventTimeZoneOffset="Z"))),
    (Rule.OFFSET_FORMAT, f"{EVENT}.eventTimeZoneOffset", _in_document(object_event(eventTimeZoneOffset="+14:30"))),
    (Rule.UOM_FORMAT, f"{EVENT}.quantityList[0].uom", _quantity(uom="kg")),
    (Rule.HEX_FORMAT, f"{REPORT}.hexBinaryValue", _report(hexBinaryValue="0xff")),
    (
        Rule.CBV_NAMESPACE,
        f"{EVENT}.bizStep",
        _in_document(object_event(bizStep="urn:epcglobal:cbv:bizstep:commissioning")),
    ),
    (
        Rule.CBV_NAMESPACE,
        f"{EVENT}.bizStep",
        _in_document(object_event(bizStep="https://ref.gs1.org/cbv/BizStep-transforming")),
    ),
    (Rule.CBV_NAMESPACE, f"{EVENT}.disposition", _in_document(object_event(disposition="cbv:BizStep-packing"))),
    (Rule.CBV_NAMESPACE, f"{REPORT}.type", _report(type="gs1:Warmth")),
    (Rule.BIZ_STEP, f"{EVENT}.bizStep", _in_document(object_event(bizStep="transforming"))),
    (Rule.DISPOSITION, f"{EVENT}.disposition", _in_document(object_event(disposition="in_transport"))),
    (
        Rule.DISPOSITION,
        f"{EVENT}.persistentDisposition.set[0]",
        _in_document(object_event(persistentDisposition={"set": ["sold"]})),
    ),
    (
        Rule.BIZ_TRANSACTION_TYPE,
        f"{EVENT}.bizTransactionList[0].type",
        _in_document(transaction_event(bizTransactionList=[{"type": "order", "bizTransaction": "urn:a:1"}])),
    ),
    (
        Rule.SOURCE_DESTINATION_TYPE,
        f"{EVENT}.sourceList[0].type",
        _in_document(object_event(sourceList=[{"type": "place", "source": "urn:epc:id:sgln:6901234.00001.0"}])),
    ),
    (
        Rule.ERROR_REASON,
        f"{EVENT}.errorDeclaration.reason",
        _declaration(declarationTime="2026-11-21T00:00:00Z", reason="typo"),
    ),
    (Rule.MEASUREMENT_TYPE, f"{REPORT}.type", _report(type="temperature")),
    (Rule.SENSOR_EXCEPTION, f"{REPORT}.exception", _report(exception="ALARM")),
    (Rule.COMPONENT, f"{REPORT}.component", _report(component="depth")),
    (Rule.SENSOR_TYPE_MISSING, f"{REPORT}.type", _report(type=DROP)),
    (
        Rule.SENSOR_TIME_ORDER,
        f"{EVENT}.sensorElementList[0].sensorMetadata.endTime",
        _in_document(
            sensor_event(
                sensorElementList=[
                    {
                        "sensorMetadata": {
                            "startTime": "2026-11-20T08:00:00+08:00",
                            "endTime": "2026-11-20T07:59:59+08:00",
                        },
                        "sensorReport": [{"type": "Temperature"}],
                    }
                ]
            )
        ),
    ),
    (Rule.QUANTITY_NEGATIVE, f"{EVENT}.quantityList[0].quantity", _quantity(quantity=-1)),
    (Rule.UOM_WITHOUT_QUANTITY, f"{EVENT}.quantityList[0].uom", _quantity(quantity=DROP)),
    (
        Rule.PARENT_AMONG_CHILDREN,
        f"{EVENT}.parentID",
        _in_document(aggregation_event(childEPCs=["urn:epc:id:sscc:6901234.0000000001"])),
    ),
]
