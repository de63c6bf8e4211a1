"""Reads of revisions for staff: what waits and how long, and how a product came to be what it is."""

from datetime import datetime
from functools import cache

from app.catalog import moves
from app.catalog.enums import RevisionStatus
from app.catalog.revisions import ProductRevision
from app.kit import db, paging
from app.kit.cursors import Column, Sort
from app.kit.paging import Page

DEFAULT_PAGE, MAX_PAGE = 20, 50

# what has waited longest comes first
_SINCE = Column("waiting_since", datetime, "COALESCE(r.submitted_at, r.created_at)")
_SORT = Sort("product_revision", (_SINCE, Column("id", int, "r.id")))
_WHERE = """FROM product_revision r WHERE ($1::text IS NULL OR r.status = $1)
AND ($2::bigint IS NULL OR r.product_id = $2)"""


async def page(
    status: RevisionStatus | None, product_id: int | None, *, first: int | None, after: str | None
) -> Page[ProductRevision]:
    """A page of revisions, what has waited longest first: of this status (None: any) and product (None: all).

    Raises:
        BadPageSize: `first` outside 1 to MAX_PAGE.
        BadCursor: `after` is no cursor of this list.
    """
    size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
    behind = () if after is None else _SORT.values(after)
    given = (status, product_id)
    rows = await db.rows(ProductRevision, _page(behind_cursor=after is not None), *given, size + 1, *behind)

    async def total() -> int:
        return int((await db.fetch(f"SELECT count(*) {_WHERE}", *given))[0][0])

    return paging.cut(rows, size, sort=_SORT, after=after, total=total)


@cache
def _page(*, behind_cursor: bool) -> str:
    behind = f" AND {_SORT.after(4)}" if behind_cursor else ""
    return f"SELECT {moves.COLUMNS} {_WHERE}{behind} ORDER BY {_SORT.order_by} LIMIT $3"
