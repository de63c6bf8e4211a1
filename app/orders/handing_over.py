"""An order is handed over to whoever tells its pickup code: in one transaction, once, at its own point."""

from app.inventory import holds as stock
from app.kit import clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.idempotency import Reference, once
from app.kit.rows import select
from app.orders import code_attempts, desk, events, queries, rules
from app.orders.enums import OrderStatus
from app.orders.errors import OrderNotMovable, PickupCodeUnknown, PickupDayOver
from app.orders.models import Order
from app.orders.moves import move
from app.payments import shipping
from app.pickup.queries import slots_by_ids
from app.pickup.staff import require_served

# a code of another point and one that never was cost the same: both are no row of this statement
_LOCK = f"""SELECT {select(Order, "o")} FROM customer_order o WHERE o.pickup_code = $1 AND o.pickup_point_id = $2
AND o.status IN ('PAID', 'PICKING', 'READY', 'NO_SHOW') FOR NO KEY UPDATE"""


async def hand_over(caller: Caller, idempotency_key: str, pickup_point_id: int, pickup_code: str) -> Order:
    """The order with this code, which leaves with its customer. That is final: there is no way back.

    The same key gives the same order again; the code itself is good once. Who comes late is served until the end of
    the slot's business day.

    Raises:
        Refused: PickupPointNotServed, HandOverLocked, PickupCodeUnknown: never was, was used, or of another point;
            OrderNotMovable: it is not packed yet; PickupDayOver, IdempotencyKeyReused.
        Forbidden: the caller is no member of staff.
    """
    await require_served(caller, [pickup_point_id])
    code = pickup_code.strip().upper()
    await code_attempts.take(caller, pickup_point_id)
    try:
        async with db.transaction() as tx:

            async def act() -> Reference:
                return Reference("Order", await _hand_over(tx, caller, pickup_point_id, code))

            given = (pickup_point_id, code)
            done = await once(tx, caller=caller, operation="handOver", key=idempotency_key, input=given, act=act)
            await code_attempts.forgive(tx, caller, pickup_point_id)
    except Refused as refused:
        if isinstance(refused.reason, PickupCodeUnknown):
            await code_attempts.wrong(caller, pickup_point_id)
        elif isinstance(refused.reason, OrderNotMovable | PickupDayOver):
            async with db.transaction() as tx:  # the code was right
                await code_attempts.forgive(tx, caller, pickup_point_id)
        raise
    return (await queries.by_ids([done.key]))[0]


async def _hand_over(tx: RequestConnection, caller: Caller, point_id: int, code: str) -> int:
    found = await db.rows(Order, _LOCK, code, point_id)
    if not found:
        raise Refused(PickupCodeUnknown())
    order, now = found[0], clock.now()
    if not rules.may_become(order.status, OrderStatus.COLLECTED):
        raise Refused(OrderNotMovable(order.status))
    slot = (await slots_by_ids([order.pickup_slot_id], now))[0]
    if not rules.may_still_collect(order.status, slot.ends_at, now):
        raise Refused(PickupDayOver())
    before = order.status
    held = [order.hold_id, *await queries.substitutes_held(order.id)]
    await stock.lock(tx, held)
    await stock.sell(tx, caller, held)
    await move(tx, caller, order, OrderStatus.COLLECTED)
    await shipping.hand_over(tx, order.payment_id, now)
    await events.order_collected(tx, order)
    await desk.note(tx, caller, "hand over", order, before={"status": before}, after={"status": order.status})
    return int(order.id)
