"""What the schema says of a document's text. Domains know no GraphQL: they are given a `Check`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from app.documents.enums import OperationKind


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a text, and where: line and column count from 1."""

    message: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The one operation of a text: its name, its kind, its points by the variables' defaults, the scopes it needs.

    A text with a complaint is refused; what else is said of it may then be missing.
    """

    name: str = ""
    kind: OperationKind = OperationKind.QUERY
    cost: int = 0
    scopes: frozenset[str] = field(default_factory=frozenset)
    complaints: tuple[Complaint, ...] = ()


Check: TypeAlias = Callable[[str], Verdict]


def unchecked(_: str) -> Verdict:
    """The check where no schema is known.

    Raises:
        LookupError: always.
    """
    raise LookupError("nobody told this context how documents are checked")
