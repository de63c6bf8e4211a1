"""Prices and offers of the demo."""

import asyncpg

from tests.demo.conftest import NOW


async def test_list_prices_keep_the_seven_day_rule(shop: asyncpg.Connection) -> None:
    """A crossed-out price is not above the lowest price of the 7 days before the present one began."""
    rows = await shop.fetch(
        "WITH present AS (SELECT DISTINCT ON (sku_id) sku_id, price_fen, effective_at FROM price_history"
        "  WHERE effective_at <= $1 ORDER BY sku_id, effective_at DESC)"
        " SELECT k.id, k.list_price_fen, k.price_fen, present.price_fen AS sold_at, (SELECT min(h.price_fen)"
        "  FROM price_history h WHERE h.sku_id = k.id AND h.effective_at < present.effective_at) AS lowest,"
        " (SELECT max(h.effective_at) FROM price_history h WHERE h.sku_id = k.id"
        "  AND h.effective_at < present.effective_at) < present.effective_at - interval '7 days' AS held"
        " FROM sku k JOIN present ON present.sku_id = k.id WHERE k.list_price_fen IS NOT NULL",
        NOW,
    )
    assert len(rows) > 60
    assert all(row["held"] and row["list_price_fen"] <= row["lowest"] for row in rows)
    assert all(row["price_fen"] == row["sold_at"] for row in rows)


async def test_prices_have_a_month_of_history(shop: asyncpg.Connection) -> None:
    """Every SKU was sold 30 days ago, and its present price is in the history."""
    assert (
        await shop.fetch(
            "SELECT k.id FROM sku k WHERE NOT EXISTS (SELECT FROM price_history h WHERE h.sku_id = k.id"
            " AND h.effective_at <= $1::timestamptz - interval '30 days') OR k.price_fen <> (SELECT h.price_fen"
            " FROM price_history h WHERE h.sku_id = k.id AND NOT h.is_offer ORDER BY effective_at DESC LIMIT 1)",
            NOW,
        )
        == []
    )
    assert (
        await shop.fetch(
            "SELECT p.id FROM product p WHERE price_from_fen <>"
            " (SELECT min(price_fen) FROM sku WHERE product_id = p.id)"
        )
        == []
    )


async def test_offers_run_or_are_announced(shop: asyncpg.Connection) -> None:
    """Offers lie below the price; those that run are in the price history; some have a quota."""
    live, coming, limited = await shop.fetchrow(
        "SELECT count(*) FILTER (WHERE starts_at <= $1 AND ends_at > $1), count(*) FILTER (WHERE starts_at > $1),"
        " count(quota) FROM offer",
        NOW,
    )
    assert live > 30
    assert coming > 15
    assert limited > 20
    assert (
        await shop.fetch(
            "SELECT o.id FROM offer o JOIN sku k ON k.id = o.sku_id WHERE o.price_fen >= k.price_fen"
            " OR (o.starts_at <= $1"
            " AND NOT EXISTS (SELECT FROM price_history h WHERE h.sku_id = k.id AND h.is_offer"
            " AND h.effective_at = o.starts_at AND h.price_fen = o.price_fen))",
            NOW,
        )
        == []
    )
