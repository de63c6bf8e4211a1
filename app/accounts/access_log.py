"""Reads of who saw what of a customer unmasked, newest first."""

from app.accounts.models import PersonalAccess
from app.kit import db, paging
from app.kit.cursors import Column, Sort
from app.kit.listing import DEFAULT_PAGE, MAX_PAGE
from app.kit.paging import Page
from app.kit.rows import select

SORT = Sort("personal access", (Column("id", int, "a.id", descending=True),))
# a text for each choice, so that each has its index
_CHOICES = {
    (False, False): "$1::bigint IS NULL AND $2::bigint IS NULL",
    (True, False): "a.customer_id = $1 AND $2::bigint IS NULL",
    (False, True): "$1::bigint IS NULL AND a.staff_id = $2",
    (True, True): "a.customer_id = $1 AND a.staff_id = $2",
}
_SOURCE = {given: f"FROM personal_access a WHERE {condition}" for given, condition in _CHOICES.items()}
_COLUMNS = select(PersonalAccess, "a")
_FIRST = {given: f"SELECT {_COLUMNS} {source} ORDER BY {SORT.order_by} LIMIT $3" for given, source in _SOURCE.items()}
_AFTER = {
    given: f"SELECT {_COLUMNS} {source} AND {SORT.after(4)} ORDER BY {SORT.order_by} LIMIT $3"
    for given, source in _SOURCE.items()
}


async def page(
    *, customer_id: int | None, staff_id: int | None, first: int | None, after: str | None
) -> Page[PersonalAccess]:
    """A page of what was seen of this customer, by this member of staff; None: of all, by all.

    Raises:
        BadPageSize: `first` outside 1 to MAX_PAGE.
        BadCursor: `after` is no cursor of this list.
    """
    size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
    given = (customer_id is not None, staff_id is not None)
    values = (customer_id, staff_id)
    if after is None:
        rows = await db.rows(PersonalAccess, _FIRST[given], *values, size + 1)
    else:
        rows = await db.rows(PersonalAccess, _AFTER[given], *values, size + 1, *SORT.values(after))

    async def total() -> int:
        return int((await db.fetch(f"SELECT count(*) {_SOURCE[given]}", *values))[0][0])

    return paging.cut(rows, size, sort=SORT, after=after, total=total)
