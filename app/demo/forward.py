"""Keeps the demo shop live: run at each start, it adds what the passing days have used up."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import asyncpg

from app.demo import chain, frame
from app.demo.batches import make_batch, packed_before
from app.demo.content.coupons import COUPONS
from app.demo.content.wording import COMING_OFFERS, OFFERS
from app.demo.dice import dice
from app.demo.goods import Article, Batch, Good
from app.demo.moments import at
from app.demo.products import profile_of
from app.demo.tables import Book, copy, reserve
from app.kit.clock import business_day, days
from app.pickup import queries
from app.pickup.service import INSERT_SLOTS, planned_slots

_LOCK = 720_260_101  # any number, as long as only this uses it
_CHUNK = 300
_COUPON_DAYS = 30
_LOT_ROWS = {
    "lot": 3,
    "trace_event": 16,
    "lot_event": 48,
    "lot_seal": 48,
    "inspection_report": 3,
    "conformity_certificate": 3,
    "stock_lot": 18,
    "stock_movement": 54,
}
"""The most rows per table that a batch can need: three lots, six stores, up to sixteen events."""

# the freshest lot of each product at each point; points whose freshest lot will not outlast tomorrow need another
FADING = """
SELECT k.product_id, s.pickup_point_id - 1 AS store, max(l.packed_on) AS packed_on
FROM stock_lot s JOIN lot l ON l.id = s.lot_id JOIN sku k ON k.id = s.sku_id JOIN product p ON p.id = k.product_id
WHERE l.status = 'SELLABLE' AND s.pickup_point_id <= $2
GROUP BY k.product_id, s.pickup_point_id, p.min_days_left
HAVING max(l.expires_on) - p.min_days_left <= $1::date
ORDER BY k.product_id, s.pickup_point_id
"""
GOODS = """
SELECT p.id, p.slug, p.name, p.origin, p.storage, p.shelf_life_days, p.min_days_left, p.published_at,
  c.slug AS category, m.code AS maker, a.id AS sku_id, a.gtin, a.spec, a.net_grams, a.is_catch_weight
FROM product p JOIN category c ON c.id = p.category_id JOIN sku a ON a.product_id = p.id
JOIN LATERAL (SELECT l.producer_id FROM lot l WHERE l.sku_id = a.id ORDER BY l.id LIMIT 1) first ON true
JOIN producer m ON m.id = first.producer_id
WHERE p.id = ANY($1) ORDER BY p.id, a.position
"""
CLEAR_SHELVES = """
WITH gone AS (
  SELECT s.id, s.on_hand - s.held AS units FROM stock_lot s JOIN lot l ON l.id = s.lot_id
  WHERE l.expires_on < $1 AND s.on_hand > s.held ORDER BY s.id FOR UPDATE OF s
), cleared AS (
  UPDATE stock_lot s SET on_hand = s.held, updated_at = $2 FROM gone WHERE gone.id = s.id RETURNING s.id
)
INSERT INTO stock_movement (stock_lot_id, kind, on_hand_delta, held_delta, reason, caller, moved_at)
SELECT gone.id, 'WRITE_OFF', -gone.units, 0, '到期下架报损', 'system:demo', $2
FROM gone JOIN cleared ON cleared.id = gone.id RETURNING id
"""
OFFERS_ENDED = """
INSERT INTO price_history (sku_id, price_fen, is_offer, effective_at)
SELECT o.sku_id, k.price_fen, false, o.ends_at FROM offer o JOIN sku k ON k.id = o.sku_id
WHERE o.is_active AND o.ends_at <= $1 AND o.name = ANY($2)
ON CONFLICT DO NOTHING RETURNING id
"""
# every fifth offer is announced for the day after tomorrow, the others run from midnight on
OFFERS_DATED = """
UPDATE offer o SET sold = 0,
  starts_at = $1::timestamptz + CASE WHEN o.id % 5 = 0 THEN interval '2 days' ELSE interval '0' END,
  ends_at = $1::timestamptz + interval '3 days' + (o.id % 4) * interval '1 day'
FROM sku k
WHERE k.id = o.sku_id AND k.price_fen > o.price_fen AND o.is_active AND o.ends_at <= $1 AND o.name = ANY($2)
  AND NOT EXISTS (
    SELECT FROM offer other
    WHERE other.sku_id = o.sku_id AND other.id <> o.id AND other.is_active AND other.ends_at > $1
  )
RETURNING o.id
"""
OFFERS_BEGUN = """
INSERT INTO price_history (sku_id, price_fen, is_offer, effective_at)
SELECT o.sku_id, o.price_fen, true, o.starts_at FROM offer o
WHERE o.is_active AND o.starts_at <= $1 AND o.name = ANY($2)
ON CONFLICT DO NOTHING RETURNING id
"""
COUPONS_DATED = """
UPDATE coupon SET claim_starts_at = $1, claim_ends_at = $2,
  valid_until = CASE WHEN valid_until IS NULL THEN NULL ELSE $2::timestamptz + interval '7 days' END
WHERE claim_ends_at <= $1 AND code = ANY($3) RETURNING id
"""


async def roll_forward(connection: asyncpg.Connection, *, now: datetime) -> int:
    """Makes slots, fresh lots with their chain and stock, and new dates for offers and coupons that ran out.

    How many rows were added or re-dated: 0 the second time on a business day. One transaction; ledgers only grow.
    What is on the shelf past its expiry is written off. The connection is the owner's, with asyncpg's own codecs.
    """
    today = business_day(now)
    midnight = at(today, 0)
    names = [*OFFERS, *COMING_OFFERS]
    codes = [facts.code for facts in COUPONS if facts.to_day > 0]
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
        changed = await _slots(connection, today)
        changed += len(await connection.fetch(CLEAR_SHELVES, today, midnight))
        changed += await _lots(connection, today, now)
        changed += len(await connection.fetch(OFFERS_ENDED, midnight, names))
        changed += len(await connection.fetch(OFFERS_DATED, midnight, names))
        changed += len(await connection.fetch(OFFERS_BEGUN, midnight, names))
        changed += len(await connection.fetch(COUPONS_DATED, midnight, midnight + days(_COUPON_DAYS), codes))
    return changed


async def _slots(connection: asyncpg.Connection, today: date) -> int:
    last = today + timedelta(days=frame.SLOT_DAYS - 1)
    rules = [SimpleNamespace(**row) for row in await connection.fetch(queries.ACTIVE_RULES)]
    closures = [SimpleNamespace(**row) for row in await connection.fetch(queries.CLOSURES, today, last)]
    columns = [list(column) for column in zip(*planned_slots(today, frame.SLOT_DAYS, rules, closures), strict=True)]
    return len(await connection.fetch(INSERT_SLOTS, *columns)) if columns else 0


async def _lots(connection: asyncpg.Connection, today: date, now: datetime) -> int:
    fading: dict[int, list[tuple[int, date]]] = {}
    for product_id, store, packed_on in await connection.fetch(FADING, today, len(frame.store_uris())):
        fading.setdefault(product_id, []).append((store, packed_on))
    products = list(fading)
    written = 0
    for start in range(0, len(products), _CHUNK):
        goods = await _goods(connection, products[start : start + _CHUNK])
        needed = [
            (good, stores)
            for good in goods
            if (stores := [store for store, packed in fading[good.id] if packed < packed_before(good, today, 0)])
        ]
        if not needed:
            continue
        ids = await reserve(connection, {table: most * len(needed) for table, most in _LOT_ROWS.items()})
        rng = dice("forward", today, start)
        batches: Sequence[Batch] = [
            make_batch(good, packed_before(good, today, 0), stores, ids, rng) for good, stores in needed
        ]
        book = Book(ids)
        chain.enter(batches, now, book, rng)
        written += await copy(connection, book.rows)
    return written


async def _goods(connection: asyncpg.Connection, product_ids: list[int]) -> list[Good]:
    makers = frame.makers()
    rows: dict[int, list[Any]] = {}
    for row in await connection.fetch(GOODS, product_ids):
        rows.setdefault(row["id"], []).append(row)
    return [
        Good(
            id=product_id,
            slug=own[0]["slug"],
            name=own[0]["name"],
            origin=own[0]["origin"],
            profile=profile_of(own[0]["category"], "frozen" if own[0]["storage"] == "FROZEN" else ""),
            life=own[0]["shelf_life_days"],
            min_left=own[0]["min_days_left"],
            maker=makers[own[0]["maker"]],
            articles=tuple(
                Article(row["sku_id"], row["gtin"], row["spec"], row["net_grams"], row["is_catch_weight"])
                for row in own
            ),
            published_at=own[0]["published_at"],
        )
        for product_id, own in rows.items()
    ]
