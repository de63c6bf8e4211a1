"""Changes of what stands at a point: counted and noted in one statement, and told where a SKU runs low by them."""

from collections.abc import Sequence

from app.inventory.enums import MovementKind
from app.inventory.low import lowered, tell
from app.kit import clock
from app.kit.caller import Caller
from app.kit.db import RequestConnection

_MOVE = f"""WITH moved AS (
  SELECT stock_lot_id, delta, -delta AS units FROM unnest($1::bigint[], $2::int[]) AS given(stock_lot_id, delta)
), counted AS (
  UPDATE stock_lot s SET on_hand = s.on_hand + m.delta, updated_at = $5 FROM moved m WHERE s.id = m.stock_lot_id
), noted AS (
  INSERT INTO stock_movement (stock_lot_id, kind, on_hand_delta, held_delta, reason, caller, moved_at)
  SELECT stock_lot_id, $3, delta, 0, $4, $6, $5 FROM moved
) {lowered("moved", "$7")}"""


async def move(
    tx: RequestConnection, caller: Caller, kind: MovementKind, deltas: Sequence[tuple[int, int]], reason: str | None
) -> None:
    """Changes how many units stand in stock lots, given as (stock lot id, more or fewer than before, not 0).

    Every stock lot of their SKUs at their points is locked (`holds.lock_skus`). Partners hear StockLow of what runs
    low by it.

    Raises:
        asyncpg.CheckViolationError: fewer than are held would be left.
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    lots, units = [lot for lot, _ in deltas], [units for _, units in deltas]
    low = await tx.fetch(_MOVE, lots, units, kind.value, reason, clock.now(), str(caller), clock.today())
    await tell(tx, low)
