"""The event hash equals every published vector that comes with JSON input."""

from pathlib import Path
from typing import cast

import pytest

from app.traceability.epcis.context import Context
from app.traceability.epcis.event import Event
from app.traceability.epcis.event_hash import event_hash
from app.traceability.epcis.frame import open_frame
from app.traceability.epcis.json_text import read_json
from app.traceability.epcis.json_types import JsonObject
from app.traceability.epcis.prehash import prehash
from app.traceability.epcis.problems import Problem
from app.traceability.epcis.reader import read
from tests.traceability.epcis.shared import FOLDER, needs_folder

pytestmark = needs_folder

HASH = FOLDER / "share" / "hash"
EXAMPLES = sorted((HASH / "examples").glob("*.jsonld"))
CONTRADICTORY = {"epcisDocWithCustomSchemaInContext": 1, "epcisDocWithDefaultSchemaInContext": 1}
"""Pre-hash lines that are not the source of the hash published beside them: another event, a cut line."""


def _events(path: Path) -> tuple[Context, list[JsonObject]]:
    root = read_json(path.read_bytes())
    assert not isinstance(root, Problem)
    frame = open_frame(root)
    return frame.context, cast("list[JsonObject]", frame.events)


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text().split("\n") if line]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_hashes_of_a_vector(path: Path) -> None:
    """Each event read from the document has the hash published at its place."""
    events = read(path.read_bytes()).events
    assert [event.hash for event in events if isinstance(event, Event)] == _lines(path.with_suffix(".hashes"))


@pytest.mark.parametrize(
    "path", [path for path in EXAMPLES if path.with_suffix(".prehashes").exists()], ids=lambda path: path.stem
)
def test_prehashes_of_a_vector(path: Path) -> None:
    """Each event has the pre-hash string published at its place, unless that line contradicts its own hash."""
    context, events = _events(path)
    published = _lines(path.with_suffix(".prehashes"))
    expected = dict(enumerate(published))
    expected.pop(CONTRADICTORY.get(path.stem, -1), None)
    assert len(published) == len(events)
    assert {index: prehash(events[index], context) for index in expected} == expected


def test_the_vectors_are_all_there() -> None:
    """Fifteen documents with hashes, fourteen of them with pre-hash strings too."""
    assert len(EXAMPLES) == 15
    assert len([path for path in EXAMPLES if path.with_suffix(".prehashes").exists()]) == 14


def test_documents_that_must_be_equal() -> None:
    """The two events of the JSON document in expected_equal have the hash of the reference event."""
    context, events = _events(HASH / "expected_equal" / "ReferenceEventHashAlgorithm.json")
    reference = _lines(HASH / "examples" / "ReferenceEventHashAlgorithm.hashes")
    assert [event_hash(event, context) for event in events] == reference * 2


def _published(name: str) -> list[str]:
    return _lines(HASH / "examples" / f"{name}.hashes")


def test_hashes_of_the_second_collection() -> None:
    """Documents of ev/hashing that say the same as a vector, in older or XML-like forms, have its hash."""
    folder = FOLDER / "share" / "ev" / "hashing"

    def hashes(name: str) -> list[str]:
        context, events = _events(folder / f"{name}.json")
        return [event_hash(event, context) for event in events]

    assert hashes("epclist_normalisation") == _published("epclist_normalisation")
    name = "epcisDocWithXMLstartTagAndErrorDeclaration"
    assert hashes(name) == _published(name)
    assert hashes("epcisDocHavingEventWithComment") == _published("epcisDocHavingEventWithComment")
    assert hashes("epcisDocWithDefaultSchemaInContext")[0] == _published("epcisQueryDocument")[0]
    same = [0, 1, 2, 4, 5, 6, 7, 8, 9]  # the others name another namespace or business step
    various, vectors = hashes("epcisDocWithVariousEventTypes"), _published("epcisDocWithVariousEventTypes")
    assert [various[index] for index in same] == [vectors[index] for index in same]


def test_the_event_of_a_document_that_is_refused() -> None:
    """An event outside eventList is not stored, yet has the hash of the same event elsewhere."""
    root = read_json((FOLDER / "share" / "ev" / "hashing" / "epcisDocWithSingleEvent.json").read_bytes())
    body = cast("dict[str, dict[str, JsonObject]]", root)["epcisBody"]
    assert event_hash(body["event"], Context({})) == _published("epcisQueryDocument")[0]
