"""Jobs of the inventory."""

from datetime import timedelta
from typing import Any

import structlog

from app.inventory.low import SELLABLE, tell
from app.inventory.rules import LOW_STOCK
from app.kit import clock, db

_log = structlog.get_logger("inventory")

# Nobody writes when a day ends: what ran low because lots of it were sold until yesterday is told here. What had run
# low before that was told then.
_LOWERED = f"""WITH left_over AS (
  SELECT t.pickup_point_id, t.sku_id, sum(t.on_hand - t.held) AS before,
    coalesce(sum(t.on_hand - t.held) FILTER (
      WHERE l.expires_on >= $2 AND f.licence_expires_on >= $2), 0) AS units
  FROM stock_lot t {SELLABLE}
  WHERE t.on_hand > t.held AND l.expires_on >= $1 AND f.licence_expires_on >= $1
  GROUP BY t.pickup_point_id, t.sku_id
) SELECT pickup_point_id, sku_id, units::int FROM left_over
WHERE before > {LOW_STOCK} AND units <= {LOW_STOCK} ORDER BY pickup_point_id, sku_id"""
_EXPIRED = """SELECT t.pickup_point_id, count(*) AS lots, sum(t.on_hand) AS units
FROM stock_lot t JOIN lot l ON l.id = t.lot_id WHERE t.on_hand > 0 AND l.expires_on < $1
GROUP BY t.pickup_point_id ORDER BY t.pickup_point_id"""


async def end_day(_: dict[str, Any]) -> None:
    """Tells partners what ran low at midnight, and the log how much at each point waits to be written off; daily.

    No lot is touched: what is over is not on sale, because everything that sells compares days. Run again on the same
    day it tells partners again.
    """
    today = clock.today()
    async with db.transaction() as tx:
        await tell(tx, await tx.fetch(_LOWERED, today - timedelta(days=1), today))
        expired = await tx.fetch(_EXPIRED, today)
    for point_id, lots, units in expired:
        _log.warning("expired stock to be written off", pickup_point_id=point_id, lots=lots, units=units)
