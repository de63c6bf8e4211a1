"""The documents that an app's developers keep as files: one operation each, known by the sha256 of its bytes."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

PREFIX = "sha256:"


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A file `<name>.graphql`: its id is `sha256:` and 64 hex digits of its exact bytes (GraphQL over HTTP, A)."""

    name: str
    id: str
    text: str


def read(folder: Path) -> list[DocumentFile]:
    """The documents in `folder`, by name."""
    found = []
    for path in sorted(folder.glob("*.graphql")):
        data = path.read_bytes()
        found.append(DocumentFile(path.stem, PREFIX + hashlib.sha256(data).hexdigest(), data.decode("utf-8")))
    return found
