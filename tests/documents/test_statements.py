"""Depth adds statements, width does not (DESIGN rule 8)."""

import pytest

from app.demo.sample import SAMPLE
from app.kit import ids
from schema.documents import MINIPROGRAM
from tests.documents.test_documents import headers_of, variables_of
from tests.shop import NOW, Shop

COUNTS = {
    "Cart": 9,
    "CategoryTree": 1,
    "CouponCenter": 1,
    "FavouriteMarks": 2,
    "HomePage": 8,
    "HotWords": 1,
    "LotTrace": 7,
    "MyCart": 13,
    "MyCoupons": 3,
    "MyDevices": 2,
    "MyFavourites": 4,
    "MyPrivacy": 3,
    "OrderDetail": 1,
    "OrderList": 2,
    "PickupSlots": 2,
    "ProductDetail": 12,
    "ProductList": 4,
    "ProductReviews": 4,
    "ProductSearch": 6,
    "SearchSuggestions": 1,
    "SeenProducts": 4,
}
LOADED = (
    "reviews(first: 5) { nodes { id } }",
    "coupons { id }",
    "media { url }",
    "image { url }",
    "category { id }",
    "stock { available }",
    "skus { id stock { level nextLot { id events { id } } } }",
    "lot { events { id } inspectionReports { id } certificates { number } producer { id } }",
)
# the published products in the order of how many lots they have at a point, and of how many reviews
_BY_LOTS = """SELECT p.slug, lots, (SELECT sum(s) FROM unnest(p.star_counts) s) AS reviews
FROM product p CROSS JOIN LATERAL (
  SELECT count(DISTINCT l.id) FROM sku k JOIN stock_lot t ON t.sku_id = k.id AND t.on_hand > t.held
  JOIN lot l ON l.id = t.lot_id AND l.expires_on >= $2::date + p.min_days_left
  JOIN pickup_point x ON x.id = t.pickup_point_id AND x.code = $1
  WHERE k.product_id = p.id) AS shelf(lots)
WHERE p.status = 'PUBLISHED' AND lots > 0 ORDER BY lots, reviews, p.id"""


@pytest.mark.parametrize("name", COUNTS)
async def test_a_document_takes_exactly_so_many_statements(name: str, shop: Shop) -> None:
    """Everything the document asks for."""
    answer = await shop.registered(name, await variables_of(shop, name), headers_of(name))
    assert answer.data
    assert len(answer.statements) == COUNTS[name]


@pytest.mark.parametrize("name", ["CouponCenter", "ProductList", "ProductReviews", "ProductSearch"])
async def test_twenty_rows_take_the_statements_of_one(name: str, shop: Shop) -> None:
    """The texts are the same, not only their number."""
    given = await variables_of(shop, name)
    one = await shop.registered(name, given | {"first": 1})
    twenty = await shop.registered(name, given | {"first": 20})
    assert one.statements == twenty.statements
    assert len(twenty.response.content) > 3 * len(one.response.content)


async def test_a_bare_product_page_takes_the_statements_of_a_rich_one(shop: Shop) -> None:
    """Fewer lots and reviews, or more of both."""
    rows = await shop.database.pool.fetch(_BY_LOTS, SAMPLE.pickup_point_code, NOW.date())
    few, many = rows[0], rows[-1]
    assert few["lots"] < many["lots"]
    assert few["reviews"] < many["reviews"]
    point = await shop.id("PickupPoint", SAMPLE.pickup_point_code)
    pages = [
        await shop.registered("ProductDetail", {"id": await shop.id("Product", row["slug"]), "pickupPointId": point})
        for row in (few, many)
    ]
    assert all(page.data["product"]["lot"]["events"] for page in pages)
    assert pages[0].statements == pages[1].statements


async def test_more_slots_take_no_more_statements(shop: Shop) -> None:
    """One point with its slots, and all points with theirs."""
    slots = "{ openSlots { id remaining pickupPoint { id } } }"
    point = await shop.id("PickupPoint", SAMPLE.pickup_point_code)
    one = await shop.ask(f"query ($id: ID!) {{ pickupPoint(id: $id) {slots} }}", id=point)
    every = await shop.ask(f"{{ pickupPoints {slots} }}")
    assert len(every.data["pickupPoints"]) == 6
    # the one point is loaded by id, and known when its slots ask for it; those of the list are loaded for them
    assert (len(one.statements), len(every.statements)) == (2, 3)


async def test_a_second_alias_of_everything_adds_nothing(shop: Shop) -> None:
    """The whole product page twice, the second time under other names."""
    text = (MINIPROGRAM / "ProductDetail.graphql").read_text("utf-8")
    variables = await variables_of(shop, "ProductDetail")
    once = await shop.ask(text, **variables)
    page = text[text.index("{\n") + 1 : text.index("\n}\n\nfragment")]
    other = page.replace("  product(", "  other: product(").replace("  pickupPoint(", "  at: pickupPoint(")
    twice = await shop.ask(text.replace(page, page + other), **variables)
    assert twice.data["other"] == once.data["product"]
    assert twice.statements == once.statements


async def test_aliases_inside_a_product_add_nothing(shop: Shop) -> None:
    """Fields with a loader behind them, each asked twice."""
    fields = " ".join(LOADED)
    aliased = " ".join(f"again{number}: {field}" for number, field in enumerate(LOADED))
    once = await shop.ask(f'{{ product(slug: "lijiang-xuetao") {{ {fields} }} }}')
    twice = await shop.ask(f'{{ product(slug: "lijiang-xuetao") {{ {fields} {aliased} }} }}')
    assert twice.data["product"]["again0"] == once.data["product"]["reviews"]
    assert sorted(twice.statements) == sorted(once.statements)


async def test_the_lots_of_a_shelf_are_known_when_asked_for_again(shop: Shop) -> None:
    """Stock, lot and producer are one join: who asks for the lot by its id needs no other statement."""
    query = (
        '{ product(slug: "lijiang-xuetao") { lot { producer { id } events { lots { lot { id producer { id } } } } } } }'
    )
    answer = await shop.ask(query)
    assert answer.data["product"]["lot"]["events"][0]["lots"][0]["lot"]["producer"]
    assert len(answer.statements) == 4  # the product, its shelf, the lot's events, the lots they touched


async def test_twenty_products_take_the_statements_of_one(shop: Shop) -> None:
    """Everything with a loader, for each product of a list."""
    query = f"query ($first: Int!) {{ products(first: $first) {{ nodes {{ {' '.join(LOADED)} }} }} }}"
    one, twenty = await shop.ask(query, first=1), await shop.ask(query, first=20)
    assert len(twenty.data["products"]["nodes"]) == 20
    assert sorted(twenty.statements) == sorted(one.statements)


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ("category", "Category"),
        ("coupon", "Coupon"),
        ("inspection_report", "InspectionReport"),
        ("lot", "Lot"),
        ("pickup_slot", "PickupSlot"),
        ("producer", "Producer"),
        ("product", "Product"),
        ("review", "Review"),
        ("sku", "Sku"),
        ("trace_event", "TraceEvent"),
    ],
)
async def test_many_nodes_take_the_statement_of_one(table: str, kind: str, shop: Shop) -> None:
    """Each type has a loader of its own, and its ids go out and come back."""
    keys = await shop.database.pool.fetch(f"SELECT id FROM {table} ORDER BY id LIMIT 5")
    asked = [ids.encode(kind, row["id"]) for row in keys]
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
    many, one = await shop.ask(query, ids=asked), await shop.ask(query, ids=asked[:1])
    assert many.data["nodes"] == [{"__typename": kind, "id": id_} for id_ in asked]
    assert many.statements == one.statements
    assert len(one.statements) == 1
