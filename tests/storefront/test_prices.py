"""Prices as they are shown: per 500 g by what a pack holds, and offers that end by the server's clock."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.rows import NOW, Rows
from tests.shop import Shop

SHOWN = "{ price { fen } referencePrice { fen } unitPrice { fen } offer { endsAt remaining } }"
PRICES = f"""{{ product(slug: "peach") {{ skus {SHOWN} }} products {{ nodes {{ skus {SHOWN} }} }} }}"""


async def shown(shop: Shop) -> dict[str, Any]:
    """What a SKU is shown at, on the product's page and in the list alike."""
    data = (await shop.ask(PRICES)).data
    assert data["product"]["skus"] == data["products"]["nodes"][0]["skus"]
    found: dict[str, Any] = data["product"]["skus"][0]
    return {name: value["fen"] if value and "fen" in value else value for name, value in found.items()}


@pytest.mark.parametrize(
    ("sku", "unit_price"),
    [
        ({"net_grams": 500}, 1000),
        ({"net_grams": 750}, 667),
        ({"net_grams": 2500}, 200),
        ({"net_grams": 333, "is_catch_weight": True}, 1502),  # weighed: by the weight it is sold as
        ({"net_grams": 1600, "pieces": 4}, 313),  # the pack, not a piece
        ({"net_grams": None, "pieces": 10}, None),  # flowers have no weight
    ],
)
async def test_a_unit_price_is_of_500_grams(
    sku: dict[str, Any], unit_price: int | None, rows: Rows, bare_shop: Shop
) -> None:
    """Of ten yuan, to the nearest fen."""
    await rows.sku(await rows.product(slug="peach"), price_fen=1000, **sku)
    assert (await shown(bare_shop))["unitPrice"] == unit_price


async def test_an_offer_ends_between_two_requests(rows: Rows, bare_shop: Shop) -> None:
    """To its last moment the price, the unit price and the time are the offer's; from its end on all are as before."""
    sku = await rows.sku(await rows.product(slug="peach"), price_fen=1000, net_grams=250)
    await rows.insert(
        "price_history", sku_id=sku, price_fen=1000, is_offer=False, effective_at=NOW - timedelta(days=60)
    )
    ends = NOW + timedelta(hours=1)
    await rows.offer(sku, price_fen=800, ends_at=ends, quota=20, sold=15)
    before = await shown(replace(bare_shop, now=ends - timedelta(microseconds=1)))
    after = await shown(replace(bare_shop, now=ends))
    assert (before["price"], before["referencePrice"], before["unitPrice"]) == (800, 1000, 1600)
    assert before["offer"] == {"endsAt": "2026-11-20T03:00:00+00:00", "remaining": 5}
    assert after == {"price": 1000, "referencePrice": None, "unitPrice": 2000, "offer": None}


async def test_an_offer_ends_with_its_last_unit(rows: Rows, bare_shop: Shop) -> None:
    """Sold out before its time."""
    sku = await rows.sku(await rows.product(slug="peach"), price_fen=1000)
    offer = await rows.offer(sku, price_fen=800, quota=20, sold=19)
    assert (await shown(bare_shop))["price"] == 800
    await rows.connection.execute("UPDATE offer SET sold = 20 WHERE id = $1", offer)
    assert (await shown(bare_shop))["price"] == 1000
