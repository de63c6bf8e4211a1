"""The coupons anyone can claim now."""

from datetime import datetime

from app.coupons.models import Coupon
from app.kit import db, paging
from app.kit.cursors import Column, Sort
from app.kit.rows import select

MAX_PAGE = 50
DEFAULT_PAGE = 20

SORT = Sort("coupons", (Column("claim_ends_at", datetime, "c.claim_ends_at"), Column("id", int, "c.id")))
_CLAIMABLE = "c.claim_starts_at <= $1 AND c.claim_ends_at > $1 AND c.claimed_count < c.usage_limit"
_FIRST = f"SELECT {select(Coupon, 'c')} FROM coupon c WHERE {_CLAIMABLE} ORDER BY {SORT.order_by} LIMIT $2"
_AFTER = f"""SELECT {select(Coupon, "c")} FROM coupon c
WHERE {_CLAIMABLE} AND {SORT.after(3)} ORDER BY {SORT.order_by} LIMIT $2"""
_COUNT = f"SELECT count(*) FROM coupon c WHERE {_CLAIMABLE}"


async def page(now: datetime, *, first: int | None, after: str | None) -> paging.Page[Coupon]:
    """A page of the coupons that can be claimed at `now`, those that end soonest first.

    Raises:
        BadPageSize: `first` outside 1 to MAX_PAGE.
        BadCursor: `after` is no cursor of this list.
    """
    size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
    if after is None:
        rows = await db.rows(Coupon, _FIRST, now, size + 1)
    else:
        rows = await db.rows(Coupon, _AFTER, now, size + 1, *SORT.values(after))

    async def total() -> int:
        return int((await db.fetch(_COUNT, now))[0][0])

    return paging.cut(rows, size, sort=SORT, after=after, total=total)
