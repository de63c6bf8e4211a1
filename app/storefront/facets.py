"""How many products each further choice would leave: a facet ignores the filter it is a choice of."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cache

from app.catalog import queries as catalog
from app.catalog.enums import Storage
from app.catalog.models import Category
from app.kit import db
from app.kit.errors import BadInput
from app.storefront.filters import REVIEWS, ProductFilter, checked, condition, given
from app.storefront.searching import FOUND, PARAMETERS, Search, search_for

PRICE_BANDS = (1000, 2000, 5000, 10_000)  # fen at which a band ends and the next begins
RATINGS = (Decimal("4.5"), Decimal(4), Decimal(3))

# facet: the filters it ignores, and what a product counts under
_FACETS = {
    "category": (("category_id",), "category_id::text"),
    "origin": (("origins",), "origin"),
    "storage": (("storage",), "storage"),
    "price": (("min_price", "price_below"), "price_band::text"),
    "rating": (("min_rating",), "rating_band::text"),
    "on_offer": (("on_offer",), "is_on_offer::text"),
    "in_stock": (("in_stock_at",), "is_in_stock::text"),
}
_COUNTED = ("category_id", "origin", "storage", "price_band", "rating_band")
# as a set made once, whatever the search finds: looking at each product's offers costs a common word half a second
_OFFERED = """p.id IN (SELECT k.product_id FROM offer o JOIN sku k ON k.id = o.sku_id AND k.is_active
  WHERE o.is_active AND o.starts_at <= {0} AND o.ends_at > {0} AND (o.quota IS NULL OR o.sold < o.quota)
    AND o.price_fen < k.price_fen)"""
_YES = "true"


@dataclass(frozen=True, slots=True)
class Faceting:
    """Of which products choices are counted, checked; `point_id` is where stock is counted."""

    chosen: ProductFilter
    search: Search | None
    point_id: int | None


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """Products of a category and of those below it."""

    category: Category
    count: int


@dataclass(frozen=True, slots=True)
class OriginCount:
    """Products from a place."""

    origin: str
    count: int


@dataclass(frozen=True, slots=True)
class StorageCount:
    """Products kept alike."""

    storage: Storage
    count: int


@dataclass(frozen=True, slots=True)
class PriceBandCount:
    """Products whose lowest regular price is at least one amount and below another, in fen; None: no bound."""

    at_least_fen: int | None
    below_fen: int | None
    count: int


@dataclass(frozen=True, slots=True)
class RatingCount:
    """Products rated at least so, unrounded."""

    at_least: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class ProductFacets:
    """The choices there are, with how many products each would leave; those that leave none are not listed.

    Categories are in the shop's order, origins by how many products they have, then by name. `in_stock` is None
    where no pickup point was chosen.
    """

    categories: list[CategoryCount]
    origins: list[OriginCount]
    storages: list[StorageCount]
    price_bands: list[PriceBandCount]
    ratings: list[RatingCount]
    on_offer: int
    in_stock: int | None


def faceting(chosen: ProductFilter, *, search: str | None, point_id: int | None) -> Faceting:
    """What is asked for, checked before anything is read. Without `point_id` stock is counted where the filter says.

    Raises:
        BadSearch: `search` is too long.
        BadInput: a filter that cannot mean anything, or two pickup points.
    """
    points = {point for point in (point_id, chosen.in_stock_at) if point is not None}
    if len(points) > 1:
        raise BadInput("stock is counted at one pickup point: filter.inStockAt and pickupPointId are two")
    return Faceting(checked(chosen), search_for(search), next(iter(points), None))


async def facets(asked: Faceting, now: datetime) -> ProductFacets:
    """The choices among the products of a filter and search at `now`: two statements."""
    flags = replace(asked.chosen, on_offer=True, in_stock_at=asked.point_id)
    values = given(flags, now)
    demanded = frozenset(given(asked.chosen, now))
    text = _text(tuple(values), demanded, searched=asked.search is not None)
    search = asked.search.values if asked.search else ()
    counts: dict[str, Counter[str]] = {name: Counter() for name in _FACETS}
    for facet, value, count in await db.fetch(text, *search, *(each for own in values.values() for each in own)):
        counts[facet][value] = count
    return ProductFacets(
        categories=_by_category(await catalog.categories(), counts["category"]),
        origins=[OriginCount(*each) for each in sorted(counts["origin"].items(), key=lambda each: (-each[1], each[0]))],
        storages=[StorageCount(kind, counts["storage"][kind]) for kind in Storage if counts["storage"][kind]],
        price_bands=_by_price(counts["price"]),
        ratings=_by_rating(counts["rating"]),
        on_offer=counts["on_offer"][_YES],
        in_stock=None if asked.point_id is None else counts["in_stock"][_YES],
    )


@cache
def _text(conditions: tuple[str, ...], demanded: frozenset[str], *, searched: bool) -> str:
    """One text per set of given filters: products alike in all that is counted are one row, then a sum per facet.

    `conditions` have parameters, in their order; only those `demanded` keep a product out of the other facets.
    """
    parameter = 1 + (PARAMETERS if searched else 0)
    columns = {"on_offer": "false", "in_stock_at": "false"}
    for name in conditions:
        own = _OFFERED.format(f"${parameter}") if name == "on_offer" else None
        text, parameter = condition(name, parameter)
        columns[name] = own or text
    meets = ", ".join(f"({text}) AS meets_{name}" for name, text in columns.items())
    bands = " ".join(f"WHEN p.rating_sum >= {bound} * {REVIEWS} THEN {place}" for place, bound in enumerate(RATINGS))
    source = FOUND if searched else "product p"
    names = ", ".join((*_COUNTED, *(f"meets_{name}" for name in columns)))
    counted = " UNION ALL ".join(_counted(facet, demanded) for facet in _FACETS)
    return f"""SELECT facet, value, count FROM (WITH base AS MATERIALIZED (
  SELECT p.category_id, p.origin, p.storage,
    width_bucket(p.price_from_fen, ARRAY{list(PRICE_BANDS)}::int8[]) AS price_band,
    CASE WHEN {REVIEWS} > 0 THEN CASE {bands} END END AS rating_band, {meets}
  FROM {source} WHERE p.status = 'PUBLISHED'
), alike AS MATERIALIZED (
  SELECT {names}, meets_on_offer AS is_on_offer, meets_in_stock_at AS is_in_stock, count(*) AS products
  FROM base GROUP BY {names}
)
{counted}) AS counted"""


def _counted(facet: str, demanded: frozenset[str]) -> str:
    ignored, value = _FACETS[facet]
    needed = [f"meets_{name}" for name in sorted(demanded) if name not in ignored]
    where = " AND ".join([f"{value} IS NOT NULL", *needed])
    return (
        f"SELECT '{facet}' AS facet, {value} AS value, sum(products)::int8 AS count FROM alike WHERE {where} GROUP BY 2"
    )


def _by_category(tree: list[Category], counts: Counter[str]) -> list[CategoryCount]:
    """Each category with its own products and those below, in the order of `tree`."""
    above = {category.id: category.parent_id for category in tree}
    totals: Counter[int] = Counter()
    for key, count in counts.items():
        place: int | None = int(key)
        while place is not None:
            totals[place] += count
            place = above[place]
    return [CategoryCount(category, totals[category.id]) for category in tree if totals[category.id]]


def _by_price(counts: Counter[str]) -> list[PriceBandCount]:
    bounds = (None, *PRICE_BANDS, None)
    return [
        PriceBandCount(bounds[place], bounds[place + 1], counts[str(place)])
        for place in range(len(bounds) - 1)
        if counts[str(place)]
    ]


def _by_rating(counts: Counter[str]) -> list[RatingCount]:
    """Each bound with all that reach it: those that reach a higher one too."""
    found, reached = [], 0
    for place, bound in enumerate(RATINGS):
        reached += counts[str(place)]
        if reached:
            found.append(RatingCount(bound, reached))
    return found
