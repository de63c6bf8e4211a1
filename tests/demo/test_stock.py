"""What stands in the demo's stores."""

from collections import Counter

import asyncpg

from tests.demo.conftest import NOW


async def test_every_sku_is_live_in_every_store(shop: asyncpg.Connection) -> None:
    """Two to three sellable lots per SKU, one of them in each store with its promised days left."""
    rows = await shop.fetch(
        "SELECT s.sku_id, count(DISTINCT s.pickup_point_id) points, count(DISTINCT l.id) lots FROM stock_lot s"
        " JOIN lot l ON l.id = s.lot_id JOIN sku k ON k.id = s.sku_id JOIN product p ON p.id = k.product_id"
        " WHERE l.expires_on - p.min_days_left >= '2026-11-23' AND l.status = 'SELLABLE' GROUP BY 1"
    )
    assert len(rows) == 900
    assert Counter(row["lots"] for row in rows) == {3: 899, 2: 1}  # one lot is on hold
    assert sorted(Counter(row["points"] for row in rows)) == [5, 6]
    assert sum(row["points"] == 5 for row in rows) == 1


async def test_some_stock_is_low_and_some_sold_out(shop: asyncpg.Connection) -> None:
    """The shelves look like shelves."""
    low, none, enough = await shop.fetchrow(
        "SELECT count(*) FILTER (WHERE on_hand BETWEEN 1 AND 4), count(*) FILTER (WHERE on_hand = 0),"
        " count(*) FILTER (WHERE on_hand > 4) FROM stock_lot s JOIN lot l ON l.id = s.lot_id"
        " WHERE l.expires_on >= '2026-11-23'"
    )
    assert low > 100
    assert none > 100
    assert enough > 4000


async def test_stock_is_the_sum_of_its_movements(shop: asyncpg.Connection) -> None:
    """What was received less what was sold and written off stands there; nothing is held."""
    wrong = await shop.fetch(
        "SELECT s.id FROM stock_lot s LEFT JOIN stock_movement m ON m.stock_lot_id = s.id GROUP BY s.id"
        " HAVING s.on_hand <> COALESCE(sum(m.on_hand_delta), 0) OR s.held <> COALESCE(sum(m.held_delta), 0)"
    )
    assert wrong == []
    assert await shop.fetchval("SELECT count(*) FROM stock_movement WHERE moved_at > $1", NOW) == 0


async def test_stored_quantities_are_what_the_stores_received(shop: asyncpg.Connection) -> None:
    """A lot's storing events and its RECEIVE movements balance, counted in pieces where it is not weighed."""
    wrong = await shop.fetch(
        "SELECT l.id FROM lot l JOIN sku k ON k.id = l.sku_id WHERE NOT k.is_catch_weight AND"
        " (SELECT sum(t.quantity) FROM lot_event t JOIN trace_event e ON e.id = t.event_id"
        "  WHERE t.lot_id = l.id AND e.biz_step = 'storing') IS DISTINCT FROM"
        " (SELECT sum(m.on_hand_delta) FROM stock_lot s JOIN stock_movement m ON m.stock_lot_id = s.id"
        "  WHERE s.lot_id = l.id AND m.kind = 'RECEIVE')"
    )
    assert wrong == []
