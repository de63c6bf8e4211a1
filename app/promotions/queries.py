"""Reads of what SKUs cost: with the offer that is live, for anybody on the shelf, and for one customer in a cart.

Units of an offer held beyond their time are free already: who locks the offer next lets them go.
"""

from collections.abc import Sequence
from datetime import datetime

import asyncpg

from app.catalog.list_price import ASKED_BEFORE, PRICE_BEGAN
from app.catalog.models import Sku
from app.kit import db
from app.kit.rows import select
from app.promotions.price import Item, OfferTerms

_SKU = select(Sku, "s")
_FREED = """(SELECT coalesce(sum(h.quantity), 0)::int FROM offer_hold h
    WHERE h.offer_id = o.id AND h.released_at IS NULL AND h.expires_at <= $2)"""
_OFFER = f"""o.name AS offer_name, o.price_fen AS offer_price_fen, o.ends_at AS offer_ends_at,
  CASE WHEN o.quota IS NOT NULL THEN o.quota - o.sold + {_FREED} END AS offer_remaining"""
# read only where something may be crossed out
_LOWEST_BEFORE = f"""CASE WHEN o.price_fen < s.price_fen OR s.list_price_fen IS NOT NULL THEN (
  SELECT min(asked.price_fen) FROM (SELECT COALESCE(
    CASE WHEN o.price_fen < s.price_fen THEN o.starts_at END,
    {PRICE_BEGAN}
  ) AS at) AS began CROSS JOIN LATERAL ({ASKED_BEFORE}) AS asked) END AS lowest_before_fen"""
# offers of a SKU do not overlap, so at most one is live
_LIVE_OFFER = f"""LEFT JOIN offer o ON o.sku_id = s.id AND o.is_active
  AND o.starts_at <= $2 AND o.ends_at > $2 AND (o.quota IS NULL OR o.sold < o.quota OR {_FREED} > 0)"""
_SKUS_BY_ID = f"""SELECT {_SKU}, {_OFFER}, {_LOWEST_BEFORE}
FROM sku s JOIN product p ON p.id = s.product_id AND p.status = 'PUBLISHED'
{_LIVE_OFFER} WHERE s.id = ANY($1)"""
_SKUS_BY_PRODUCT = f"""SELECT {_SKU}, {_OFFER}, {_LOWEST_BEFORE} FROM sku s {_LIVE_OFFER}
WHERE s.product_id = ANY($1) AND s.is_active ORDER BY s.product_id, s.position"""
# what a customer's own hold keeps is still hers to have: her next checkout lets the hold go first
_ITEMS = f"""SELECT s.id, s.product_id, s.max_per_order, s.price_fen, s.list_price_fen,
  o.id AS offer_id, o.price_fen AS offer_price_fen, o.units AS offer_units, {_LOWEST_BEFORE},
  ARRAY(WITH RECURSIVE above AS (
    SELECT id, parent_id FROM category WHERE id = p.category_id
    UNION SELECT up.id, up.parent_id FROM category up JOIN above ON up.id = above.parent_id
  ) SELECT id FROM above) AS category_ids
FROM sku s JOIN product p ON p.id = s.product_id AND p.status = 'PUBLISHED'
LEFT JOIN LATERAL (
  SELECT e.id, e.price_fen, e.starts_at, least(
    e.quota - e.sold + (SELECT coalesce(sum(h.quantity), 0) FROM offer_hold h WHERE h.offer_id = e.id
      AND h.released_at IS NULL AND (h.expires_at <= $2 OR h.hold_id = own.id)),
    e.per_customer_limit - (SELECT coalesce(sum(h.quantity), 0) FROM offer_hold h JOIN hold b ON b.id = h.hold_id
      WHERE h.offer_id = e.id AND b.customer_id = $3 AND h.released_at IS NULL
      AND (h.expires_at IS NULL OR h.expires_at > $2) AND h.hold_id IS DISTINCT FROM own.id))::int AS units
  FROM offer e LEFT JOIN hold own ON own.customer_id = $3 AND own.ended_at IS NULL
  WHERE e.sku_id = s.id AND e.is_active AND e.starts_at <= $2 AND e.ends_at > $2
) o ON o.units IS NULL OR o.units > 0
WHERE s.id = ANY($1) AND s.is_active"""


async def skus_by_id(ids: list[int], now: datetime) -> list[Sku]:
    """The SKUs of published products with these ids, each with the offer live at `now`, in no order."""
    return await db.rows(Sku, _SKUS_BY_ID, ids, now)


async def skus_by_product(product_ids: list[int], now: datetime) -> list[Sku]:
    """The active SKUs of these products, each product's by position, with the offer live at `now`."""
    return await db.rows(Sku, _SKUS_BY_PRODUCT, product_ids, now)


async def items(sku_ids: Sequence[int], now: datetime, customer_id: int | None) -> dict[int, tuple[Item, int]]:
    """One unit of each of these SKUs that is sold, for this customer (None: a visitor), and how many fit into an order.

    By SKU. What her own open hold keeps of an offer counts as there.
    """
    records = await db.fetch(_ITEMS, list(sku_ids), now, customer_id)
    return {record["id"]: (_item(record), record["max_per_order"]) for record in records}


def _item(record: asyncpg.Record) -> Item:
    offer = None
    if record["offer_id"] is not None:
        offer = OfferTerms(record["offer_id"], record["offer_price_fen"], record["offer_units"])
    return Item(
        sku_id=record["id"],
        product_id=record["product_id"],
        category_ids=frozenset(record["category_ids"]),
        quantity=1,
        price_fen=record["price_fen"],
        list_price_fen=record["list_price_fen"],
        lowest_before_fen=record["lowest_before_fen"],
        offer=offer,
    )
