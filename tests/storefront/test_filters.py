"""Filters of the list and its order by rating, compared with reading every product plainly."""

from decimal import Decimal
from typing import Any

import pytest

from app.demo.sample import SAMPLE
from app.kit import ids
from tests.shop import NOW, Shop

NAMES = """query ($filter: ProductFilter, $sort: ProductSort! = NEWEST, $first: Int! = 50, $after: String) {
  products(filter: $filter, sort: $sort, first: $first, after: $after) {
    totalCount nodes { slug ratingSummary { average count } } pageInfo { hasNextPage endCursor }
  }
}"""
LIVE = """EXISTS (SELECT FROM offer o JOIN sku k ON k.id = o.sku_id WHERE k.product_id = product.id
  AND o.starts_at <= $1 AND o.ends_at > $1 AND (o.quota IS NULL OR o.sold < o.quota))"""
PLAINLY = {
    "minPrice": "price_from_fen >= 1980",
    "priceBelow": "price_from_fen < 1980",
    "minRating": "rating_sum >= 4.5 * (SELECT sum(n) FROM unnest(star_counts) n)",
    "origins": "origin IN ('云南大理', '福建宁德')",
    "onOffer": LIVE,
    "storage": "storage = 'FROZEN'",
    "soldBy": "sold_by = 'WEIGHT'",
}
GIVEN: dict[str, Any] = {
    "minPrice": 1980,
    "priceBelow": 1980,
    "minRating": "4.5",
    "origins": ["云南大理", "福建宁德"],
    "onOffer": True,
    "storage": "FROZEN",
    "soldBy": "WEIGHT",
}


@pytest.mark.parametrize("name", PLAINLY)
async def test_a_filter_keeps_what_it_says(shop: Shop, name: str) -> None:
    """As many as a plain count, and fewer than all."""
    text = f"SELECT count(*) FROM product WHERE {PLAINLY[name]}"
    expected = await shop.database.pool.fetchval(text, *([NOW] if name == "onOffer" else []))
    found = (await shop.ask(NAMES, filter={name: GIVEN[name]})).data["products"]["totalCount"]
    assert 0 < found < 300
    assert found == expected


async def test_filters_together_keep_what_fits_all(shop: Shop) -> None:
    """Both bounds of a price, and those that are neither on offer."""
    both = (await shop.ask(NAMES, filter={"minPrice": 1000, "priceBelow": 2000})).data["products"]["totalCount"]
    cheap = (await shop.ask(NAMES, filter={"priceBelow": 1000})).data["products"]["totalCount"]
    upto = (await shop.ask(NAMES, filter={"priceBelow": 2000})).data["products"]["totalCount"]
    assert cheap + both == upto
    assert (await shop.ask(NAMES, filter={"onOffer": False})).data["products"]["totalCount"] == 300


async def test_in_stock_is_what_the_shelf_says(shop: Shop) -> None:
    """Each product listed has something at the point, and each left out nothing."""
    point = await shop.id("PickupPoint", SAMPLE.pickup_point_code)
    stocked = (await shop.ask(NAMES, filter={"inStockAt": point})).data["products"]["totalCount"]
    have, after = 0, None
    text = """query ($point: ID!, $after: String) { products(first: 50, after: $after) {
      nodes { stock(pickupPointId: $point) { available } } pageInfo { hasNextPage endCursor } } }"""
    while True:
        page = (await shop.ask(text, point=point, after=after)).data["products"]
        have += sum(node["stock"]["available"] > 0 for node in page["nodes"])
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert stocked == have
    assert 0 < stocked <= 300


async def test_best_rated_first(shop: Shop) -> None:
    """The mean with ten more reviews of four stars, page by page over the whole shop."""
    nodes, after = [], None
    while True:
        page = (await shop.ask(NAMES, sort="RATING", first=37, after=after)).data["products"]
        nodes += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    rows = await shop.database.pool.fetch("SELECT id, slug, rating_sum, star_counts FROM product")
    order = sorted(
        rows, key=lambda row: ((row["rating_sum"] * 1000 + 40000) // (10 + sum(row["star_counts"])), row["id"])
    )
    assert [node["slug"] for node in nodes] == [row["slug"] for row in reversed(order)]
    assert Decimal(nodes[0]["ratingSummary"]["average"]) > Decimal(nodes[-1]["ratingSummary"]["average"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"minRating": "0.9"},
        {"minRating": "5.01"},
        {"minRating": "NaN"},
        {"minRating": "Infinity"},
        {"origins": ["云南大理"] * 51},
        {"origins": ["a\0b"]},
        {"categoryId": ids.encode("Product", 1)},
        {"inStockAt": "nowhere"},
    ],
)
@pytest.mark.parametrize("field", ["products { nodes { id } }", "productFacets { onOffer }"])
async def test_a_filter_that_means_nothing_is_refused(shop: Shop, field: str, wrong: dict[str, Any]) -> None:
    """Before any statement, of the list and of its facets."""
    name, rest = field.split(" ", 1)
    answer = await shop.ask(f"query ($filter: ProductFilter) {{ {name}(filter: $filter) {rest} }}", filter=wrong)
    assert (answer.codes, answer.statements) == (["BAD_USER_INPUT"], [])


async def test_a_list_and_its_count_take_two_statements(shop: Shop) -> None:
    """Whatever is filtered."""
    chosen = {"minPrice": 1, "onOffer": True, "minRating": "1"}
    answer = await shop.ask("query ($f: ProductFilter) { products(filter: $f) { totalCount nodes { id } } }", f=chosen)
    assert len(answer.statements) == 2
