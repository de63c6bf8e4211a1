"""What can be sold at a pickup point, read without a lock: what `holds.on_sale` would find there just now."""

from collections.abc import Sequence
from datetime import datetime

from app.inventory.rules import LotOnSale
from app.kit import db
from app.kit.clock import business_day

# units held beyond their time, or by the hold that asks, are there: the next checkout lets both go first
_SELLABLE = """SELECT t.id, t.lot_id, t.sku_id, t.on_hand - t.held + freed.units, l.expires_on, p.min_days_left
FROM stock_lot t JOIN pickup_point x ON x.id = t.pickup_point_id AND x.status = 'OPEN'
JOIN sku k ON k.id = t.sku_id AND k.is_active JOIN product p ON p.id = k.product_id AND p.status = 'PUBLISHED'
JOIN lot l ON l.id = t.lot_id AND l.status = 'SELLABLE' JOIN producer f ON f.id = l.producer_id
JOIN LATERAL (SELECT coalesce(sum(h.quantity), 0)::int AS units FROM stock_hold h WHERE h.stock_lot_id = t.id
  AND h.ended_at IS NULL AND (h.expires_at <= $4 OR h.hold_id = $5)) freed ON t.on_hand - t.held + freed.units > 0
WHERE t.sku_id = ANY($1) AND t.pickup_point_id = $2 AND l.expires_on >= $3 AND f.licence_expires_on >= $3
ORDER BY t.sku_id, l.expires_on, t.id"""


async def at_point(
    sku_ids: Sequence[int], pickup_point_id: int, now: datetime, own_hold_id: int | None
) -> list[LotOnSale]:
    """The lots of these SKUs at an open point with units to sell, by SKU, those first that expire first."""
    records = await db.fetch(_SELLABLE, list(sku_ids), pickup_point_id, business_day(now), now, own_hold_id)
    return [LotOnSale(*record) for record in records]
