"""A paid order moves to another slot of its point: the new place is taken before the old one is anybody else's."""

from collections.abc import Sequence
from datetime import date

from app.kit import clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.orders import queries, rules
from app.orders.enums import OrderStatus
from app.orders.errors import LotsTooOld, OrderNotFound, OrderNotMovable, SlotChangeTooLate
from app.orders.models import Order
from app.orders.moves import note
from app.pickup import places
from app.pickup.errors import PickupSlotClosed
from app.pickup.models import PickupSlot
from app.pickup.queries import slots_by_ids

_MOVE = "UPDATE customer_order SET pickup_slot_id = $2 WHERE id = $1"
_KEEPS = """SELECT l.id, min(t.expires_on - l.min_days_left) FROM order_line l
JOIN order_line_lot o ON o.order_line_id = l.id JOIN lot t ON t.id = o.lot_id
WHERE l.order_id = $1 GROUP BY l.id ORDER BY l.id"""


async def change_slot(caller: Caller, customer_id: int, order_id: int, slot_id: int) -> Order:
    """A customer's paid order, to be collected in another slot of its point; asked again, nothing more changes.

    The order keeps its lots for good, so all of them must leave the promised days on the new day too.

    Raises:
        Refused: OrderNotFound: it is not hers; OrderNotMovable: it is not PAID; SlotChangeTooLate: the old slot's
            cut-off has passed; PickupSlotClosed, PickupSlotFull: the new one; LotsTooOld. The old place is kept then.
    """
    now = clock.now()
    async with db.transaction() as tx:
        order = await queries.lock(tx, order_id)
        if order.customer_id != customer_id:
            raise Refused(OrderNotFound())
        if order.pickup_slot_id == slot_id:
            return order
        slots = {slot.id: slot for slot in await slots_by_ids([order.pickup_slot_id, slot_id], now)}
        old, new = slots[order.pickup_slot_id], slots.get(slot_id)
        if order.status is not OrderStatus.PAID:
            raise Refused(OrderNotMovable(order.status))
        if not rules.customer_may_cancel(order.status, old.cutoff_at, now):
            raise Refused(SlotChangeTooLate(old.cutoff_at))
        if new is None or new.pickup_point_id != order.pickup_point_id:
            raise Refused(PickupSlotClosed())
        await _require_days(order, clock.business_day(new.starts_at))
        await places.lock(tx, [order.hold_id], [slot_id])
        await places.release(tx, [order.hold_id])
        await places.hold(tx, order.hold_id, slot_id, None)
        await _write(tx, caller, order, (old, new))
    return order


async def _require_days(order: Order, day: date) -> None:
    good_until = {record[0]: record[1] for record in await db.fetch(_KEEPS, order.id)}
    too_old = tuple(line_id for line_id, last in good_until.items() if last < day)
    if too_old:
        raise Refused(LotsTooOld(too_old, min(good_until.values())))


async def _write(tx: RequestConnection, caller: Caller, order: Order, slots: Sequence[PickupSlot]) -> None:
    old, new = (_named(slot) for slot in slots)
    await tx.execute(_MOVE, order.id, slots[1].id)
    order.pickup_slot_id = slots[1].id
    await note(tx, caller, order, f"自提时段由 {old} 改为 {new}")


def _named(slot: PickupSlot) -> str:
    """Its window as people write it, in the shop's time."""
    start, end = slot.starts_at.astimezone(clock.SHANGHAI), slot.ends_at.astimezone(clock.SHANGHAI)
    return f"{start:%m-%d %H:%M}-{end:%H:%M}"
