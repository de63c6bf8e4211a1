"""Units of an order that its customer does not get: taken off their lots for good, and what they cost told."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.inventory import holds as stock
from app.inventory.enums import MovementKind
from app.inventory.movements import move as move_stock
from app.kit import clock
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.orders import ending, rules
from app.orders.enums import CancelReason, ShortCause
from app.orders.live import order_changed
from app.orders.models import Order, OrderLine
from app.orders.refunds import Part

# the units of lines that are not gone yet, by lot; those that expire last first
_BY_LOT = """SELECT t.order_line_id, t.stock_hold_id, h.stock_lot_id, t.lot_id,
  (t.quantity - coalesce((SELECT sum(s.quantity) FROM order_line_short s
    WHERE s.order_line_id = t.order_line_id AND s.stock_hold_id = t.stock_hold_id), 0))::int AS units
FROM order_line_lot t JOIN stock_hold h ON h.id = t.stock_hold_id JOIN lot l ON l.id = t.lot_id
WHERE t.order_line_id = ANY($1) AND h.hold_id = $2 ORDER BY t.order_line_id, l.expires_on DESC, t.id DESC"""
_NOTE = """INSERT INTO order_line_short (order_line_id, stock_hold_id, lot_id, quantity, cause, is_written_off, reason,
  caller, happened_at)
SELECT p.line, p.hold, p.lot, p.units, $5, $6, $7, $8, $9
FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[]) AS p(line, hold, lot, units)"""
_COUNT = """UPDATE order_line l SET short_quantity = l.short_quantity + p.units, weighed_grams = NULL, packed_at = NULL
FROM unnest($1::bigint[], $2::int[]) AS p(id, units) WHERE l.id = p.id"""
_ANYTHING = """SELECT 1 FROM order_line l WHERE l.order_id = $1 AND (l.quantity > l.short_quantity
  OR EXISTS (SELECT FROM substitution s WHERE s.order_line_id = l.id AND s.state IN ('OFFERED', 'ACCEPTED'))) LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Loss:
    """Why units are taken off, and whether they are written off or can be sold to somebody else.

    `ends_as`: what an order is cancelled for of which nothing is left then.
    """

    cause: ShortCause
    writes_off: bool
    reason: str | None
    ends_as: CancelReason = CancelReason.OUT_OF_STOCK


class _Piece(NamedTuple):
    line_id: int
    stock_hold_id: int
    stock_lot_id: int
    lot_id: int
    units: int


async def take_off(
    tx: RequestConnection, caller: Caller, order: Order, gone: Sequence[tuple[OrderLine, int]], loss: Loss
) -> list[Part]:
    """Takes units off lines of a locked order, each line named once; what was paid for them, by line.

    The lots of the order and of the lines' SKUs are locked (`app.inventory.holds.lock`). Units of the lots that expire
    last go first, so that what is handed out expires first. What was weighed or packed of a line is to be weighed anew.

    Raises:
        ValueError: a line has fewer units.
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    units = {line.id: quantity for line, quantity in gone}
    found = await tx.fetch(_BY_LOT, list(units), order.hold_id)
    pieces = list(_draw(units, [_Piece(*record) for record in found]))
    by_hold: Counter[int] = Counter()
    by_stock_lot: Counter[int] = Counter()
    for piece in pieces:
        by_hold[piece.stock_hold_id] += piece.units
        by_stock_lot[piece.stock_lot_id] += piece.units
    await stock.release_units(tx, caller, list(by_hold.items()))
    if loss.writes_off:
        lost = [(stock_lot, -number) for stock_lot, number in by_stock_lot.items()]
        await move_stock(tx, caller, MovementKind.WRITE_OFF, lost, f"order {order.id}")
    await tx.execute(
        _NOTE,
        [piece.line_id for piece in pieces],
        [piece.stock_hold_id for piece in pieces],
        [piece.lot_id for piece in pieces],
        [piece.units for piece in pieces],
        loss.cause.value,
        loss.writes_off,
        loss.reason,
        str(caller),
        clock.now(),
    )
    await tx.execute(_COUNT, list(units), list(units.values()))
    order_changed(tx, order)
    return [
        Part(line.id, rules.share_of_next(line.total_fen, line.quantity, line.short_quantity, quantity))
        for line, quantity in gone
    ]


async def cancelled_if_empty(tx: RequestConnection, caller: Caller, order: Order, loss: Loss) -> bool:
    """Cancels a locked order of which nothing is left to hand out; whether it did. Before its refunds are granted.

    The payment is locked last (app.orders.resources), so whoever grants asks this first.
    """
    if await tx.fetch(_ANYTHING, order.id):
        return False
    await ending.cancel(tx, caller, order, loss.ends_as, loss.reason)
    return True


def _draw(units: dict[int, int], lots: Sequence[_Piece]) -> Iterator[_Piece]:
    """So many units of each line off its lots, in their order."""
    of_line: defaultdict[int, list[_Piece]] = defaultdict(list)
    for lot in lots:
        of_line[lot.line_id].append(lot)
    for line_id, wanted in units.items():
        left = wanted
        for lot in of_line[line_id]:
            if drawn := min(left, lot.units):
                left -= drawn
                yield lot._replace(units=drawn)
        if left:
            raise ValueError("the line has fewer units")
