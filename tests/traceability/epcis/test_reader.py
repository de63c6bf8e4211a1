"""Reading whole documents: which forms are read, and how far one problem reaches."""

import hashlib

from app.traceability.enums import EventType
from app.traceability.epcis.document import Document, Refused
from app.traceability.epcis.event import Event
from app.traceability.epcis.reader import read
from app.traceability.epcis.rules import Rule
from tests.traceability.epcis.samples import (
    CONTEXT,
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

HARVEST_PREHASH = (
    "eventType=ObjectEventeventTime=2026-11-19T22:30:00.000ZeventTimeZoneOffset=+08:00quantityListquantityElement"
    "epcClass=https://id.gs1.org/01/06901234123456/10/L2026-1120quantity=120uom=KGMaction=ADD"
    "bizStep=https://ref.gs1.org/cbv/BizStep-commissioningdisposition=https://ref.gs1.org/cbv/Disp-active"
    "readPointid=https://id.gs1.org/414/6901234000016ilmd{https://example.com/yougou/}field=A7"
    "{urn:epcglobal:cbv:mda:}lotNumber=L2026-1120"
)
HARVEST_HASH = f"ni:///sha-256;{hashlib.sha256(HARVEST_PREHASH.encode()).hexdigest()}?ver=CBV2.0"


def _types(found: Document) -> list[EventType | None]:
    return [entry.type if isinstance(entry, Event) else None for entry in found.events]


def test_a_document_with_every_kind_of_event() -> None:
    """Each event type of the samples is accepted, in the order of the file."""
    association = aggregation_event(type="AssociationEvent")
    events = [object_event(), aggregation_event(), transaction_event(), transformation_event(), association]
    found = read(as_bytes(document(*events, sensor_event())))
    assert found.problems == ()
    assert _types(found) == [
        EventType.OBJECT,
        EventType.AGGREGATION,
        EventType.TRANSACTION,
        EventType.TRANSFORMATION,
        EventType.ASSOCIATION,
        EventType.OBJECT,
    ]


def test_query_document_bare_event_and_list_of_events() -> None:
    """The other three forms hold the same event."""
    bare = object_event(**{"@context": CONTEXT})
    forms = [query_document(object_event()), bare, [bare]]
    hashes = [[entry.hash for entry in read(as_bytes(form)).events if isinstance(entry, Event)] for form in forms]
    assert hashes == [[HARVEST_HASH]] * 3


def test_an_empty_document_has_no_events() -> None:
    """A document without events is sound."""
    assert read(as_bytes(document())) == Document((), (), ())


def test_one_bad_event_does_not_hide_the_others() -> None:
    """The second of three events is refused, alone and with all its problems."""
    bad = object_event(action="CREATE", bizStep="transforming")
    found = read(as_bytes(document(object_event(), bad, aggregation_event())))
    assert found.problems == ()
    assert _types(found) == [EventType.OBJECT, None, EventType.AGGREGATION]
    refused = found.events[1]
    assert isinstance(refused, Refused)
    assert [(problem.rule, problem.path) for problem in refused.problems] == [
        (Rule.ACTION_VALUE, "$.epcisBody.eventList[1].action"),
        (Rule.BIZ_STEP, "$.epcisBody.eventList[1].bizStep"),
    ]


def test_a_broken_frame_stores_nothing_but_still_judges() -> None:
    """Without schemaVersion every event is refused; a bad one still says its own reason."""
    found = read(as_bytes(document(object_event(), object_event(action=DROP), schemaVersion=DROP)))
    assert [problem.rule for problem in found.problems] == [Rule.SCHEMA_VERSION]
    assert [[problem.rule for problem in entry.problems] for entry in found.events if isinstance(entry, Refused)] == [
        [Rule.DOCUMENT_REFUSED],
        [Rule.ACTION_MISSING],
    ]


def test_an_event_may_declare_prefixes_of_its_own() -> None:
    """An @context inside an event counts over that of the document."""
    event = object_event(**{"@context": {"own": "https://own.example/"}, "own:note": "x"})
    found = read(as_bytes(document(event)))
    assert _types(found) == [EventType.OBJECT]


def test_many_events_keep_their_order() -> None:
    """A long document is read whole; identifiers come out in order."""
    events = [object_event(eventID=f"urn:uuid:{index:08d}-0000-4000-8000-000000000000") for index in range(2000)]
    found = read(as_bytes(document(*events)))
    assert [entry.event_id for entry in found.events if isinstance(entry, Event)] == [
        event["eventID"] for event in events
    ]
