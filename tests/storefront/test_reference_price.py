"""Which price may be crossed out, by what was asked before (明码标价和禁止价格欺诈规定, article 17)."""

from datetime import timedelta

import pytest

from tests.rows import NOW, Rows
from tests.shop import Shop

PRICES = """{
  product(slug: "peach") { skus { price { fen } referencePrice { fen } } }
  products { nodes { skus { price { fen } referencePrice { fen } } } }
}"""


async def crossed_out(shop: Shop) -> int | None:
    """The price crossed out, on the product's page and in the list alike."""
    data = (await shop.ask(PRICES)).data
    assert data["product"]["skus"] == data["products"]["nodes"][0]["skus"]
    reference = data["product"]["skus"][0]["referencePrice"]
    return None if reference is None else int(reference["fen"])


async def history(rows: Rows, sku_id: int, *prices: tuple[int, float]) -> None:
    """Enters prices, each asked since so many days ago."""
    for price, days_ago in prices:
        since = NOW - timedelta(days=days_ago)
        await rows.insert("price_history", sku_id=sku_id, price_fen=price, is_offer=False, effective_at=since)


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        ([(1500, 60), (1000, 3)], 1500),  # lowered once
        ([(2000, 60), (1000, 3)], 1500),  # the list price is less than what was asked
        ([(1200, 60), (1500, 9.9), (1000, 3)], 1200),  # raised within the week before it was lowered
        ([(1200, 60), (1500, 10), (1000, 3)], 1500),  # raised a whole week before
        ([(1000, 60), (1500, 5), (1000, 3)], None),  # raised only to be lowered
        ([(1000, 60)], None),  # never asked otherwise
        ([], None),
    ],
)
async def test_a_list_price_is_what_was_asked_in_the_week_before(
    prices: list[tuple[int, float]], expected: int | None, rows: Rows, bare_shop: Shop
) -> None:
    """A SKU at 10 yuan with a list price of 15."""
    sku = await rows.sku(await rows.product(slug="peach"), price_fen=1000, list_price_fen=1500)
    await history(rows, sku, *prices)
    assert await crossed_out(bare_shop) == expected


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        ([(1000, 60)], 1000),
        ([(900, 60), (1000, 2)], 900),  # raised within the week before the offer
        ([(900, 60), (1000, 30)], 1000),
        ([(800, 60), (1000, 2)], None),  # the offer is no less than what was asked
        ([], None),
    ],
)
async def test_an_offer_crosses_out_what_was_asked_in_the_week_before(
    prices: list[tuple[int, float]], expected: int | None, rows: Rows, bare_shop: Shop
) -> None:
    """An offer at 8 yuan for a SKU at 10, an hour old."""
    sku = await rows.sku(await rows.product(slug="peach"), price_fen=1000)
    await history(rows, sku, *prices)
    await rows.offer(sku, price_fen=800)
    assert await crossed_out(bare_shop) == expected


@pytest.mark.parametrize(("ended_days_ago", "expected"), [(1, 850), (6.9, 850), (7.1, 1000)])
async def test_an_offer_before_counts_as_long_as_it_lasted(
    ended_days_ago: float, expected: int, rows: Rows, bare_shop: Shop
) -> None:
    """A second offer may compare itself only with the first one's price for a week."""
    sku = await rows.sku(await rows.product(slug="peach"), price_fen=1000)
    await history(rows, sku, (1000, 60))
    ended = NOW - timedelta(hours=1, days=ended_days_ago)
    await rows.offer(sku, price_fen=850, starts_at=ended - timedelta(days=20), ends_at=ended)
    await rows.offer(sku, price_fen=800)
    assert await crossed_out(bare_shop) == expected
