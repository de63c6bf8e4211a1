"""What the register of personal data makes of each table about a customer: how to read it, and how to erase it."""

from dataclasses import dataclass
from functools import cache

from tortoise import fields

from app.accounts.models import Customer
from app.kit.personal import REGISTER, Erase, PersonalTable
from app.kit.rows import columns_of

ANONYMOUS = "已注销用户"
_BLIND = ("_index", "_hash")  # what finds a value without telling it


@dataclass(frozen=True, slots=True)
class Owned:
    """A table with rows about a customer. `$1` of both statements is the customer's key."""

    table: str
    columns: tuple[str, ...]  # that she gets a copy of
    read: str
    erase: str | None  # None: the law wants everything kept as it is


@cache
def owned() -> tuple[Owned, ...]:
    """Every declared table whose rows belong to a customer, by name."""
    found = []
    for table, entry in sorted(REGISTER.items()):
        owner = _owner(entry)
        if owner is not None:
            columns = tuple(name for name in columns_of(entry.model) if not name.endswith(_BLIND))
            read = f"SELECT {', '.join(columns)} FROM {table} WHERE {owner} = $1 ORDER BY id"
            found.append(Owned(table, columns, read, _erasing(entry, owner)))
    return tuple(found)


def _owner(entry: PersonalTable) -> str | None:
    if entry.model is Customer:
        return "id"
    pointing = entry.model._meta.fields_map.get("customer")  # noqa: SLF001 - tortoise offers no public name for it
    is_customer = getattr(pointing, "model_name", "") == "shop.Customer" or (
        isinstance(pointing, fields.relational.ForeignKeyFieldInstance) and pointing.related_model is Customer
    )
    return "customer_id" if is_customer else None


def _erasing(entry: PersonalTable, owner: str) -> str | None:
    """References to the customer stay: she is nobody once her own row tells nothing."""
    table = str(entry.model._meta.db_table)  # noqa: SLF001 - as above
    ways = {name: column.erase for name, column in entry.personal.items()}
    if Erase.DELETE_ROW in ways.values():
        return f"DELETE FROM {table} WHERE {owner} = $1"
    changes = [f"{name} = NULL" for name, way in ways.items() if way is Erase.NULL]
    # what was never told stays null
    changes += [
        f"{name} = CASE WHEN {name} IS NOT NULL THEN '{ANONYMOUS}' END"
        for name, way in ways.items()
        if way is Erase.ANONYMISE and name != owner
    ]
    return f"UPDATE {table} SET {', '.join(changes)} WHERE {owner} = $1" if changes else None
