"""The list of published products: which, in which order, from where on."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from app.catalog.models import Product
from app.kit import db, paging
from app.kit.errors import BadInput
from app.kit.rows import select
from app.storefront.filters import ProductFilter, checked, condition, given
from app.storefront.orders import COMPUTED, SORTS, ProductSort
from app.storefront.searching import FOUND, PARAMETERS, Search, search_for

MAX_PAGE = 50
DEFAULT_PAGE = 20

ProductPage = paging.Page[Product]


@dataclass(frozen=True, slots=True)
class ProductListing:
    """Which page of which products, checked."""

    chosen: ProductFilter
    search: Search | None
    sort: ProductSort
    size: int
    after: str | None


def listing(
    chosen: ProductFilter, sort: ProductSort, *, search: str | None, first: int | None, after: str | None
) -> ProductListing:
    """The page asked for, checked before anything is read.

    Raises:
        BadPageSize: `first` outside 1 to MAX_PAGE.
        BadCursor: `after` is no cursor of products in this order.
        BadSearch: `search` is too long.
        BadInput: a filter that cannot mean anything, or RELEVANCE without a search.
    """
    size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
    sought = search_for(search)
    if sought is None and sort is ProductSort.RELEVANCE:
        raise BadInput("RELEVANCE orders what a search finds: give search")
    if after is not None:
        SORTS[sort].values(after)
    return ProductListing(checked(chosen), sought, sort, size, after)


async def pages(listings: list[ProductListing], now: datetime) -> list[ProductPage]:
    """The page of each listing at `now`, in their order.

    All pages of a request arrive together, so that what is asked of their products is asked once.
    """
    return [await _page(each, now) for each in listings]


@cache
def _from(filtered_by: tuple[str, ...], *, searched: bool) -> tuple[str, int]:
    """What stands behind FROM, and the number of the next parameter."""
    conditions, parameter = ["p.status = 'PUBLISHED'"], 1 + (PARAMETERS if searched else 0)
    for name in filtered_by:
        text, parameter = condition(name, parameter)
        conditions.append(text)
    source = FOUND if searched else "product p"
    return f"{source}\nWHERE {' AND '.join(conditions)}", parameter


@cache
def _text(sort: ProductSort, filtered_by: tuple[str, ...], *, searched: bool, behind_cursor: bool) -> str:
    """The statement of a page: one text per order, set of filters, with a search or not, and first or later page.

    Where many products may have to be sorted for a page, they are without their long texts: only those of the page
    are read whole.
    """
    order = SORTS[sort]
    source, limit = _from(filtered_by, searched=searched)
    source += f" AND {order.after(limit + 1)}" if behind_cursor else ""
    end = f"ORDER BY {order.order_by} LIMIT ${limit}"
    if searched or filtered_by:
        relevance = ", f.relevance" if sort is ProductSort.RELEVANCE else ""
        source = f"(SELECT p.id{relevance} FROM {source} {end}) AS f JOIN product p ON p.id = f.id"
        end = f"ORDER BY {order.order_by}"
    return f"SELECT {select(Product, 'p')}{COMPUTED.get(sort, '')} FROM {source} {end}"


@cache
def _count(filtered_by: tuple[str, ...], *, searched: bool) -> str:
    return f"SELECT count(*) FROM {_from(filtered_by, searched=searched)[0]}"


async def _page(asked: ProductListing, now: datetime) -> ProductPage:
    filters = given(asked.chosen, now)
    names, searched = tuple(filters), asked.search is not None
    values = [*(asked.search.values if asked.search else ()), *(value for own in filters.values() for value in own)]
    sort = SORTS[asked.sort]
    behind = sort.values(asked.after) if asked.after is not None else ()
    text = _text(asked.sort, names, searched=searched, behind_cursor=asked.after is not None)
    rows = await db.rows(Product, text, *values, asked.size + 1, *behind)

    async def total() -> int:
        records = await db.fetch(_count(names, searched=searched), *values)
        return int(records[0][0])

    return paging.cut(rows, asked.size, sort=sort, after=asked.after, total=total)
