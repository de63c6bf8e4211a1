"""Reads of the audit log: who did what, newest first."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from app.kit import db, paging
from app.kit.cursors import Column, Sort
from app.kit.models import AuditEntry
from app.kit.paging import Page
from app.kit.rows import select

MAX_PAGE = 100
DEFAULT_PAGE = 50

SORT = Sort("audit", (Column("id", int, "e.id", descending=True),))
_CONDITIONS = {
    "entity": "e.entity = {}",
    "entity_id": "e.entity_id = {}",
    "caller": "e.caller = {}",
    "action": "e.action = {}",
    "since": "e.happened_at >= {}",
    "until": "e.happened_at < {}",
}


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries; None: whatever it is. `caller` is written as in the log, `staff:3`."""

    entity: str | None = None
    entity_id: int | None = None
    caller: str | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@cache
def _where(names: tuple[str, ...]) -> str:
    conditions = [_CONDITIONS[name].format(f"${position}") for position, name in enumerate(names, 1)]
    return f"FROM audit_entry e WHERE {' AND '.join(conditions) or 'true'}"


@cache
def _page(names: tuple[str, ...], *, behind_cursor: bool) -> str:
    behind = f" AND {SORT.after(len(names) + 2)}" if behind_cursor else ""
    return f"""SELECT {select(AuditEntry, "e")},
  EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = e.id) AS is_sealed
{_where(names)}{behind} ORDER BY {SORT.order_by} LIMIT ${len(names) + 1}"""


async def page(chosen: AuditFilter, *, first: int | None, after: str | None) -> Page[AuditEntry]:
    """A page of the entries that fit every given condition.

    Raises:
        BadPageSize: `first` outside 1 to MAX_PAGE.
        BadCursor: `after` is no cursor of this list.
    """
    size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
    names = tuple(name for name in _CONDITIONS if getattr(chosen, name) is not None)
    values = [getattr(chosen, name) for name in names]
    behind = SORT.values(after) if after is not None else ()
    text = _page(names, behind_cursor=after is not None)
    rows = await db.rows(AuditEntry, text, *values, size + 1, *behind)

    async def total() -> int:
        return int((await db.fetch(f"SELECT count(*) {_where(names)}", *values))[0][0])

    return paging.cut(rows, size, sort=SORT, after=after, total=total)
