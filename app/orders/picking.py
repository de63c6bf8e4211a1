"""An order is packed: begun, weighed, what is missing taken off, and ready. By clerks of its own point."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.inventory import holds as stock
from app.inventory.rules import check_reason
from app.kit import clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import BadInput, Refused
from app.kit.idempotency import Reference, once
from app.orders import desk, queries, refunds, rules
from app.orders.enums import CancelReason, OrderStatus, RefundReason, ShortCause, SubstitutionState
from app.orders.errors import LinesNotReady, LineUnitsExceeded, NotSoldByWeight, OrderNotFound, OrderNotMovable
from app.orders.live import order_changed
from app.orders.messages import service as messages
from app.orders.messages.enums import MessageTemplate
from app.orders.models import Order, OrderLine, Substitution
from app.orders.moves import move
from app.orders.refunds import Part
from app.orders.shorts import Loss, cancelled_if_empty, take_off

MOST_GRAMS = 200_000
MOST_LINES = 100

_WEIGH = "UPDATE order_line SET weighed_grams = $2, packed_at = $3 WHERE id = $1"
_PACK = """UPDATE order_line SET packed_at = coalesce(packed_at, $2)
WHERE order_id = $1 AND quantity > short_quantity"""


@dataclass(frozen=True, slots=True)
class Missing:
    """Units of a line that cannot be packed: they are written off, or go back on sale."""

    line_id: int
    quantity: int
    writes_off: bool
    reason: str


async def start(caller: Caller, order_id: int) -> Order:
    """A paid order that is being picked from now on; begun before, nothing changes.

    Raises:
        Refused: OrderNotFound: none at a point she serves; OrderNotMovable: it is not paid, packed or over.
        Forbidden: the caller is no member of staff.
    """
    async with db.transaction() as tx:
        order = await desk.lock(tx, caller, order_id)
        if order.status is not OrderStatus.PICKING:
            before = order.status
            await move(tx, caller, order, OrderStatus.PICKING)
            await desk.note(
                tx, caller, "start picking", order, before={"status": before}, after={"status": order.status}
            )
    return order


async def record_weight(caller: Caller, line_id: int, grams: int) -> Order:
    """The order, of which what is left of a line weighs so much. Weighing again before it is ready corrects it.

    What the weight changes of the price goes back when the order is ready; more weight costs nothing.

    Raises:
        BadInput: no such weight.
        Refused: OrderNotFound, OrderNotMovable, NotSoldByWeight, LineUnitsExceeded: nothing is left of the line.
        Forbidden: the caller is no member of staff.
    """
    if not 1 <= grams <= MOST_GRAMS:
        raise BadInput(f"grams must be from 1 to {MOST_GRAMS}")
    async with db.transaction() as tx:
        order, line = await desk.lock_by_line(tx, caller, line_id)
        if line.nominal_grams is None:
            raise Refused(NotSoldByWeight())
        if line.short_quantity == line.quantity:
            raise Refused(LineUnitsExceeded(0))
        if line.weighed_grams != grams:
            await tx.execute(_WEIGH, line.id, grams, clock.now())
            before, after = {"line": line.id, "grams": line.weighed_grams}, {"line": line.id, "grams": grams}
            await desk.note(tx, caller, "weigh", order, before=before, after=after)
            order_changed(tx, order)
    return order


async def short_pick(caller: Caller, *, idempotency_key: str, missing: Missing) -> Order:
    """The order without units of a line that cannot be packed: what was paid for them goes back.

    With the last unit of the order it is cancelled.

    Raises:
        BadInput: the reason.
        Refused: OrderNotFound, OrderNotMovable, LineUnitsExceeded, RefundsExhausted, IdempotencyKeyReused.
        Forbidden: the caller is no member of staff.
    """
    loss = Loss(ShortCause.SHORT_PICK, missing.writes_off, check_reason(missing.reason))
    async with db.transaction() as tx:

        async def act() -> Reference:
            order, line = await desk.lock_by_line(tx, caller, missing.line_id)
            await require_left(line, missing.quantity)
            await refunds.require_one_left(order)
            await _take(tx, caller, order, [(line, missing.quantity)], loss)
            return Reference("Order", order.id)

        done = await once(tx, caller=caller, operation="shortPick", key=idempotency_key, input=missing, act=act)
    return (await queries.by_ids([done.key]))[0]


async def cancel_lines(
    caller: Caller, *, idempotency_key: str, order_id: int, lines: Sequence[tuple[int, int]], reason: CancelReason
) -> Order:
    """The order without so many units of these lines, as (line id, units), which are on sale again.

    What was paid for them goes back. Possible until it is packed. With the last unit of the order it is cancelled.

    Raises:
        BadInput: no line, too many, or one of them twice.
        Refused: OrderNotFound: also a line of another order; OrderNotMovable, LineUnitsExceeded,
            RefundsExhausted, IdempotencyKeyReused.
        Forbidden: the caller is no member of staff.
    """
    loss = Loss(ShortCause.CANCELLATION, writes_off=False, reason=None, ends_as=reason)
    if not 1 <= len(lines) <= MOST_LINES or len({line_id for line_id, _ in lines}) < len(lines):
        raise BadInput(f"name 1 to {MOST_LINES} lines, each once")
    async with db.transaction() as tx:

        async def act() -> Reference:
            order = await desk.lock(tx, caller, order_id)
            if order.status not in {OrderStatus.PAID, OrderStatus.PICKING}:
                raise Refused(OrderNotMovable(order.status))
            known = {line.id: line for line in await queries.lines_by_order([order.id])}
            if any(line_id not in known for line_id, _ in lines):
                raise Refused(OrderNotFound())
            gone = [(known[line_id], quantity) for line_id, quantity in sorted(lines)]
            offered = await _offered(list(known))
            for line, quantity in gone:
                _require(line, quantity, offered.get(line.id))
            await refunds.require_one_left(order)
            await _take(tx, caller, order, gone, loss)
            return Reference("Order", order.id)

        given = (order_id, list(lines), reason)
        done = await once(tx, caller=caller, operation="cancelOrderLines", key=idempotency_key, input=given, act=act)
    return (await queries.by_ids([done.key]))[0]


async def mark_ready(caller: Caller, order_id: int) -> Order:
    """An order that waits for its customer; marked before, nothing changes. What weighing changed goes back now.

    Raises:
        Refused: OrderNotFound, OrderNotMovable, LinesNotReady: to be weighed, or waiting for the customer's answer.
        Forbidden: the caller is no member of staff.
    """
    async with db.transaction() as tx:
        order = await desk.lock(tx, caller, order_id)
        if order.status is OrderStatus.READY:
            return order
        if order.status is not OrderStatus.PICKING:
            raise Refused(OrderNotMovable(order.status))
        lines = await queries.lines_by_order([order.id])
        offered = await _offered([line.id for line in lines])
        if late := tuple(line.id for line in lines if line.id in offered or _is_unweighed(line)):
            raise Refused(LinesNotReady(late))
        await tx.execute(_PACK, order.id, clock.now())
        await move(tx, caller, order, OrderStatus.READY)
        await desk.note(
            tx, caller, "mark ready", order, before={"status": OrderStatus.PICKING}, after={"status": order.status}
        )
        await messages.tell(tx, order, MessageTemplate.ORDER_READY)
        await refunds.grant(tx, order, _by_weight(lines), RefundReason.WEIGHT, "weight")
    return (await queries.by_ids([order_id]))[0]


async def require_left(line: OrderLine, quantity: int) -> None:
    """Lets through who wants to decide about so many units of a line of a locked order.

    Raises:
        Refused: LineUnitsExceeded: it has fewer, those not counted that wait for the customer's answer.
    """
    _require(line, quantity, (await _offered([line.id])).get(line.id))


async def _take(
    tx: RequestConnection, caller: Caller, order: Order, gone: Sequence[tuple[OrderLine, int]], loss: Loss
) -> None:
    await stock.lock(tx, [order.hold_id], order.pickup_point_id, sorted({line.sku_id for line, _ in gone}))
    parts = await take_off(tx, caller, order, gone, loss)
    lost = {str(line.id): quantity for line, quantity in gone}
    after = {"units": lost, "written_off": loss.writes_off, "reason": loss.reason}
    await desk.note(tx, caller, loss.cause.lower().replace("_", " "), order, after=after)
    if await cancelled_if_empty(tx, caller, order, loss):
        return
    why = RefundReason.SHORT_PICK if loss.cause is ShortCause.SHORT_PICK else RefundReason.CANCELLATION
    line, quantity = gone[0]
    await refunds.grant(tx, order, parts, why, f"short:{line.id}:{line.short_quantity + quantity}")


async def _offered(line_ids: list[int]) -> dict[int, Substitution]:
    found = await queries.substitutions_by_line(line_ids)
    return {each.order_line_id: each for each in found if each.state is SubstitutionState.OFFERED}


def _require(line: OrderLine, quantity: int, offered: Substitution | None) -> None:
    left = line.quantity - line.short_quantity - (offered.quantity if offered else 0)
    if not 1 <= quantity <= left:
        raise Refused(LineUnitsExceeded(left))


def _is_unweighed(line: OrderLine) -> bool:
    return line.nominal_grams is not None and line.weighed_grams is None and line.quantity > line.short_quantity


def _by_weight(lines: Sequence[OrderLine]) -> list[Part]:
    return [
        Part(
            line.id,
            rules.weight_refund(
                total_fen=line.total_fen,
                quantity=line.quantity,
                gone=line.short_quantity,
                nominal_grams=line.nominal_grams,
                weighed_grams=line.weighed_grams,
            ),
        )
        for line in lines
        if line.nominal_grams is not None and line.weighed_grams is not None
    ]
