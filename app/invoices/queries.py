"""Reads of invoices."""

from app.invoices.enums import InvoiceState
from app.invoices.models import Invoice
from app.kit import db, paging
from app.kit.caller import Caller
from app.kit.cursors import Column, Sort
from app.kit.paging import Page
from app.kit.rows import select
from app.pickup.staff import point_filter

DEFAULT_PAGE, MAX_PAGE = 20, 50

_INVOICE = f"{select(Invoice, 'i')}, o.number AS order_number, u.storage_key"
_FROM = "FROM invoice i JOIN customer_order o ON o.id = i.order_id LEFT JOIN upload u ON u.id = i.file_id"
_BY_ID = f"SELECT {_INVOICE} {_FROM} WHERE i.id = ANY($1)"
_BY_ORDER = f"SELECT {_INVOICE} {_FROM} WHERE i.order_id = ANY($1) ORDER BY i.order_id, i.id"

_SORT = Sort("invoices", (Column("id", int, "i.id"),))  # who asked first comes first
_WHERE = f"""{_FROM} WHERE ($2::text IS NULL OR i.state = $2)
AND ($1::bigint IS NULL OR EXISTS (SELECT FROM staff_pickup_point b
  WHERE b.staff_id = $1 AND b.pickup_point_id = i.pickup_point_id))"""
_FIRST = f"SELECT {_INVOICE} {_WHERE} ORDER BY {_SORT.order_by} LIMIT $3"
_AFTER = f"SELECT {_INVOICE} {_WHERE} AND {_SORT.after(4)} ORDER BY {_SORT.order_by} LIMIT $3"
_COUNT = f"SELECT count(*) {_WHERE}"


async def by_ids(ids: list[int]) -> list[Invoice]:
    """The invoices with these ids, in no order."""
    return await db.rows(Invoice, _BY_ID, ids)


async def by_order(order_ids: list[int]) -> list[Invoice]:
    """The invoices of these orders, each order's in time."""
    return await db.rows(Invoice, _BY_ORDER, order_ids)


async def page(caller: Caller, state: InvoiceState | None, *, first: int | None, after: str | None) -> Page[Invoice]:
    """A page of the invoices of the points a member of staff serves, who asked first first; `state` None: all.

    Raises:
        BadPageSize: `first` outside 1 to MAX_PAGE.
        BadCursor: `after` is no cursor of this list.
        Forbidden: the caller is no member of staff.
    """
    size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
    given = (point_filter(caller), state)
    if after is None:
        rows = await db.rows(Invoice, _FIRST, *given, size + 1)
    else:
        rows = await db.rows(Invoice, _AFTER, *given, size + 1, *_SORT.values(after))

    async def total() -> int:
        return int((await db.fetch(_COUNT, *given))[0][0])

    return paging.cut(rows, size, sort=_SORT, after=after, total=total)
