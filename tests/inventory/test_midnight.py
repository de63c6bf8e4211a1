"""Expired lots stop selling by themselves: at midnight in Shanghai, everywhere at once, and no job is needed."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.inventory.rules import Shortage
from app.kit import clock, ids
from tests.inventory.till import Till
from tests.rows import Rows, days
from tests.shop import Shop

SEEN = """query ($point: ID!, $filter: ProductFilter) { products(filter: $filter) {
  totalCount nodes { stock(pickupPointId: $point) { available level nextLot { lotCode } } } } }"""


@pytest.mark.parametrize("promised", [0, 3])
async def test_a_lot_sells_until_its_day_ends_in_shanghai(
    till: Till, rows: Rows, bare_shop: Shop, promised: int
) -> None:
    """Its last day less the promised days: lists, the shelf and the checkout agree to the second; no row changes."""
    point, product = await rows.point(), await rows.product(min_days_left=promised)
    sku = await rows.sku(product)
    await till.shelve(point, sku, 5, expires_on=days(promised), lot_code="LAST")
    kept = await till.look("SELECT * FROM product_availability")
    midnight = datetime.combine(days(1), datetime.min.time(), clock.SHANGHAI)
    place = ids.encode("PickupPoint", point)
    for moment, units in ((midnight - timedelta(seconds=1), 5), (midnight, 0)):
        asked = replace(bare_shop, now=moment)
        shown = (await asked.ask(SEEN, point=place)).data["products"]["nodes"][0]["stock"]
        assert shown == {
            "available": units,
            "level": "LOW_STOCK" if units else "OUT_OF_STOCK",
            "nextLot": {"lotCode": "LAST"} if units else None,
        }
        listed = (await asked.ask(SEEN, point=place, filter={"inStockAt": place})).data["products"]
        assert listed["totalCount"] == (1 if units else 0)
        with clock.moved_to(moment):
            got = await till.hold(await till.hold_row(), point, {sku: 1}, pickup_on=clock.today())
            assert isinstance(got[0], Shortage) == (not units)
            await till.release(*[row[0] for row in await till.look("SELECT id FROM hold")])
    assert await till.look("SELECT * FROM product_availability") == kept


async def test_nothing_is_promised_for_a_day_it_does_not_keep_for(till: Till, rows: Rows) -> None:
    """Bought before midnight for the day after: the lot whose day ends is left for those who come today."""
    point, sku = await rows.point(), await rows.sku(await rows.product(min_days_left=0))
    await till.shelve(point, sku, 5, expires_on=days(0))
    fresh = await till.shelve(point, sku, 2, expires_on=days(1))
    (taken,) = await till.hold(await till.hold_row(), point, {sku: 2}, pickup_on=days(1))
    assert taken.stock_lot_id == fresh  # type: ignore[union-attr]  # a shortage has none and fails here
    (short,) = await till.hold(await till.hold_row(), point, {sku: 1}, pickup_on=days(1))
    assert short == Shortage(sku, 1, 0, days(0))


async def test_what_an_expired_hold_kept_is_listed_again(till: Till, rows: Rows, bare_shop: Shop) -> None:
    """On the shelf at once; in filtered lists, which read one row per product, since the sweep of the next seconds."""
    point, product = await rows.point(), await rows.product()
    sku = await rows.sku(product)
    await till.shelve(point, sku, 1)
    await till.hold(await till.hold_row(), point, {sku: 1})
    late = replace(bare_shop, now=bare_shop.now + timedelta(minutes=10))
    place = ids.encode("PickupPoint", point)
    shown = (await late.ask(SEEN, point=place)).data["products"]["nodes"][0]["stock"]["available"]
    with clock.moved_to(late.now):
        assert await till.sweep() == 1
    listed = (await late.ask(SEEN, point=place, filter={"inStockAt": place})).data["products"]["totalCount"]
    assert (shown, listed) == (1, 1)
