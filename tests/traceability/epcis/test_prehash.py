"""Where the pre-hash string needs a decision that the published vectors with JSON input do not show."""

from decimal import Decimal
from typing import Any

from app.traceability.epcis.context import Context
from app.traceability.epcis.prehash import prehash
from tests.traceability.epcis.samples import aggregation_event, object_event, sensor_event

CONTEXT = Context({"yg": "https://example.com/yougou/"})
START = "eventType=ObjectEventeventTime=2026-11-19T22:30:00.000ZeventTimeZoneOffset=+08:00"


def _prehash(**members: Any) -> str:
    event = {"type": "ObjectEvent", "eventTime": "2026-11-20T06:30:00+08:00", "eventTimeZoneOffset": "+08:00"}
    text = prehash({**event, **members}, CONTEXT)
    assert text.startswith(START)
    return text.removeprefix(START)


def test_what_takes_no_part() -> None:
    """Identity, capture, error declaration and comments do not change the string."""
    members = {
        "eventID": "urn:x:1",
        "id": "urn:x:1",
        "recordTime": "2026-11-21T00:00:00Z",
        "errorDeclaration": {"declarationTime": "2026-11-21T00:00:00Z"},
        "@context": {},
        "rdfs:comment": "checked",
        "epcList": [],
        "yg:none": None,
    }
    assert _prehash(**members) == ""


def test_certification_follows_the_offset() -> None:
    """One or several, sorted, before everything else."""
    assert _prehash(action="ADD", certificationInfo="urn:x:1") == "certificationInfo=urn:x:1action=ADD"
    assert _prehash(certificationInfo=["urn:x:2", "urn:x:1"]) == "certificationInfo=urn:x:1certificationInfo=urn:x:2"


def test_type_precedes_what_it_types() -> None:
    """Whatever the order of the members; an untyped transaction has none."""
    entries = [{"bizTransaction": "urn:x:2", "type": "po"}, {"bizTransaction": "urn:x:1"}]
    assert _prehash(bizTransactionList=entries) == (
        "bizTransactionListbizTransaction=urn:x:1type=https://ref.gs1.org/cbv/BTT-pobizTransaction=urn:x:2"
    )


def test_the_rest_is_sorted_as_strings() -> None:
    """Transactions, destinations, ilmd, sources and extensions, in this order."""
    found = _prehash(
        **{
            "yg:b": True,
            "sourceList": [{"type": "location", "source": "urn:x:s"}],
            "ilmd": {"yg:a": "1.50"},
            "destinationList": [{"type": "location", "destination": "urn:x:d"}],
            "https://own.example/ns/c": ["z", "a"],
        }
    )
    assert found == (
        "destinationListtype=https://ref.gs1.org/cbv/SDT-locationdestination=urn:x:d"
        "ilmd{https://example.com/yougou/}a=1.5"
        "sourceListtype=https://ref.gs1.org/cbv/SDT-locationsource=urn:x:s"
        "{https://example.com/yougou/}b=true{https://own.example/ns/}c=a{https://own.example/ns/}c=z"
    )


def test_values_in_every_notation() -> None:
    """CURIE, Web URI, old URN and bare word of a step are one; numbers keep every digit."""
    forms = [
        "packing",
        "cbv:BizStep-packing",
        "https://ref.gs1.org/cbv/BizStep-packing",
        "urn:epcglobal:cbv:bizstep:packing",
    ]
    assert {_prehash(bizStep=form) for form in forms} == {"bizStep=https://ref.gs1.org/cbv/BizStep-packing"}
    exact = Decimal("12345678901234567.890")
    assert _prehash(**{"yg:n": exact}) == "{https://example.com/yougou/}n=12345678901234567.89"
    assert _prehash(**{"yg:n": "1e999999999"}) == "{https://example.com/yougou/}n=1e999999999"
    assert _prehash(**{"yg:n": "  spaced  "}) == "{https://example.com/yougou/}n=spaced"


def test_extensions_written_like_xml() -> None:
    """@xmlns declares the prefix of its own member; #text is the value."""
    xml = {"@xmlns:old": "http://old.example/", "#text": "4711"}
    assert _prehash(**{"old:batch": xml}) == "{http://old.example/}batch=4711"
    assert _prehash(**{"yg:box": {"part2": 2, "part1": {"type": "x"}}}) == (
        "{https://example.com/yougou/}boxpart1type=xpart2=2"
    )
    assert _prehash(**{"yg:empty": {}}) == "{https://example.com/yougou/}empty"


def test_rules_of_a_sensor_report_stand_at_the_end() -> None:
    """As the published vector of SensorDataExamples.xml shows for a member that the order does not place."""
    report = {"type": "Temperature", "bizRules": "https://id.gs1.org/253/4012345000054987", "yg:x": 1}
    found = _prehash(sensorElementList=[{"type": "epcis:SensorElement", "sensorReport": [report]}])
    assert found == (
        "sensorElementListsensorElementsensorReporttype=https://gs1.org/voc/Temperature{https://example.com/yougou/}x=1"
        "sensorElementListsensorElementsensorReportbizRules=https://id.gs1.org/253/4012345000054987"
    )


def test_persistent_disposition_and_parent() -> None:
    """Set words precede unset ones, each sorted; the parent precedes the children."""
    found = _prehash(persistentDisposition={"unset": ["active"], "set": ["damaged", "conformant"]})
    assert found == (
        "persistentDispositionset=https://ref.gs1.org/cbv/Disp-conformantset=https://ref.gs1.org/cbv/Disp-damaged"
        "unset=https://ref.gs1.org/cbv/Disp-active"
    )
    assert "parentID=https://id.gs1.org/00/069012340000000016childEPCsepc=" in prehash(aggregation_event(), CONTEXT)


def test_a_change_of_any_part_changes_the_string() -> None:
    """Nothing that an event says is lost."""
    base = object_event(certificationInfo="urn:x:1")
    changes: list[dict[str, Any]] = [
        {"eventTime": "2026-11-20T06:30:00.001+08:00"},
        {"eventTimeZoneOffset": "+09:00"},
        {"action": "OBSERVE"},
        {"bizStep": "packing"},
        {"disposition": "in_transit"},
        {"readPoint": {"id": "urn:epc:id:sgln:6901234.00002.0"}},
        {"bizLocation": {"id": "urn:epc:id:sgln:6901234.00002.0"}},
        {"quantityList": []},
        {"epcList": ["urn:epc:id:sgtin:6901234.012345.1"]},
        {"ilmd": {}},
        {"certificationInfo": "urn:x:2"},
        {"sensorElementList": sensor_event()["sensorElementList"]},
        {"yg:note": "x"},
    ]
    strings = {prehash({**base, **change}, CONTEXT) for change in [{}, *changes]}
    assert len(strings) == len(changes) + 1
