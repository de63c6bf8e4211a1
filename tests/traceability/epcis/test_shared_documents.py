"""The exact verdict on every shared document."""

from collections import Counter
from typing import Any

import pytest

from app.traceability.epcis.document import Document, Refused
from app.traceability.epcis.event import Event
from app.traceability.epcis.reader import read
from app.traceability.epcis.rules import Rule
from tests.traceability.epcis.shared import FOLDER, documents, manifest, needs_folder

pytestmark = needs_folder

Verdict = tuple[set[Rule], dict[int, set[Rule]]]
"""Rules that the document breaks, and rules that each refused event breaks."""

OLD_URNS = {Rule.CONTEXT_MISSING, Rule.CBV_NAMESPACE}
REFUSED: dict[str, Verdict] = {
    "oe/Capture/Invalid/Combination_of_events_with_missing_mandatory_fields.json": (
        set(),
        {0: {Rule.ACTION_MISSING}, 1: {Rule.ACTION_MISSING, Rule.OFFSET_MISSING}},
    ),
    "oe/Capture/Invalid/Combination_of_multiple_invalid_fields.json": (
        set(),
        {
            0: {Rule.BIZ_STEP},
            1: {Rule.DISPOSITION},
            2: {Rule.SOURCE_DESTINATION_TYPE},
            3: {Rule.NAMESPACE_MISSING},
            4: {Rule.TIME_FORMAT, Rule.ACTION_VALUE},
        },
    ),
    "oe/Capture/Invalid/EPCISDocument_without_context.json": (
        {Rule.CONTEXT_MISSING},
        {0: {Rule.DOCUMENT_REFUSED}},
    ),
    "oe/Capture/Invalid/ObjectEvent_with_ilmd_field_without_namespace.json": (set(), {0: {Rule.NAMESPACE_MISSING}}),
    "oe/Capture/Invalid/ObjectEvent_with_invalid_action.json": (set(), {0: {Rule.ACTION_VALUE}}),
    "oe/Capture/Invalid/ObjectEvent_with_invalid_certificationInfo.json": (set(), {0: {Rule.MEMBER_TYPE}}),
    "oe/Capture/Invalid/ObjectEvent_with_non_standard_bizStep_in_second_event.json": (set(), {1: {Rule.BIZ_STEP}}),
    "oe/Capture/Invalid/ObjectEvent_with_unknown_field_in_quantityList.json": (set(), {0: {Rule.MEMBER_UNKNOWN}}),
    "oe/Capture/Invalid/ObjectEvent_without_action_and_eventTime.json": (
        set(),
        {0: {Rule.EVENT_TIME_MISSING, Rule.OFFSET_MISSING, Rule.ACTION_MISSING}},
    ),
    "oe/Query/Invalid/QueryDocument_with_invalid_action.json": (set(), {0: {Rule.ACTION_VALUE}}),
    "oe/Query/Invalid/QueryDocument_with_invalid_eventType.json": (set(), {0: {Rule.EVENT_TYPE}}),
    # a query, not a document
    "oe/Query/Queries/Invalid/Query_with_invalid_values.json": ({Rule.DOCUMENT_TYPE}, {}),
    # GS1's schema refuses these two as well
    "ev/hashing/epcisDocWithSingleEvent.json": ({Rule.EVENT_LIST_MISSING}, {}),
    "ev/hashing/event-hash-reference-document3.json": ({Rule.SCHEMA_VERSION}, {0: {Rule.DOCUMENT_REFUSED}}),
    # half-finished output of a generator: a form to fill in, and lists of events without @context
    "oegen/singleObjectEvent.json": ({Rule.DOCUMENT_TYPE}, {}),
    "oegen/CreateObjectEventOutput.json": (set(), {0: {Rule.CONTEXT_MISSING}, 1: {Rule.CONTEXT_MISSING}}),
    "oegen/CreateTransformationEventOutput.json": (
        set(),
        {index: {*OLD_URNS, Rule.MEASUREMENT_TYPE} for index in range(3)},
    ),
    "oegen/DesignTestDataEventsOutput2.json": (
        set(),
        {0: {*OLD_URNS, Rule.TRANSACTIONS_MISSING}, 1: OLD_URNS, 2: OLD_URNS, 3: OLD_URNS},
    ),
}


def _verdict(found: Document) -> Verdict:
    return {problem.rule for problem in found.problems}, {
        index: {problem.rule for problem in entry.problems}
        for index, entry in enumerate(found.events)
        if isinstance(entry, Refused)
    }


@pytest.mark.parametrize("file", documents())
def test_the_verdict_on_a_shared_document(file: str) -> None:
    """Refused for exactly the rules of the table, or accepted whole with as many events as the manifest counts."""
    found = read((FOLDER / file).read_bytes())
    assert _verdict(found) == REFUSED.get(file.removeprefix("share/"), (set(), {}))
    if not found.problems:
        assert len(found.events) == manifest()[file]["events"]


@pytest.mark.parametrize("file", [file for file in manifest() if file.endswith(".xml")])
def test_a_shared_xml_document_is_refused_as_such(file: str) -> None:
    """XML is told from broken JSON."""
    assert _verdict(read((FOLDER / file).read_bytes())) == ({Rule.XML_UNSUPPORTED}, {})


def test_what_is_meant_invalid_and_only_that_is_refused() -> None:
    """The table names every file meant invalid; of the others that GS1's schema knows, only what it refuses."""
    entries = {file.removeprefix("share/"): entry for file, entry in manifest().items()}
    meant_invalid = {file for file, entry in entries.items() if entry.get("invalid_on_purpose")}
    assert meant_invalid <= REFUSED.keys()
    assert {file for file in REFUSED.keys() - meant_invalid if entries[file]["schema_gs1"] == "valid"} == set()


def test_the_counts_of_the_manifest() -> None:
    """All 55 documents that GS1's schema accepts and nobody meant invalid are stored, with all their events."""
    types: Counter[str] = Counter()
    files = 0
    for file, entry in manifest().items():
        if entry.get("schema_gs1") == "valid" and not entry["invalid_on_purpose"]:
            events: list[Any] = [
                event for event in read((FOLDER / file).read_bytes()).events if isinstance(event, Event)
            ]
            assert len(events) == entry["events"]
            assert {event.type.value for event in events} == set(entry["event_types"])
            types.update(event.type.value for event in events)
            files += 1
    assert files == 55
    assert types.total() == 1041
