"""The documents that an app's developers keep as files: one operation each, known by the sha256 of its bytes."""

from dataclasses import dataclass
from pathlib import Path

from app.documents.entries import PREFIX, sha256


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
        text = path.read_bytes().decode("utf-8")
        found.append(DocumentFile(path.stem, PREFIX + sha256(text), text))
    return found
