"""The register of personal columns (DESIGN rule 9): declared once, read by masking, export and erasure.

Source of the duty: PIPL articles 6 and 19 (purpose and shortest retention), 44-47 (access, erasure), 51
(classification).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tortoise.models import Model


class Mask(StrEnum):
    """How a value is shown to someone who may not see it whole."""

    HIDDEN = "HIDDEN"
    PHONE = "PHONE"
    NAME = "NAME"


class Erase(StrEnum):
    """What closing the account does to a column."""

    NULL = "NULL"
    ANONYMISE = "ANONYMISE"
    DELETE_ROW = "DELETE_ROW"
    KEEP = "KEEP"


@dataclass(frozen=True, slots=True)
class PersonalColumn:
    """What the law and the customer may ask about one column."""

    table: str
    column: str
    purpose: str
    retention: str
    mask: Mask
    erase: Erase


@dataclass(frozen=True, slots=True)
class PersonalTable:
    """A table that holds something about a person: each of its columns is in exactly one of the two."""

    model: type[Model]
    personal: dict[str, PersonalColumn]
    plain: frozenset[str]


REGISTER: dict[str, PersonalTable] = {}


def declare(model: type[Model], *, plain: Iterable[str], **personal: tuple[str, str, Mask, Erase]) -> PersonalTable:
    """Enters a table: `plain` names its harmless columns, each keyword a personal one.

    A keyword's value is (purpose, retention, mask, erase). A test fails on a column of the table that is
    in neither, so a new column cannot slip in unclassified.
    """
    table = str(model._meta.db_table)  # noqa: SLF001 - tortoise offers no public name for it
    columns = {name: PersonalColumn(table, name, *facts) for name, facts in personal.items()}
    entry = PersonalTable(model, columns, frozenset(plain))
    REGISTER[table] = entry
    return entry


def telling_names() -> frozenset[str]:
    """What personal values are called in the register, for the scrubbing of logs: `phone` for phone_sealed.

    References are left out: ids tell nothing by themselves, and logs live on them.
    """
    columns = (name for table in REGISTER.values() for name in table.personal if not name.endswith("_id"))
    return frozenset(name.removesuffix("_sealed").removesuffix("_index").removesuffix("_hash") for name in columns)


def masked(value: str, mask: Mask) -> str:
    """What of `value` an unauthorised reader sees.

    PHONE keeps the first 3 and last 4 digits, NAME the first character and, from three characters on,
    the last one.
    """
    if mask is Mask.PHONE and len(value) >= 8:  # noqa: PLR2004 - 3 + 4 shown leaves at least one hidden
        return f"{value[:3]}****{value[-4:]}"
    if mask is Mask.NAME and value:
        return f"{value[0]}*" if len(value) < 3 else f"{value[0]}***{value[-1]}"  # noqa: PLR2004
    return "***"
