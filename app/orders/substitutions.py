"""Something else for what cannot be packed: offered by a clerk, answered by the customer, or over by itself.

A substitute costs no more, one unit for one, and stands under a hold of its own from the offer on.
"""

from datetime import timedelta
from typing import Any, NamedTuple

from app.holds import service as holds
from app.inventory import holds as stock
from app.inventory.rules import Taken, allocate, check_reason
from app.kit import clock, db
from app.kit.caller import MACHINE, Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.idempotency import Reference, once
from app.kit.rows import select
from app.orders import desk, queries, refunds, rules
from app.orders.enums import OrderStatus, RefundReason, ShortCause, SubstitutionState
from app.orders.errors import (
    InsufficientStock,
    OrderNotMovable,
    SubstituteDearer,
    SubstituteNotPossible,
    SubstitutionNotFound,
    SubstitutionOver,
)
from app.orders.live import order_changed
from app.orders.messages import service as messages
from app.orders.messages.enums import MessageTemplate
from app.orders.models import Order, OrderLine, Substitution
from app.orders.picking import Missing, require_left
from app.orders.refunds import Part
from app.orders.shorts import Loss, cancelled_if_empty, take_off
from app.pickup.queries import slots_by_ids

ANSWER_WITHIN = timedelta(minutes=30)
BATCH = 50

_PRICE = """SELECT k.price_fen FROM sku k JOIN product p ON p.id = k.product_id
WHERE k.id = $1 AND k.is_active AND NOT k.is_catch_weight AND p.status = 'PUBLISHED'"""
_OFFER = """INSERT INTO substitution (order_line_id, sku_id, hold_id, quantity, unit_price_fen, state, writes_off,
  reason, offered_at, answer_by)
VALUES ($1, $2, $3, $4, $5, 'OFFERED', $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING id"""
_ANSWERED = "UPDATE substitution SET state = $2, answered_at = $3 WHERE id = $1"
_BY_ID = f"SELECT {select(Substitution, 's')} FROM substitution s WHERE s.id = $1"
_LOTS = """INSERT INTO order_line_lot (order_line_id, stock_hold_id, lot_id, quantity)
SELECT $1, h.id, t.lot_id, h.quantity FROM stock_hold h JOIN stock_lot t ON t.id = h.stock_lot_id
WHERE h.hold_id = $2 AND h.ended_at IS NULL"""
_LATE = "SELECT id FROM substitution WHERE state = 'OFFERED' AND answer_by <= $1 ORDER BY answer_by, id LIMIT $2"


class _Open(NamedTuple):
    """A substitute with the line it is offered for and its order, which is locked."""

    order: Order
    line: OrderLine
    offered: Substitution


async def offer(caller: Caller, *, idempotency_key: str, missing: Missing, sku_id: int) -> Order:
    """The order, to whose customer units of a SKU were offered for as many missing, to answer within ANSWER_WITHIN.

    Raises:
        BadInput: the reason.
        Refused: OrderNotFound, OrderNotMovable, LineUnitsExceeded, SubstituteNotPossible, SubstituteDearer,
            InsufficientStock, RefundsExhausted, IdempotencyKeyReused.
        Forbidden: the caller is no member of staff.
    """
    why, quantity = check_reason(missing.reason), missing.quantity
    async with db.transaction() as tx:

        async def act() -> Reference:
            order, line = await desk.lock_by_line(tx, caller, missing.line_id)
            await require_left(line, quantity)
            await refunds.require_one_left(order)
            price_fen = await _price(line, sku_id)
            now = clock.now()
            hold_id = await _hold(tx, caller, order, {sku_id: quantity})
            given = (line.id, sku_id, hold_id, quantity, price_fen, missing.writes_off, why, now, now + ANSWER_WITHIN)
            made = await tx.fetch(_OFFER, *given)
            if not made:
                raise Refused(SubstituteNotPossible())  # another one is open for this line
            after = {"line": line.id, "sku": sku_id, "quantity": quantity, "substitution": made[0]["id"]}
            await desk.note(tx, caller, "offer substitute", order, after=after)
            await messages.tell(tx, order, MessageTemplate.SUBSTITUTION_OFFER, int(made[0]["id"]))
            order_changed(tx, order)
            return Reference("Order", order.id)

        asked = (missing, sku_id)
        done = await once(tx, caller=caller, operation="offerSubstitution", key=idempotency_key, input=asked, act=act)
    return (await queries.by_ids([done.key]))[0]


async def answer(caller: Caller, customer_id: int, substitution_id: int, *, accepts: bool) -> Order:
    """The order, whose customer took the substitute or did not; the same answer again changes nothing.

    Taken: what it costs less goes back. Not taken: what was paid for the units goes back, and with the last unit of
    the order it is cancelled.

    Raises:
        Refused: SubstitutionNotFound: it was not offered to her; SubstitutionOver: answered otherwise, or too late.
    """
    wanted = SubstitutionState.ACCEPTED if accepts else SubstitutionState.DECLINED
    async with db.transaction() as tx:
        found = await _lock(tx, substitution_id)
        order, _, offered = found
        if order.customer_id != customer_id:
            raise Refused(SubstitutionNotFound())
        if offered.state is wanted:
            return order
        if offered.state is not SubstitutionState.OFFERED:
            raise Refused(SubstitutionOver(offered.state))
        if clock.now() >= offered.answer_by:
            raise Refused(SubstitutionOver(SubstitutionState.LAPSED))
        await _end(tx, caller, found, wanted)
    return (await queries.by_ids([order.id]))[0]


async def lapse(_: dict[str, Any]) -> None:
    """The job that takes offers nobody answered in time as declined; harmless to repeat."""
    for record in await db.fetch(_LATE, clock.now(), BATCH):
        async with db.transaction() as tx:
            found = await _lock(tx, record["id"])
            if found.offered.state is SubstitutionState.OFFERED:
                await _end(tx, MACHINE, found, SubstitutionState.LAPSED)


async def _price(line: OrderLine, sku_id: int) -> int:
    found = await db.fetch(_PRICE, sku_id)
    if not found or sku_id == line.sku_id:
        raise Refused(SubstituteNotPossible())
    price_fen = int(found[0]["price_fen"])
    if price_fen > line.unit_price_fen:
        raise Refused(SubstituteDearer(line.unit_price_fen))
    return price_fen


async def _hold(tx: RequestConnection, caller: Caller, order: Order, units: dict[int, int]) -> int:
    """Keeps units for an order under a new hold, first expired first, as good on its day as what was promised."""
    now, today = clock.now(), clock.today()
    slot = (await slots_by_ids([order.pickup_slot_id], now))[0]
    lots = await stock.on_sale(tx, sorted(units), order.pickup_point_id, today)
    taken, short = allocate(units, lots, clock.business_day(slot.starts_at), today)
    if short:
        raise Refused(InsufficientStock(tuple(short)))
    hold_id = await holds.beside(tx, order.hold_id)
    by_lot: list[Taken] = sorted(taken, key=lambda each: each.stock_lot_id)
    await stock.hold(tx, caller, hold_id, by_lot, None)
    return hold_id


async def _lock(tx: RequestConnection, substitution_id: int) -> _Open:
    found = await db.rows(Substitution, _BY_ID, substitution_id)
    if not found:
        raise Refused(SubstitutionNotFound())
    line = (await queries.lines_by_id([found[0].order_line_id]))[0]
    order = await queries.lock(tx, line.order_id)
    line = (await queries.lines_by_id([line.id]))[0]  # both again, as nobody else changes them now
    return _Open(order, line, (await db.rows(Substitution, _BY_ID, substitution_id))[0])


async def _end(tx: RequestConnection, caller: Caller, found: _Open, state: SubstitutionState) -> None:
    order, line, offered = found
    if order.status is not OrderStatus.PICKING:
        raise Refused(OrderNotMovable(order.status))  # unreachable: an order with an open offer is not moved on
    accepted = state is SubstitutionState.ACCEPTED
    await stock.lock(tx, [order.hold_id, offered.hold_id], order.pickup_point_id, sorted({line.sku_id, offered.sku_id}))
    await tx.execute(_ANSWERED, offered.id, state.value, clock.now())
    if accepted:
        await tx.execute(_LOTS, line.id, offered.hold_id)
    else:
        await stock.release(tx, caller, [offered.hold_id])
    cause = ShortCause.SUBSTITUTION if accepted else ShortCause.SHORT_PICK
    loss = Loss(cause, offered.writes_off, offered.reason)
    parts = await take_off(tx, caller, order, [(line, offered.quantity)], loss)
    if await cancelled_if_empty(tx, caller, order, loss):
        return
    if accepted:
        back = rules.substitution_refund(parts[0].amount_fen, line.unit_price_fen, offered.unit_price_fen)
        await refunds.grant(tx, order, [Part(line.id, back)], RefundReason.SUBSTITUTION, f"substitution:{offered.id}")
    else:
        await refunds.grant(tx, order, parts, RefundReason.SHORT_PICK, f"substitution:{offered.id}")
