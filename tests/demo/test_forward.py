"""The demo shop as days go by."""

from datetime import timedelta

import asyncpg

from app.demo.forward import roll_forward
from app.demo.frame import SLOT_DAYS
from app.kit.clock import business_day
from tests.demo.checksums import checksums
from tests.demo.conftest import NOW

LATER = NOW + timedelta(days=40)
LEDGERS = ("price_history", "trace_event", "lot_event", "lot_seal", "stock_movement")


async def _dead_points(connection: asyncpg.Connection) -> int:
    """How many pairs of product and point have no lot that may be handed out on the later day."""
    return int(
        await connection.fetchval(
            "SELECT count(*) FROM product p CROSS JOIN pickup_point t WHERE NOT EXISTS (SELECT FROM stock_lot s"
            " JOIN lot l ON l.id = s.lot_id JOIN sku k ON k.id = s.sku_id WHERE k.product_id = p.id"
            " AND s.pickup_point_id = t.id AND l.expires_on - p.min_days_left >= $1)",
            business_day(LATER),
        )
    )


async def test_nothing_moves_on_the_day_of_the_seed(own_shop: asyncpg.Connection) -> None:
    """A fresh shop needs nothing."""
    before = await checksums(own_shop)
    assert await roll_forward(own_shop, now=NOW) == 0
    assert await checksums(own_shop) == before


async def test_forty_days_later_the_shop_is_live_again(own_shop: asyncpg.Connection) -> None:
    """Lots at every point, open slots, running offers and coupons to claim; a second run changes nothing."""
    assert await _dead_points(own_shop) > 500
    assert await roll_forward(own_shop, now=LATER) > 10_000
    assert await _dead_points(own_shop) == 0
    slots, offers, coupons = await own_shop.fetchrow(
        "SELECT (SELECT count(*) FROM pickup_slot WHERE cutoff_at > $1),"
        " (SELECT count(*) FROM offer WHERE starts_at <= $1 AND ends_at > $1),"
        " (SELECT count(*) FROM coupon WHERE claim_starts_at <= $1 AND claim_ends_at > $1)",
        LATER,
    )
    assert slots > 200
    assert offers > 50
    assert coupons == 14  # one is over on purpose, one ends at this very minute and is renewed tomorrow
    before = await checksums(own_shop)
    assert await roll_forward(own_shop, now=LATER + timedelta(hours=6)) == 0
    assert await checksums(own_shop) == before


async def test_ledgers_only_grow(own_shop: asyncpg.Connection) -> None:
    """What was in a ledger before stands there unchanged after, and stock still is the sum of its movements."""
    newest = {table: await own_shop.fetchval(f"SELECT max(id) FROM {table}") for table in LEDGERS}
    sums = "SELECT md5(string_agg(t::text, '\n' ORDER BY id)) FROM {} t WHERE id <= $1"
    before = {table: await own_shop.fetchval(sums.format(table), newest[table]) for table in LEDGERS}
    await roll_forward(own_shop, now=LATER)
    assert {table: await own_shop.fetchval(sums.format(table), newest[table]) for table in LEDGERS} == before
    wrong = await own_shop.fetch(
        "SELECT s.id FROM stock_lot s LEFT JOIN stock_movement m ON m.stock_lot_id = s.id GROUP BY s.id"
        " HAVING s.on_hand <> COALESCE(sum(m.on_hand_delta), 0)"
    )
    assert wrong == []


async def test_expired_goods_leave_the_shelf(own_shop: asyncpg.Connection) -> None:
    """What is past its expiry is written off."""
    await roll_forward(own_shop, now=LATER)
    assert (
        await own_shop.fetchval(
            "SELECT count(*) FROM stock_lot s JOIN lot l ON l.id = s.lot_id WHERE l.expires_on < $1 AND s.on_hand > 0",
            business_day(LATER),
        )
        == 0
    )


async def test_offers_keep_their_price_history(own_shop: asyncpg.Connection) -> None:
    """An offer that ended gives way to the shelf price, one that begins anew is in the history again."""
    await roll_forward(own_shop, now=LATER)
    assert (
        await own_shop.fetch(
            "SELECT o.id FROM offer o WHERE o.starts_at <= $1 AND NOT EXISTS (SELECT FROM price_history h"
            " WHERE h.sku_id = o.sku_id AND h.is_offer AND h.effective_at = o.starts_at AND h.price_fen = o.price_fen)",
            LATER,
        )
        == []
    )
    assert await own_shop.fetchval("SELECT count(*) FROM price_history WHERE effective_at > $1", LATER) == 0


async def test_slots_reach_two_weeks_ahead(own_shop: asyncpg.Connection) -> None:
    """The last day of slots is the fourteenth, today included; existing slots stay."""
    kept = await own_shop.fetch("SELECT id FROM pickup_slot")
    await roll_forward(own_shop, now=NOW + timedelta(days=1))
    last = await own_shop.fetchval("SELECT max(starts_at) FROM pickup_slot")
    assert business_day(last) == business_day(NOW) + timedelta(days=SLOT_DAYS)
    assert {row["id"] for row in kept} <= {row["id"] for row in await own_shop.fetch("SELECT id FROM pickup_slot")}
