"""Facets against lists: each choice leaves as many products as the list it leads to has."""

from collections import Counter
from random import Random
from typing import Any

import pytest

from app.demo.sample import SAMPLE
from app.kit import ids
from tests.rows import Rows
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


ORIGINS, STORAGES = ("云南大理", "云南昆明", "福建宁德"), ("AMBIENT", "CHILLED", "FROZEN")
BANDS = ((None, 1000), (1000, 2000), (2000, 5000), (5000, 10_000), (10_000, None))


def meets(product: dict[str, Any], chosen: dict[str, Any]) -> bool:
    """Whether a product as Python knows it is one that the filter keeps."""
    return (
        chosen.get("categoryId", product["category"]) == product["category"]
        and product["origin"] in chosen.get("origins", [product["origin"]])
        and chosen.get("storage", product["storage"]) == product["storage"]
        and chosen.get("minPrice", 0) <= product["price"] < chosen.get("priceBelow", 10**9)
        and (
            "minRating" not in chosen
            or (product["reviews"] > 0 and product["stars"] >= int(chosen["minRating"]) * product["reviews"])
        )
        and (product["on_offer"] or "onOffer" not in chosen)
        and (product["in_stock"] or "inStockAt" not in chosen)
    )


@pytest.mark.parametrize("seed", range(3))
async def test_any_filter_counts_what_python_counts(seed: int, rows: Rows, bare_shop: Shop) -> None:
    """Random shops and filters: each facet counts what the others leave, whatever it is itself filtered by."""
    random = Random(seed)  # noqa: S311 - no secret
    categories, point = [await rows.category() for _ in range(3)], await rows.point()
    made = []
    for _ in range(30):
        stars = [0, 0, random.choice([0, 3]), random.choice([0, 2]), random.choice([0, 5])]
        product: dict[str, Any] = {
            "category": ids.encode("Category", category := random.choice(categories)),
            "origin": random.choice(ORIGINS),
            "storage": random.choice(STORAGES),
            "price": random.choice([500, 1000, 1999, 2000, 4999, 10_000]),
            "reviews": sum(stars),
            "stars": 3 * stars[2] + 4 * stars[3] + 5 * stars[4],
            "on_offer": random.random() < 0.4,
            "in_stock": random.random() < 0.6,
        }
        id_ = await rows.product(
            category_id=category, origin=product["origin"], storage=product["storage"],
            price_from_fen=product["price"], rating_sum=product["stars"], star_counts=stars,
        )  # fmt: skip
        sku = await rows.sku(id_, price_fen=product["price"])
        await rows.offer(sku, price_fen=product["price"] - (100 if product["on_offer"] else 0))
        await rows.stock(point, sku, await rows.lot(sku), on_hand=5 if product["in_stock"] else 0)
        made.append(product)
    at = ids.encode("PickupPoint", point)
    possible: dict[str, dict[str, Any]] = {
        "category": {"categoryId": made[0]["category"]},
        "origin": {"origins": list(ORIGINS[:2])},
        "storage": {"storage": "CHILLED"},
        "price": {"minPrice": 1000, "priceBelow": 5000},
        "rating": {"minRating": "4"},
        "offer": {"onOffer": True},
        "stock": {"inStockAt": at},
    }
    for _ in range(12):
        given = {name: possible[name] for name in random.sample(sorted(possible), random.randint(0, 4))}
        found = (await bare_shop.ask(FACETS, filter=_together(given), point=at)).data["productFacets"]

        def left(facet: str, given: dict[str, dict[str, Any]] = given) -> list[dict[str, Any]]:
            chosen = _together({name: part for name, part in given.items() if name != facet})
            return [product for product in made if meets(product, chosen)]

        assert {each["category"]["id"]: each["count"] for each in found["categories"]} == Counter(
            product["category"] for product in left("category")
        )
        assert {each["origin"]: each["count"] for each in found["origins"]} == Counter(
            product["origin"] for product in left("origin")
        )
        assert {each["storage"]: each["count"] for each in found["storages"]} == Counter(
            product["storage"] for product in left("storage")
        )
        bands = [
            (low, high, sum((low or 0) <= product["price"] < (high or 10**9) for product in left("price")))
            for low, high in BANDS
        ]
        assert [
            (each["atLeast"] and each["atLeast"]["fen"], each["below"] and each["below"]["fen"], each["count"])
            for each in found["priceBands"]
        ] == [band for band in bands if band[2]]
        fours = sum(0 < 4 * product["reviews"] <= product["stars"] for product in left("rating"))
        assert {each["atLeast"]: each["count"] for each in found["ratings"]}.get("4", 0) == fours
        assert found["onOffer"] == sum(product["on_offer"] for product in left("offer"))
        assert found["inStock"] == sum(product["in_stock"] for product in left("stock"))


def _together(given: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {name: value for part in given.values() for name, value in part.items()}
