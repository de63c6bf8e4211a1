"""Manifests as client tools write them, and files that are none."""

import hashlib
import json
from pathlib import Path

import pytest

from app.documents.entries import Entry, content_hash, id_problem, sha256
from app.documents.enums import OperationKind
from app.documents.manifest_file import MAX_BYTES, UnreadableManifestError, parse, read

TEXT = "query A { a }"
HASH = sha256(TEXT)
APOLLO = {
    "format": "apollo-persisted-query-manifest",
    "version": 1,
    "operations": [{"id": HASH, "name": "A", "type": "query", "body": TEXT}],
}


def test_the_hash_is_that_of_the_drafts_example() -> None:
    """GraphQL over HTTP, appendix A."""
    expected = "71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b"
    assert sha256("query($id:ID!){user(id:$id){name}}") == expected


def test_apollos_manifest() -> None:
    """Each operation with its own id, name and kind."""
    assert parse(json.dumps(APOLLO).encode()) == [Entry(TEXT, HASH, "A", OperationKind.QUERY)]


def test_relays_map() -> None:
    """Ids to texts; MD5 as Relay makes them."""
    md5 = hashlib.md5(TEXT.encode()).hexdigest()  # noqa: S324 - what Relay does
    assert parse(json.dumps({md5: TEXT}).encode()) == [Entry(TEXT, md5)]


def test_a_folder_of_files(tmp_path: Path) -> None:
    """The file's name is the operation's; other files are none of it."""
    (tmp_path / "A.graphql").write_text(TEXT, "utf-8")
    (tmp_path / "README.md").write_text("about", "utf-8")
    assert read(tmp_path) == [Entry(TEXT, name="A")]


def test_the_same_documents_have_the_same_content_hash_however_they_are_written() -> None:
    """Folder, Apollo by hash and the hash with its prefix say the same; an alias says more."""
    hashes = {
        content_hash([Entry(TEXT, id_, name)]) for id_, name in ((None, "A"), (HASH, None), (f"sha256:{HASH}", "A"))
    }
    assert len(hashes) == 1
    assert content_hash([Entry(TEXT, "A")]) not in hashes
    other = Entry("query B { a }")
    assert content_hash([Entry(TEXT), other]) == content_hash([other, Entry(TEXT)])


@pytest.mark.parametrize(
    ("id_", "alias", "is_refused"),
    [
        (None, None, False),
        (HASH, None, False),
        (f"sha256:{HASH}", None, False),
        (HASH.upper(), HASH.upper(), False),
        ("d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf8427e", False),
        ("x-relay:A_1.0", "x-relay:A_1.0", False),
        ("0" * 64, "0" * 64, True),
        (f"sha256:{'0' * 64}", f"sha256:{'0' * 64}", True),
        ("a/b", "a/b", True),
        ("", "", True),
        ("a" * 129, "a" * 129, True),
        ("优", "优", True),
    ],
)
def test_a_clients_id(id_: str | None, alias: str | None, is_refused: bool) -> None:  # noqa: FBT001 - a table's column
    """Kept where it is another than the hash; refused where it claims to be the hash or fits no address."""
    entry = Entry(TEXT, id_)
    assert entry.alias == alias
    assert (id_problem(entry) is not None) == is_refused


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"[" * 5000, "not JSON"),
        (b'{"a": "\\ud800"}', "not JSON"),
        (b"\xff", "not JSON"),
        (b"[]", "a JSON object"),
        (b'"x"', "a JSON object"),
        (b'{"a": 1}', '"a" is no text'),
        (b'{"a": "x", "a": "y"}', '"a" stands twice'),
        (b'{"format": "other"}', "only known format"),
        (json.dumps(APOLLO | {"version": 2}).encode(), "only known format"),
        (json.dumps(APOLLO | {"operations": {}}).encode(), "no list"),
        (json.dumps(APOLLO | {"operations": [1]}).encode(), r"operations\[0\] has not"),
        (json.dumps(APOLLO | {"operations": [{"id": "a", "name": "A", "type": "query"}]}).encode(), "has not"),
        (
            json.dumps(APOLLO | {"operations": [{"id": "a", "name": "A", "type": "batch", "body": "x"}]}).encode(),
            "type is no query",
        ),
        (b" " * (MAX_BYTES + 1), f"at most {MAX_BYTES} bytes"),
    ],
)
def test_what_is_no_manifest(data: bytes, why: str) -> None:
    """Each says why."""
    with pytest.raises(UnreadableManifestError, match=why):
        parse(data)


def test_a_file_of_ten_megabytes_is_not_read(tmp_path: Path) -> None:
    """Only as far as shows that it is too large."""
    path = tmp_path / "manifest.json"
    path.write_bytes(b" " * 10_000_000)
    with pytest.raises(UnreadableManifestError, match=f"at most {MAX_BYTES}"):
        read(path)


def test_files_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    """A missing file, and a folder with bytes that are no text."""
    with pytest.raises(UnreadableManifestError, match="No such file"):
        read(tmp_path / "nothing.json")
    (tmp_path / "A.graphql").write_bytes(b"\xff")
    with pytest.raises(UnreadableManifestError, match="not UTF-8"):
        read(tmp_path)
