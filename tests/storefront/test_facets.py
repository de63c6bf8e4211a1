"""Facets against lists: each choice leaves as many products as the list it leads to has."""

from typing import Any

import pytest

from app.demo.sample import SAMPLE
from tests.shop import Shop

FACETS = """query ($search: String, $filter: ProductFilter, $point: ID) {
  productFacets(search: $search, filter: $filter, pickupPointId: $point) {
    categories { category { id name } count }
    origins { origin count }
    storages { storage count }
    priceBands { atLeast { fen } below { fen } count }
    ratings { atLeast count }
    onOffer
    inStock
  }
}"""
COUNT = """query ($search: String, $filter: ProductFilter) {
  products(search: $search, filter: $filter) { totalCount }
}"""


async def count(shop: Shop, search: str | None, chosen: dict[str, Any]) -> int:
    """How many products a list has."""
    found: int = (await shop.ask(COUNT, search=search, filter=chosen)).data["products"]["totalCount"]
    return found


@pytest.mark.parametrize(
    ("search", "chosen"),
    [
        (None, {}),
        ("鲜", {"storage": "CHILLED", "minRating": "4"}),
        (None, {"origins": ["云南大理"], "priceBelow": 3000, "onOffer": True}),
        ("阳光枚瑰", {}),
    ],
)
async def test_each_choice_leaves_what_its_list_has(shop: Shop, search: str | None, chosen: dict[str, Any]) -> None:
    """The choice in place of the filter it belongs to, with all others kept."""
    point = await shop.id("PickupPoint", SAMPLE.pickup_point_code)
    answer = await shop.ask(FACETS, search=search, filter=chosen, point=point)
    facets = answer.data["productFacets"]
    assert len(answer.statements) == 2
    choices: list[tuple[dict[str, Any], int]] = [
        *(({"categoryId": each["category"]["id"]}, each["count"]) for each in facets["categories"][:4]),
        *(({"origins": [each["origin"]]}, each["count"]) for each in facets["origins"][:3]),
        *(({"storage": each["storage"]}, each["count"]) for each in facets["storages"]),
        *(({"minRating": each["atLeast"]}, each["count"]) for each in facets["ratings"]),
        *(
            (
                {
                    "minPrice": each["atLeast"] and each["atLeast"]["fen"],
                    "priceBelow": each["below"] and each["below"]["fen"],
                },
                each["count"],
            )
            for each in facets["priceBands"]
        ),
        ({"onOffer": True}, facets["onOffer"]),
        ({"inStockAt": point}, facets["inStock"]),
    ]
    assert [left for _, left in choices] == [await count(shop, search, chosen | choice) for choice, _ in choices]
    assert sum(each["count"] for each in facets["storages"]) == await count(shop, search, chosen | {"storage": None})


async def test_every_category_counts_what_lies_below(shop: Shop) -> None:
    """The twelve at the top add up to the shop."""
    found = (await shop.ask(FACETS)).data["productFacets"]
    tops = (await shop.ask("{ categories { id } }")).data["categories"]
    counts = {each["category"]["id"]: each["count"] for each in found["categories"]}
    assert sum(counts[top["id"]] for top in tops) == 300
    assert found["inStock"] is None


async def test_two_points_are_refused(shop: Shop) -> None:
    """Stock is counted at one."""
    one, other = await shop.id("PickupPoint", "KM-WH-01"), await shop.id("PickupPoint", "KM-PL-01")
    answer = await shop.ask(FACETS, filter={"inStockAt": one}, point=other)
    assert (answer.codes, answer.statements) == (["BAD_USER_INPUT"], [])
