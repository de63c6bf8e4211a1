"""One document as its client sent it, and by which ids it will be asked for."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from app.documents.enums import OperationKind

PREFIX = "sha256:"
_CLAIM = re.compile(r"(?:sha256:)?([0-9a-fA-F]{64})")
_ALIAS = re.compile(r"[A-Za-z0-9._:~-]{1,128}")


class Sent(Protocol):
    """A document as a client of the mutation sends it."""

    body: str
    id: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A text, and what its client says of it: its own id, the operation's name and kind. None: it says nothing."""

    text: str
    id: str | None = None
    name: str | None = None
    kind: OperationKind | None = None

    @property
    def sha256(self) -> str:
        """The 64 hexadecimal digits of the text's bytes."""
        return sha256(self.text)

    @property
    def label(self) -> str:
        """What people find it by: the name, else the id, else how it begins."""
        return self.name or self.id or f"{self.text.strip()[:40]}..."

    @property
    def alias(self) -> str | None:
        """The client's id, where it is another than the text's hash."""
        return None if self.id in {None, self.sha256, PREFIX + self.sha256} else self.id


def sha256(text: str) -> str:
    """The 64 hexadecimal digits of a text's bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def id_problem(entry: Entry) -> str | None:
    """What is wrong with the client's id: it claims to be the text's sha256 and is not, or fits no address."""
    if entry.alias is None:
        return None
    claim = _CLAIM.fullmatch(entry.alias)
    if claim is not None and claim[1].lower() != entry.sha256:
        return f"The id is no sha256 of the text, which is {entry.sha256}."
    if not _ALIAS.fullmatch(entry.alias):
        return "An id is 1 to 128 letters, digits or . _ : ~ -"
    return None


def content_hash(entries: Iterable[Entry]) -> str:
    """64 hexadecimal digits, equal for manifests that answer the same texts to the same ids."""
    lines = sorted(f"{each.sha256} {each.alias or ''}" for each in entries)
    return sha256("\n".join(lines))
