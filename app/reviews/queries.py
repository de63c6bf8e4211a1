"""Reads of reviews. The public sees approved ones only, so these answer nothing else."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cache

from app.catalog.models import Product
from app.kit import db, paging
from app.kit.cursors import Column, Sort
from app.kit.errors import BadInput
from app.kit.rows import select
from app.reviews.models import Review

MAX_PAGE = 50
DEFAULT_PAGE = 10
STARS = range(1, 6)

_REVIEW = select(Review, "r")
_BY_ID = f"""SELECT {_REVIEW}, a.display_name AS author_name FROM review r JOIN customer a ON a.id = r.customer_id
WHERE r.id = ANY($1) AND r.moderation = 'APPROVED'"""


class ReviewSort(StrEnum):
    """In which order reviews are listed."""

    NEWEST = "NEWEST"
    MOST_HELPFUL = "MOST_HELPFUL"


_ID = Column("id", int, "r.id", descending=True)
SORTS = {
    ReviewSort.NEWEST: Sort("reviews newest", (Column("created_at", datetime, "r.created_at", descending=True), _ID)),
    ReviewSort.MOST_HELPFUL: Sort(
        "reviews most helpful", (Column("helpful_count", int, "r.helpful_count", descending=True), _ID)
    ),
}


@dataclass(frozen=True, slots=True)
class ReviewListing:
    """Which page of whose reviews, checked. `total` is what the product's summary counts, so it costs nothing."""

    product_id: int
    total: int
    sort: ReviewSort
    rating: int | None
    size: int
    after: str | None


ReviewPage = paging.Page[Review]


@cache
def _text(sort: ReviewSort, *, of_rating: bool, behind_cursor: bool) -> str:
    order = SORTS[sort]
    rating = " AND r.rating = $3" if of_rating else ""
    behind = f" AND {order.after(4 if of_rating else 3)}" if behind_cursor else ""
    return f"""SELECT {_REVIEW}, a.display_name AS author_name FROM unnest($1::bigint[]) AS wanted(id)
CROSS JOIN LATERAL (
  SELECT * FROM review r WHERE r.product_id = wanted.id AND r.moderation = 'APPROVED'{rating}{behind}
  ORDER BY {order.order_by} LIMIT $2
) AS r JOIN customer a ON a.id = r.customer_id ORDER BY r.product_id, {order.order_by}"""


async def by_id(ids: list[int]) -> list[Review]:
    """The approved reviews with these ids, with `author_name`, in no order."""
    return await db.rows(Review, _BY_ID, ids)


def listing(
    product: Product, *, sort: ReviewSort, rating: int | None, first: int | None, after: str | None
) -> ReviewListing:
    """The page asked for, checked before anything is read.

    Raises:
        BadPageSize: `first` outside 1 to MAX_PAGE.
        BadCursor: `after` is no cursor of reviews in this order.
        BadInput: `rating` outside 1 to 5.
    """
    size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
    if rating is not None and rating not in STARS:
        raise BadInput("rating must be from 1 to 5")
    if after is not None:
        SORTS[sort].values(after)
    total = sum(product.star_counts) if rating is None else product.star_counts[rating - 1]
    return ReviewListing(product.id, total, sort, rating, size, after)


async def pages(listings: list[ReviewListing]) -> list[ReviewPage]:
    """The page of each listing, in their order: one statement for all products asked alike."""
    alike: dict[ReviewListing, list[ReviewListing]] = defaultdict(list)
    for each in listings:
        alike[replace(each, product_id=0, total=0)].append(each)
    found: dict[ReviewListing, ReviewPage] = {}
    for asked, group in alike.items():
        found |= await _pages(asked, group)
    return [found[each] for each in listings]


async def _pages(asked: ReviewListing, group: list[ReviewListing]) -> dict[ReviewListing, ReviewPage]:
    sort = SORTS[asked.sort]
    behind = sort.values(asked.after) if asked.after is not None else ()
    text = _text(asked.sort, of_rating=asked.rating is not None, behind_cursor=asked.after is not None)
    rating = () if asked.rating is None else (asked.rating,)
    rows: dict[int, list[Review]] = defaultdict(list)
    for row in await db.rows(Review, text, [each.product_id for each in group], asked.size + 1, *rating, *behind):
        rows[row.product_id].append(row)
    return {
        each: paging.cut(
            rows[each.product_id], asked.size, sort=sort, after=asked.after, total=paging.known(each.total)
        )
        for each in group
    }
