"""The typed value of an event, member by member."""

from datetime import UTC, datetime
from decimal import Decimal

from app.traceability.enums import EventAction, EventType, LotRole
from app.traceability.epcis.event import BizTransaction, ErrorDeclaration, Event, LotItem, Party
from app.traceability.epcis.reader import read
from tests.traceability.epcis.samples import (
    aggregation_event,
    as_bytes,
    document,
    object_event,
    sensor_event,
    transformation_event,
)


def _event(event: object) -> Event:
    (found,) = read(as_bytes(document(event))).events
    assert isinstance(found, Event)
    return found


def test_an_object_event_with_everything() -> None:
    """Words are bare, URIs full, times UTC, quantities exact."""
    found = _event(
        object_event(
            eventID="urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8",
            recordTime="2026-11-20T06:31:00.5+08:00",
            bizStep="cbv:BizStep-commissioning",
            disposition="https://ref.gs1.org/cbv/Disp-active",
            bizLocation={"id": "https://shop.example/414/6901234000016"},
            bizTransactionList=[{"type": "testres", "bizTransaction": "yg:report-7"}, {"bizTransaction": "urn:x:1"}],
            sourceList=[{"type": "owning_party", "source": "urn:epc:id:pgln:6901234.00001"}],
            destinationList=[{"type": "yg:kitchen", "destination": "urn:x:2"}],
            persistentDisposition={"set": ["conformant"], "unset": ["cbv:Disp-damaged"]},
            certificationInfo="https://lab.example/certificate/1",
            errorDeclaration={
                "declarationTime": "2026-11-21T00:00:00Z",
                "reason": "incorrect_data",
                "correctiveEventIDs": ["urn:x:3"],
            },
            epcList=["https://shop.example/01/6901234123456/10/L1/21/S1", "urn:x:thing"],
        )
    )
    assert found.type is EventType.OBJECT
    assert found.event_id == "urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8"
    assert found.event_time == datetime(2026, 11, 19, 22, 30, tzinfo=UTC)
    assert found.event_time_zone_offset == "+08:00"
    assert found.action is EventAction.ADD
    assert (found.biz_step, found.disposition) == ("commissioning", "active")
    assert found.read_point == "urn:epc:id:sgln:6901234.00001.0"
    assert found.biz_location == "https://shop.example/414/6901234000016"
    assert found.biz_transactions == (
        BizTransaction("testres", "https://example.com/yougou/report-7"),
        BizTransaction(None, "urn:x:1"),
    )
    assert found.sources == (Party("owning_party", "urn:epc:id:pgln:6901234.00001"),)
    assert found.destinations == (Party("https://example.com/yougou/kitchen", "urn:x:2"),)
    assert found.error_declaration == ErrorDeclaration(
        datetime(2026, 11, 21, tzinfo=UTC), "incorrect_data", ("urn:x:3",)
    )
    assert found.ilmd == {"urn:epcglobal:cbv:mda:lotNumber": "L2026-1120", "https://example.com/yougou/field": "A7"}
    assert found.sensor_elements == ()
    assert found.lots == (
        LotItem(LotRole.OBJECT, "06901234123456", "L1", None, None),
        LotItem(LotRole.OBJECT, "06901234123456", "L2026-1120", Decimal(120), "KGM"),
    )


def test_what_has_no_lot_is_in_the_canonical_text_only() -> None:
    """Pieces, pallets and classes without a lot are no lots, but nothing of them is lost."""
    found = _event(aggregation_event(childQuantityList=[{"epcClass": "urn:epc:idpat:sgtin:6901234.012345.*"}]))
    assert found.lots == ()
    assert '"parentID":"urn:epc:id:sscc:6901234.0000000001"' in found.canonical


def test_parent_and_children() -> None:
    """A parent comes before its children; a lot may be either."""
    found = _event(
        aggregation_event(
            parentID="https://id.gs1.org/01/06901234000016/10/BOX1",
            childEPCs=["https://id.gs1.org/01/06901234123456/10/L1/21/9"],
            childQuantityList=[{"epcClass": "urn:epc:class:lgtin:6901234.012345.L2", "quantity": 3}],
        )
    )
    assert [(lot.role, lot.lot_code, lot.quantity) for lot in found.lots] == [
        (LotRole.PARENT, "BOX1", None),
        (LotRole.CHILD, "L1", None),
        (LotRole.CHILD, "L2", Decimal(3)),
    ]


def test_inputs_and_outputs() -> None:
    """A transformation has no action; its roles tell inputs from outputs."""
    found = _event(transformation_event(transformationID="urn:x:t", ilmd={"cbvmda:lotNumber": "C"}))
    assert found.action is None
    assert [(lot.role, lot.gtin, lot.lot_code, lot.quantity) for lot in found.lots] == [
        (LotRole.INPUT, "06901234543216", "M1", Decimal(10)),
        (LotRole.OUTPUT, "06901234000016", "CUT1", Decimal(40)),
    ]


def test_a_blank_node_is_no_identity() -> None:
    """`_:event1` means something in its own file only; JSON-LD's id is an eventID."""
    assert _event(object_event(eventID="_:event1")).event_id is None
    assert _event(object_event(id="urn:x:1")).event_id == "urn:x:1"


def test_an_error_declaration_has_the_hash_of_the_event() -> None:
    """So a declaration finds what it declares wrong."""
    declared = object_event(errorDeclaration={"declarationTime": "2026-11-21T00:00:00Z"})
    assert _event(declared).hash == _event(object_event()).hash
    assert _event(declared).canonical != _event(object_event()).canonical


def test_sensor_elements_have_bare_words() -> None:
    """Type, exception and component are words; the rest stays as captured."""
    reports = [{"type": "gs1:Angle", "component": "cbv:Comp-latitude", "value": 42.698334, "yg:x": "y"}]
    found = _event(sensor_event(sensorElementList=[{"sensorReport": reports}]))
    assert found.sensor_elements == (
        {
            "sensorReport": [
                {"type": "Angle", "component": "latitude", "value": Decimal("42.698334"), "yg:x": "y"},
            ]
        },
    )


def test_master_data_written_like_xml() -> None:
    """#text is the value, and nested names are written in full as well."""
    ilmd = {
        "old:batch": {"@xmlns:old": "http://old.example/", "#text": "4711"},
        "yg:field": {"yg:rows": [{"yg:n": 1}], "plain": 2},
    }
    assert _event(object_event(ilmd=ilmd)).ilmd == {
        "http://old.example/batch": "4711",
        "https://example.com/yougou/field": {
            "https://example.com/yougou/rows": [{"https://example.com/yougou/n": 1}],
            "plain": 2,
        },
    }
