"""A customer's coupons, a page at a time."""

from datetime import datetime

from app.coupons.enums import CouponState
from app.coupons.models import CouponCode
from app.coupons.queries import CODES
from app.kit import db, paging
from app.kit.cursors import Column, Sort
from app.kit.paging import Page

MAX_PAGE = 50
DEFAULT_PAGE = 20

SORT = Sort("wallet", (Column("expires_at", datetime, "w.expires_at"), Column("id", int, "w.id")))
_WALLET = f"FROM ({CODES} WHERE c.customer_id = $1) w WHERE ($3::text IS NULL OR w.state = $3)"
_FIRST = f"SELECT w.* {_WALLET} ORDER BY {SORT.order_by} LIMIT $4"
_AFTER = f"SELECT w.* {_WALLET} AND {SORT.after(5)} ORDER BY {SORT.order_by} LIMIT $4"
_COUNT = f"SELECT count(*) {_WALLET}"


async def page(
    customer_id: int, state: CouponState | None, now: datetime, *, first: int | None, after: str | None
) -> Page[CouponCode]:
    """A page of her codes that are in this state at `now` (None: in any), those that expire soonest first.

    Raises:
        BadPageSize: `first` outside 1 to MAX_PAGE.
        BadCursor: `after` is no cursor of this list.
    """
    size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
    chosen = state.value if state is not None else None
    if after is None:
        rows = await db.rows(CouponCode, _FIRST, customer_id, now, chosen, size + 1)
    else:
        rows = await db.rows(CouponCode, _AFTER, customer_id, now, chosen, size + 1, *SORT.values(after))

    async def total() -> int:
        return int((await db.fetch(_COUNT, customer_id, now, chosen))[0][0])

    return paging.cut(rows, size, sort=SORT, after=after, total=total)
