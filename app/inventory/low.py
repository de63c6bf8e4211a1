"""Telling partners once that a SKU runs low at a point: when what can be sold of it falls to LOW_STOCK, not after."""

from collections.abc import Iterable
from typing import Any

from app.inventory.rules import LOW_STOCK
from app.kit import ids
from app.kit.db import RequestConnection
from app.partners import events
from app.partners.enums import PartnerEventType

SELLABLE = """JOIN lot l ON l.id = t.lot_id AND l.status = 'SELLABLE'
JOIN producer f ON f.id = l.producer_id"""


def lowered(fewer: str, today: str) -> str:
    """The end of a statement that takes units away: a SELECT of (point, SKU, units left) where that makes them low.

    `fewer` names a CTE of it with (stock_lot_id, units); `today` is a parameter. It sees stock as it was before the
    statement, so the caller has locked every stock lot of these SKUs at these points: then of two that take units
    away one sees what the other left, and exactly one of them tells.
    """
    return f"""SELECT t.pickup_point_id, t.sku_id, (sum(t.on_hand - t.held) - sum(coalesce(c.units, 0)))::int
FROM stock_lot t LEFT JOIN {fewer} c ON c.stock_lot_id = t.id {SELLABLE}
WHERE (t.pickup_point_id, t.sku_id) IN (
  SELECT o.pickup_point_id, o.sku_id FROM {fewer} n JOIN stock_lot o ON o.id = n.stock_lot_id
) AND l.expires_on >= {today} AND f.licence_expires_on >= {today}
GROUP BY t.pickup_point_id, t.sku_id
HAVING sum(t.on_hand - t.held) > {LOW_STOCK} AND sum(t.on_hand - t.held) - sum(coalesce(c.units, 0)) <= {LOW_STOCK}
ORDER BY t.pickup_point_id, t.sku_id"""


async def tell(tx: RequestConnection, low: Iterable[Any]) -> None:
    """Emits StockLow for each (point, SKU, units left).

    Raises:
        NoTransactionError: outside a transaction.
    """
    for point_id, sku_id, left in low:
        told = {"sku": ids.encode("Sku", sku_id), "pickupPoint": ids.encode("PickupPoint", point_id), "available": left}
        await events.emit(tx, PartnerEventType.STOCK_LOW, told)
