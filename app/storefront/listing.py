"""The list of published products: which, in which order, from where on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

from app.catalog.enums import SoldBy, Storage
from app.catalog.models import Product
from app.kit import db, paging
from app.kit.cursors import Column, Sort
from app.kit.rows import select

MAX_PAGE = 50
DEFAULT_PAGE = 20


class ProductSort(StrEnum):
    """In which order products are listed."""

    NEWEST = "NEWEST"
    BEST_SELLING = "BEST_SELLING"
    PRICE_ASC = "PRICE_ASC"
    PRICE_DESC = "PRICE_DESC"


@dataclass(frozen=True, slots=True)
class ProductFilter:
    """Which products are listed; None: whatever it is."""

    category_id: int | None = None
    storage: Storage | None = None
    sold_by: SoldBy | None = None


ProductPage = paging.Page[Product]


def _sort(name: ProductSort, lead: Column) -> Sort:
    return Sort(f"products {name}", (lead, Column("id", int, "p.id", lead.descending)))


SORTS = {
    ProductSort.NEWEST: _sort(ProductSort.NEWEST, Column("published_at", datetime, "p.published_at", descending=True)),
    ProductSort.BEST_SELLING: _sort(
        ProductSort.BEST_SELLING, Column("sales_count", int, "p.sales_count", descending=True)
    ),
    ProductSort.PRICE_ASC: _sort(ProductSort.PRICE_ASC, Column("price_from_fen", int, "p.price_from_fen")),
    ProductSort.PRICE_DESC: _sort(
        ProductSort.PRICE_DESC, Column("price_from_fen", int, "p.price_from_fen", descending=True)
    ),
}

_CONDITIONS = {
    "category_id": """p.category_id IN (
  WITH RECURSIVE below AS (
    SELECT id FROM category WHERE id = {parameter}
    UNION SELECT c.id FROM category c JOIN below ON c.parent_id = below.id
  ) SELECT id FROM below)""",
    "storage": "p.storage = {parameter}",
    "sold_by": "p.sold_by = {parameter}",
}


@cache
def _where(filtered_by: tuple[str, ...]) -> str:
    conditions = [_CONDITIONS[name].format(parameter=f"${n}") for n, name in enumerate(filtered_by, start=1)]
    return " AND ".join(["p.status = 'PUBLISHED'", *conditions])


@cache
def _text(sort: ProductSort, filtered_by: tuple[str, ...], *, behind_cursor: bool) -> str:
    """The statement of a page: one text per order, set of filters, and first or later page."""
    order, given = SORTS[sort], len(filtered_by)
    behind = f" AND {order.after(given + 2)}" if behind_cursor else ""
    return f"""SELECT {select(Product, "p")} FROM product p
WHERE {_where(filtered_by)}{behind} ORDER BY {order.order_by} LIMIT ${given + 1}"""


@dataclass(frozen=True, slots=True)
class ProductListing:
    """Which page of which products, checked."""

    chosen: ProductFilter
    sort: ProductSort
    size: int
    after: str | None


def listing(chosen: ProductFilter, sort: ProductSort, *, first: int | None, after: str | None) -> ProductListing:
    """The page asked for, checked before anything is read.

    Raises:
        BadPageSize: `first` outside 1 to MAX_PAGE.
        BadCursor: `after` is no cursor of products in this order.
    """
    size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
    if after is not None:
        SORTS[sort].values(after)
    return ProductListing(chosen, sort, size, after)


async def pages(listings: list[ProductListing]) -> list[ProductPage]:
    """The page of each listing, in their order.

    All pages of a request arrive together, so that what is asked of their products is asked once.
    """
    return [await _page(each) for each in listings]


async def _page(asked: ProductListing) -> ProductPage:
    filters = {name: value for name in _CONDITIONS if (value := getattr(asked.chosen, name)) is not None}
    sort = SORTS[asked.sort]
    behind = sort.values(asked.after) if asked.after is not None else ()
    text = _text(asked.sort, tuple(filters), behind_cursor=asked.after is not None)
    rows = await db.rows(Product, text, *filters.values(), asked.size + 1, *behind)

    async def total() -> int:
        records = await db.fetch(f"SELECT count(*) FROM product p WHERE {_where(tuple(filters))}", *filters.values())
        return int(records[0][0])

    return paging.cut(rows, asked.size, sort=sort, after=asked.after, total=total)
