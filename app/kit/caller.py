"""Who asks: the one value every service takes to know on whose behalf it acts."""

from dataclasses import dataclass, replace
from enum import StrEnum


class CallerKind(StrEnum):
    """What sort of caller it is, which decides what its number means."""

    VISITOR = "visitor"
    CUSTOMER = "customer"
    STAFF = "staff"
    PARTNER = "partner"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Caller:
    """A caller and what it may do. Its text (`customer:7`) names it in audit, idempotency and uploads.

    A customer, a member of staff and a partner have the key of their row; a visitor has none, a machine
    (the worker, a notification from outside) may have none. `session` is the sign-in that a token came from.
    """

    kind: CallerKind
    id: int | None = None
    scopes: frozenset[str] = frozenset()
    session: int | None = None

    def __post_init__(self) -> None:
        """Refuses (ValueError) a visitor with an id and a customer, staff or partner without one."""
        if self.kind is CallerKind.MACHINE:
            return
        if (self.id is None) != (self.kind is CallerKind.VISITOR):
            raise ValueError(f"a {self.kind} has {'no' if self.kind is CallerKind.VISITOR else 'an'} id")

    def __str__(self) -> str:
        """`customer:7`, or the kind alone where there is no id."""
        return self.kind.value if self.id is None else f"{self.kind.value}:{self.id}"

    def within(self, session: int) -> "Caller":
        """The same caller, signed in there."""
        return replace(self, session=session)


VISITOR = Caller(CallerKind.VISITOR)
MACHINE = Caller(CallerKind.MACHINE)
