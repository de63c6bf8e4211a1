"""Reads the manifests that client tools write: Apollo's list, Relay's flat map, or a folder of .graphql files.

Apollo: `{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{id, name, type, body}]}` (npm
@apollo/generate-persisted-query-manifest). Relay: `{"<id>": "<text>"}` (persistConfig.file).
"""

import json
from pathlib import Path
from typing import Any

import orjson

from app.documents import files
from app.documents.entries import Entry
from app.documents.enums import OperationKind

MAX_BYTES = 4 * 1024 * 1024
_MEMBERS = ("id", "name", "type", "body")
APOLLO = "apollo-persisted-query-manifest"


class UnreadableManifestError(ValueError):
    """The file or folder is no manifest; the message says why."""


def read(path: Path) -> list[Entry]:
    """The documents at `path`: a manifest file, or a folder with one operation per `.graphql` file.

    Raises:
        UnreadableManifestError: it is neither, larger than MAX_BYTES, or cannot be read.
    """
    try:
        if path.is_dir():
            return [Entry(each.text, name=each.name) for each in files.read(path)]
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except UnicodeDecodeError:
        raise UnreadableManifestError(f"{path} holds a document that is not UTF-8.") from None
    except OSError as error:
        raise UnreadableManifestError(f"{path} cannot be read: {error.strerror}.") from None
    return parse(data)


def parse(data: bytes) -> list[Entry]:
    """The documents of a manifest file, in its order.

    Raises:
        UnreadableManifestError: it is of neither form, or larger than MAX_BYTES.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableManifestError(f"A manifest is at most {MAX_BYTES} bytes.")
    try:
        orjson.loads(data)  # stricter than json: depth, lone surrogates, NaN
        found = json.loads(data, object_pairs_hook=_without_repetition)
    except orjson.JSONDecodeError as error:
        raise UnreadableManifestError(f"It is not JSON: {error}.") from None
    if not isinstance(found, dict):
        raise UnreadableManifestError("A manifest is a JSON object.")
    return _apollo(found) if "format" in found else _relay(found)


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise UnreadableManifestError(f'"{twice[:100]}" stands twice in one JSON object.')
    return found


def _apollo(found: dict[str, Any]) -> list[Entry]:
    if found["format"] != APOLLO or found.get("version") != 1:
        raise UnreadableManifestError(f'The only known format is "{APOLLO}" of version 1.')
    operations = found.get("operations")
    if not isinstance(operations, list):
        raise UnreadableManifestError("operations is no list.")
    return [_operation(place, each) for place, each in enumerate(operations)]


def _operation(place: int, found: Any) -> Entry:
    given = found if isinstance(found, dict) else {}
    texts = [each for name in _MEMBERS if isinstance(each := given.get(name), str)]
    if len(texts) != len(_MEMBERS):
        raise UnreadableManifestError(f"operations[{place}] has not the texts id, name, type and body.")
    id_, name, kind, body = texts
    if kind.upper() not in OperationKind.__members__:
        raise UnreadableManifestError(f"operations[{place}].type is no query, mutation or subscription.")
    return Entry(body, id_, name, OperationKind(kind.upper()))


def _relay(found: dict[str, Any]) -> list[Entry]:
    for id_, text in found.items():
        if not isinstance(text, str):
            raise UnreadableManifestError(f'"{id_[:100]}" is no text: a flat map of ids to texts is expected.')
    return [Entry(text, id_) for id_, text in found.items()]
