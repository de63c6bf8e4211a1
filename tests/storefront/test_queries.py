"""What stands on the shelves: which lots may be sold, first to expire first, and which offers are live."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from app.kit import clock, ids
from tests.rows import Rows, days, hours
from tests.shop import Shop

SHELF = """query ($point: ID) { product(slug: "peach") {
  lot(pickupPointId: $point) { lotCode producer { name } }
  stock(pickupPointId: $point) { available level lots { lotCode } }
  skus { code stock(pickupPointId: $point) { available nextLot { lotCode } } }
} }"""
OFFER = """{ product(slug: "peach") {
  skus { price { fen } referencePrice { fen } offer { name price { fen } remaining } }
} }"""


async def peach(rows: Rows, **values: Any) -> int:
    """A product that promises two days; its id."""
    return await rows.product(slug="peach", min_days_left=2, **values)


@pytest.mark.parametrize(
    ("lot", "stock", "is_shown"),
    [
        ({}, {}, True),
        ({"expires_on": days(2)}, {}, True),
        ({"expires_on": days(1)}, {}, False),
        ({"expires_on": days(0), "packed_on": days(-1)}, {}, False),
        ({"expires_on": days(-1), "packed_on": days(-2)}, {}, False),
        ({"expires_on": None}, {}, False),
        ({"status": "ON_HOLD"}, {}, False),
        ({"status": "RECALLED"}, {}, False),
        ({}, {"on_hand": 5, "held": 5}, False),
        ({}, {"on_hand": 0}, False),
        ({}, {"on_hand": 5, "held": 4}, True),
    ],
)
async def test_which_lots_may_be_sold(
    lot: dict[str, Any],
    stock: dict[str, Any],
    is_shown: bool,  # noqa: FBT001 - a case
    rows: Rows,
    bare_shop: Shop,
) -> None:
    """One that keeps the promised days, is neither on hold nor recalled, and is not wholly held for others."""
    sku = await rows.sku(await peach(rows))
    await rows.stock(await rows.point(), sku, await rows.lot(sku, lot_code="L", **lot), **stock)
    product = (await bare_shop.ask(SHELF)).data["product"]
    assert product["lot"] == (
        {"lotCode": "L", "producer": {"name": product["lot"]["producer"]["name"]}} if is_shown else None
    )
    assert product["stock"]["lots"] == ([{"lotCode": "L"}] if is_shown else [])
    assert (product["stock"]["level"] == "OUT_OF_STOCK") is not is_shown


@pytest.mark.parametrize(("licence", "is_shown"), [(0, True), (-1, False)])
async def test_a_lapsed_licence_takes_the_lots_off(licence: int, is_shown: bool, rows: Rows, bare_shop: Shop) -> None:  # noqa: FBT001 - a case
    """Food Safety Law, article 53: on its last day a licence holds, the day after nothing is sold."""
    sku = await rows.sku(await peach(rows))
    producer = await rows.producer(licence_expires_on=days(licence))
    await rows.stock(await rows.point(), sku, await rows.lot(sku, producer_id=producer))
    assert ((await bare_shop.ask(SHELF)).data["product"]["lot"] is not None) is is_shown


async def test_days_end_at_midnight_in_shanghai(rows: Rows, bare_shop: Shop) -> None:
    """A lot that keeps its promise today no longer does so a minute into tomorrow."""
    sku = await rows.sku(await peach(rows))
    await rows.stock(await rows.point(), sku, await rows.lot(sku, expires_on=days(2)))
    midnight = datetime(2026, 11, 21, tzinfo=clock.SHANGHAI)
    query = '{ product(slug: "peach") { lot { daysLeft } } }'
    for moment, lot in ((midnight - timedelta(minutes=1), {"daysLeft": 2}), (midnight, None)):
        assert (await replace(bare_shop, now=moment).ask(query)).data["product"]["lot"] == lot


async def test_first_to_expire_is_first_sold(rows: Rows, bare_shop: Shop) -> None:
    """Over all SKUs of the product, and for each; the same day by id; held units do not count."""
    product, point = await peach(rows), await rows.point()
    one, two = await rows.sku(product, code="ONE"), await rows.sku(product, code="TWO")
    for sku, code, keeps, on_hand, held in (
        (one, "later", 9, 5, 0),
        (two, "soon", 4, 7, 3),
        (one, "soonest-but-held", 3, 2, 2),
        (one, "middle", 6, 1, 0),
        (two, "also-soon", 4, 1, 0),
    ):
        await rows.stock(point, sku, await rows.lot(sku, lot_code=code, expires_on=days(keeps)), on_hand, held)
    found = (await bare_shop.ask(SHELF)).data["product"]
    assert found["lot"]["lotCode"] == "soon"
    assert [lot["lotCode"] for lot in found["stock"]["lots"]] == ["soon", "also-soon", "middle", "later"]
    assert (found["stock"]["available"], found["stock"]["level"]) == (11, "IN_STOCK")
    assert found["skus"] == [
        {"code": "ONE", "stock": {"available": 6, "nextLot": {"lotCode": "middle"}}},
        {"code": "TWO", "stock": {"available": 5, "nextLot": {"lotCode": "soon"}}},
    ]


async def test_a_pickup_point_has_its_own_shelf(rows: Rows, bare_shop: Shop) -> None:
    """Without one, all together; a lot that stands at both counts once in the list."""
    product, here, there = await peach(rows), await rows.point(), await rows.point()
    sku = await rows.sku(product)
    old, new = await rows.lot(sku, lot_code="OLD", expires_on=days(4)), await rows.lot(sku, lot_code="NEW")
    await rows.stock(here, sku, new, on_hand=3)
    await rows.stock(there, sku, new, on_hand=4)
    await rows.stock(there, sku, old, on_hand=1)
    for point, lots, available in ((here, ["NEW"], 3), (there, ["OLD", "NEW"], 5), (None, ["OLD", "NEW"], 8)):
        chosen = None if point is None else ids.encode("PickupPoint", point)
        found = (await bare_shop.ask(SHELF, point=chosen)).data["product"]
        assert [lot["lotCode"] for lot in found["stock"]["lots"]] == lots
        assert found["stock"]["available"] == available
    nowhere = (await bare_shop.ask(SHELF, point=ids.encode("PickupPoint", 0))).data["product"]
    assert (nowhere["lot"], nowhere["stock"]["available"]) == (None, 0)


@pytest.mark.parametrize(("status", "available"), [("OPEN", 5), ("SUSPENDED", 0), ("CLOSED", 0)])
async def test_only_points_that_take_orders_sell(status: str, available: int, rows: Rows, bare_shop: Shop) -> None:
    """Asked for by name, and among all together."""
    sku, point = await rows.sku(await peach(rows)), await rows.point(status=status)
    await rows.stock(point, sku, await rows.lot(sku))
    for chosen in (None, ids.encode("PickupPoint", point)):
        found = (await bare_shop.ask(SHELF, point=chosen)).data["product"]
        assert found["stock"]["available"] == available


async def test_an_inactive_sku_is_not_sold(rows: Rows, bare_shop: Shop) -> None:
    """Neither listed nor counted."""
    sku = await rows.sku(await peach(rows), is_active=False)
    await rows.stock(await rows.point(), sku, await rows.lot(sku))
    found = (await bare_shop.ask(SHELF)).data["product"]
    assert (found["skus"], found["stock"]["available"], found["lot"]) == ([], 0, None)


@pytest.mark.parametrize(
    ("moment", "offer"),
    [(-1.001, None), (-1, 800), (0, 800), (0.999, 800), (1, None)],
)
async def test_an_offer_is_live_from_its_start_until_before_its_end(
    moment: float, offer: int | None, rows: Rows, bare_shop: Shop
) -> None:
    """By the moved clock: its price, and the price it undercuts crossed out."""
    sku_id = await rows.sku(await peach(rows), price_fen=1000, list_price_fen=1500)
    for price, since in ((1500, -100), (1000, -50)):
        await rows.insert("price_history", sku_id=sku_id, price_fen=price, is_offer=False, effective_at=hours(since))
    await rows.offer(sku_id, price_fen=800)
    (sku,) = (await replace(bare_shop, now=hours(moment)).ask(OFFER)).data["product"]["skus"]
    assert sku["price"] == {"fen": offer or 1000}
    assert sku["referencePrice"] == {"fen": 1000 if offer else 1500}
    assert sku["offer"] == (offer and {"name": "限时特惠", "price": {"fen": 800}, "remaining": None})


@pytest.mark.parametrize(
    ("values", "offer"),
    [
        ({"quota": 10, "sold": 9}, 1),
        ({"quota": 10, "sold": 10}, None),
        ({"quota": 10, "is_active": False}, None),
        ({"quota": 10, "price_fen": 1000}, None),
        ({"quota": 10, "price_fen": 1200}, None),
    ],
)
async def test_an_offer_that_is_sold_out_switched_off_or_not_lower_is_none(
    values: dict[str, Any], offer: int | None, rows: Rows, bare_shop: Shop
) -> None:
    """The price is then the SKU's own."""
    await rows.offer(await rows.sku(await peach(rows)), **values)
    (sku,) = (await bare_shop.ask(OFFER)).data["product"]["skus"]
    assert (sku["offer"] and sku["offer"]["remaining"]) == offer
    assert sku["price"] == {"fen": 800 if offer else 1000}


@pytest.mark.parametrize("status", ["DRAFT", "UNPUBLISHED"])
async def test_what_is_not_published_is_nowhere(status: str, rows: Rows, bare_shop: Shop) -> None:
    """By id, by slug, in the list, as a SKU, and behind a lot."""
    product = await peach(rows, status=status)
    sku = await rows.sku(product)
    lot = await rows.lot(sku, lot_code="L")
    asked = [ids.encode("Product", product), ids.encode("Sku", sku), ids.encode("Lot", lot)]
    answer = await bare_shop.ask(
        """query ($ids: [ID!]!) {
          nodes(ids: $ids) { id } product(slug: "peach") { id } products { nodes { id } totalCount }
          lot(lotCode: "L") { sku { price { fen } } } }""",
        ids=asked,
    )
    assert answer.data == {
        "nodes": [None, None, {"id": asked[2]}],
        "product": None,
        "products": {"nodes": [], "totalCount": 0},
        "lot": {"sku": None},
    }
