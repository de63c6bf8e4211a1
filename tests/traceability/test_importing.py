"""Importing folders of documents, the shared one among them."""

from collections import Counter
from pathlib import Path

from app.tables import Database
from app.traceability.importing import files
from tests.traceability.capturing import fetched, imported, state
from tests.traceability.epcis.samples import aggregation_event, as_bytes, document, object_event
from tests.traceability.epcis.shared import FOLDER, manifest, needs_folder


def test_files_of_a_folder(tmp_path: Path) -> None:
    """Documents at any depth, by name; other files and folders that are named like documents are left out."""
    for name in ["b.json", "a/z.JSONLD", "a/notes.txt", "c.xml"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    (tmp_path / "folder.json").mkdir()
    other = tmp_path / "c.xml"
    assert list(files([tmp_path, other])) == [tmp_path / "a/z.JSONLD", tmp_path / "b.json", other]


async def test_the_same_document_twice_changes_nothing(database: Database) -> None:
    """Neither does the same event in another document."""
    data = as_bytes(document(object_event(eventID="urn:x:1"), aggregation_event()))
    assert await imported(database, data) == ["STORED", "STORED"]
    before = await state(database)
    assert await imported(database, data) == ["ALREADY_STORED", "ALREADY_STORED"]
    other = as_bytes(document(aggregation_event(), sender="urn:x:another"))
    assert await imported(database, other) == ["ALREADY_STORED"]
    assert await state(database) == before


@needs_folder
async def test_the_shared_folder(database: Database) -> None:
    """Every document that GS1's schema accepts is stored whole, once; a second time nothing changes.

    The one event refused by the shop has the eventID of another version of the same document, with other content.
    """
    told: dict[str, list[str]] = {}
    for file in files([FOLDER / "share"]):
        found = await imported(database, file.read_bytes())
        told[str(file.relative_to(FOLDER))] = [
            each if isinstance(each, str) else "+".join(sorted({rule for rule, _ in each})) for each in found
        ]
    counted = Counter(each for verdicts in told.values() for each in verdicts)
    stored = counted["STORED"], counted["ALREADY_STORED"], counted["EVENT_ID_TAKEN"]
    assert stored == (1022, 40, 1)
    assert told["share/ev/EPCISDocument-TransformationEvent.json"] == ["EVENT_ID_TAKEN"]
    for file, entry in manifest().items():
        if entry.get("schema_gs1") == "valid" and not entry["invalid_on_purpose"]:
            kept = [each for each in told[file] if each in {"STORED", "ALREADY_STORED", "EVENT_ID_TAKEN"}]
            assert len(kept) == entry["events"], file
    before = await state(database)
    assert {table: rows for table, (rows, _) in before.items()} == {
        "lot": 65,
        "trace_event": 1022,
        "lot_event": 87,
        "lot_seal": 85,
    }
    again: Counter[str] = Counter()
    for file in files([FOLDER / "share"]):
        again.update(each for each in await imported(database, file.read_bytes()) if isinstance(each, str))
    assert again == {"ALREADY_STORED": 1062}
    assert await state(database) == before
    assert await fetched(database, "SELECT count(*) FROM trace_event WHERE stage IS NULL") == [(17,)]
