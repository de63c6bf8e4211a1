"""Stock kept for a checkout, lot by lot.

Whoever locks a stock lot first lets go what has been held beyond its time there, in the same transaction, and counts
after that; so nothing waits for the sweep, which only tidies. Locks are taken in the order of ids.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from app.inventory.enums import StockHoldOutcome
from app.inventory.low import lowered, tell
from app.inventory.rules import LotOnSale, Taken
from app.kit import clock
from app.kit.caller import Caller
from app.kit.db import RequestConnection

EXPIRY = "expiry"  # who lets go what was held beyond its time, as the ledger names it

_LOCK = """SELECT id FROM stock_lot WHERE pickup_point_id = ANY($1) AND sku_id = ANY($2)
ORDER BY id FOR NO KEY UPDATE"""
_LOCK_HELD = """SELECT id FROM stock_lot WHERE id IN (
  SELECT stock_lot_id FROM stock_hold WHERE hold_id = ANY($1) AND ended_at IS NULL
  UNION SELECT id FROM stock_lot WHERE pickup_point_id = $2 AND sku_id = ANY($3)) ORDER BY id FOR NO KEY UPDATE"""
_ENDING = """SELECT DISTINCT stock_lot_id FROM stock_hold WHERE ended_at IS NULL AND expires_at <= $1
ORDER BY stock_lot_id LIMIT $2"""
_LOCK_ENDING = "SELECT id FROM stock_lot WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE"
# ends lines, counts them off their lots and notes that in the ledger: one statement for any number of lines
_ENDED = """, counted AS (
  UPDATE stock_lot s SET held = s.held - g.units, on_hand = s.on_hand - g.left, updated_at = $2
  FROM (SELECT stock_lot_id, sum(quantity) AS units, sum(quantity * $3::int) AS left FROM gone GROUP BY stock_lot_id) g
  WHERE s.id = g.stock_lot_id
) INSERT INTO stock_movement (stock_lot_id, kind, on_hand_delta, held_delta, reason, caller, moved_at)
SELECT stock_lot_id, $4, -quantity * $3, -quantity, 'hold ' || hold_id, $5, $2 FROM gone"""
# Each change of a lot may change its product's row in product_availability (a trigger). A transaction that changes
# lots in several statements locks all those rows first, in the trigger's order, or two could wait for each other;
# one that changes lots once leaves that to the trigger, so that sales of one product do not wait for each other.
_TIDY = f"""WITH apart AS MATERIALIZED (
  SELECT a.id FROM product_availability a
  WHERE ($6 OR EXISTS (
    SELECT FROM stock_hold WHERE stock_lot_id = ANY($1) AND ended_at IS NULL AND expires_at <= $2
  )) AND (a.product_id, a.pickup_point_id) IN (
    SELECT k.product_id, t.pickup_point_id FROM stock_lot t JOIN sku k ON k.id = t.sku_id WHERE t.id = ANY($1)
  ) ORDER BY a.product_id, a.pickup_point_id FOR UPDATE
), gone AS (
  UPDATE stock_hold SET ended_at = $2, outcome = 'RELEASED'
  WHERE (SELECT count(*) FROM apart) >= 0 AND stock_lot_id = ANY($1) AND ended_at IS NULL AND expires_at <= $2
  RETURNING stock_lot_id, hold_id, quantity
){_ENDED}"""
_END = f"""WITH gone AS (
  UPDATE stock_hold SET ended_at = $2, outcome = $6 WHERE hold_id = ANY($1) AND ended_at IS NULL
  RETURNING stock_lot_id, hold_id, quantity
){_ENDED}"""
_END_PART = f"""WITH part AS (
  SELECT stock_hold_id, units FROM unnest($1::bigint[], $6::int[]) AS p(stock_hold_id, units)
), gone AS (
  UPDATE stock_hold h SET quantity = CASE WHEN h.quantity > p.units THEN h.quantity - p.units ELSE h.quantity END,
    ended_at = CASE WHEN h.quantity = p.units THEN $2::timestamptz END,
    outcome = CASE WHEN h.quantity = p.units THEN 'RELEASED' END
  FROM part p WHERE h.id = p.stock_hold_id AND h.ended_at IS NULL AND h.quantity >= p.units
  RETURNING h.stock_lot_id, h.hold_id, p.units AS quantity
){_ENDED} RETURNING id"""
_ON_SALE = """SELECT t.id, t.lot_id, t.sku_id, t.on_hand - t.held, l.expires_on, p.min_days_left
FROM stock_lot t JOIN pickup_point x ON x.id = t.pickup_point_id AND x.status = 'OPEN'
JOIN sku k ON k.id = t.sku_id AND k.is_active JOIN product p ON p.id = k.product_id AND p.status = 'PUBLISHED'
JOIN lot l ON l.id = t.lot_id AND l.status = 'SELLABLE' JOIN producer f ON f.id = l.producer_id
WHERE t.id = ANY($1) AND t.on_hand > t.held AND l.expires_on >= $2 AND f.licence_expires_on >= $2
ORDER BY t.sku_id, l.expires_on, t.id"""
_HOLD = f"""WITH kept AS (
  INSERT INTO stock_hold (hold_id, stock_lot_id, quantity, expires_at)
  SELECT $1, * , $4 FROM unnest($2::bigint[], $3::int[]) RETURNING stock_lot_id, quantity AS units
), counted AS (
  UPDATE stock_lot s SET held = s.held + k.units, updated_at = $5 FROM kept k WHERE s.id = k.stock_lot_id
), noted AS (
  INSERT INTO stock_movement (stock_lot_id, kind, on_hand_delta, held_delta, reason, caller, moved_at)
  SELECT stock_lot_id, 'HOLD', 0, units, 'hold ' || $1, $6, $5 FROM kept
) {lowered("kept", "$7")}"""
_KEEP = "UPDATE stock_hold SET expires_at = $2 WHERE hold_id = $1 AND ended_at IS NULL"


async def lock_skus(tx: RequestConnection, pickup_point_ids: Sequence[int], sku_ids: Sequence[int]) -> list[int]:
    """Locks every stock lot of SKUs at points; the lots, by id. What is held there beyond its time is let go.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    locked = [record["id"] for record in await tx.fetch(_LOCK, list(pickup_point_ids), list(sku_ids))]
    await _tidy(tx, locked)
    return locked


async def on_sale(tx: RequestConnection, sku_ids: Sequence[int], pickup_point_id: int, today: date) -> list[LotOnSale]:
    """What can be sold of these SKUs at an open point, by SKU, those first that expire first; locked until the end.

    Raises:
        NoTransactionError: outside a transaction.
    """
    locked = await lock_skus(tx, [pickup_point_id], sku_ids)
    return [LotOnSale(*record) for record in await tx.fetch(_ON_SALE, locked, today)]


async def hold(
    tx: RequestConnection, caller: Caller, hold_id: int, taken: Sequence[Taken], expires_at: datetime | None
) -> None:
    """Keeps these units, of lots that `on_sale` has locked in this transaction, each lot named once.

    Partners hear StockLow of what runs low by it.

    Raises:
        asyncpg.CheckViolationError: more than there is; `on_sale` told.
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    lots, units = [each.stock_lot_id for each in taken], [each.quantity for each in taken]
    given = (hold_id, lots, units, expires_at, clock.now(), str(caller), clock.today())
    await tell(tx, await tx.fetch(_HOLD, *given))


async def lock(
    tx: RequestConnection, hold_ids: Sequence[int], pickup_point_id: int | None = None, sku_ids: Sequence[int] = ()
) -> None:
    """Locks the stock lots of the live lines of these holds, and those of SKUs at a point, all in one order.

    What has been held there beyond its time is let go.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    locked = await tx.fetch(_LOCK_HELD, list(hold_ids), pickup_point_id, list(sku_ids))
    await _tidy(tx, [record["id"] for record in locked], is_first=bool(hold_ids and sku_ids))


async def keep(tx: RequestConnection, hold_id: int, until: datetime | None) -> int:
    """Gives the live lines of a hold, locked before, another end (None: an order has taken them); how many live."""
    tx.require_transaction()
    return _number(await tx.execute(_KEEP, hold_id, until))


async def release(tx: RequestConnection, caller: Caller, hold_ids: Sequence[int]) -> None:
    """Puts the units of holds, locked before, back on sale."""
    await _end(tx, caller, hold_ids, StockHoldOutcome.RELEASED, "RELEASE", leaving=0)


async def release_units(tx: RequestConnection, caller: Caller, parts: Sequence[tuple[int, int]]) -> None:
    """Puts some units of lines of holds, locked before, back on sale: (stock hold id, units), each line named once.

    Raises:
        ValueError: a line is over, or has fewer units.
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    lines, units = [line for line, _ in parts], [units for _, units in parts]
    moved = await tx.fetch(_END_PART, lines, clock.now(), 0, "RELEASE", str(caller), units)
    if len(moved) != len(parts):
        raise ValueError("fewer units are held")


async def sell(tx: RequestConnection, caller: Caller, hold_ids: Sequence[int]) -> None:
    """The units of holds, locked before, leave with the customer."""
    await _end(tx, caller, hold_ids, StockHoldOutcome.SOLD, "SELL", leaving=1)


async def sweep(tx: RequestConnection, most: int) -> int:
    """Lets go what is held beyond its time at no more than `most` stock lots; at how many it was.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    ending = [record["stock_lot_id"] for record in await tx.fetch(_ENDING, clock.now(), most)]
    await tx.fetch(_LOCK_ENDING, ending)
    await _tidy(tx, ending)
    return len(ending)


async def _tidy(tx: RequestConnection, stock_lot_ids: list[int], *, is_first: bool = False) -> None:
    """Of lots that are locked. `is_first`: other statements of this transaction are going to change them too."""
    await tx.execute(_TIDY, stock_lot_ids, clock.now(), 0, "RELEASE", EXPIRY, is_first)


async def _end(
    tx: RequestConnection,
    caller: Caller,
    hold_ids: Sequence[int],
    outcome: StockHoldOutcome,
    kind: str,
    *,
    leaving: int,
) -> None:
    tx.require_transaction()
    await tx.execute(_END, list(hold_ids), clock.now(), leaving, kind, str(caller), outcome.value)


def _number(status: Any) -> int:
    """How many rows a statement changed: the last word of its status."""
    return int(str(status).rpartition(" ")[2])
