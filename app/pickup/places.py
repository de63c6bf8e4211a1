"""Places in a slot: taken one at a time, never more than there are."""

from app.kit import clock, ids
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.partners import events
from app.partners.enums import PartnerEventType
from app.pickup.errors import PickupSlotClosed, PickupSlotFull
from app.pickup.live import slots_changed

TAKE = """
UPDATE pickup_slot SET reserved = reserved + 1 WHERE id = $1 AND reserved < capacity AND cutoff_at > $2
RETURNING capacity - reserved, pickup_point_id
"""
OPEN = "SELECT 1 FROM pickup_slot WHERE id = $1 AND cutoff_at > $2"


async def take(tx: RequestConnection, slot_id: int) -> int:
    """Takes a place in the caller's transaction; how many are left then.

    Who watches the point is told, and with the last place partners hear SlotFull. The row's lock is held until the
    transaction ends: of two who want the last place one waits for the other.

    Raises:
        NoTransactionError: outside a transaction.
        Refused: PickupSlotFull, or PickupSlotClosed (the cut-off has passed, or there is no such slot).
    """
    tx.require_transaction()
    now = clock.now()
    taken = await tx.fetch(TAKE, slot_id, now)
    if not taken:
        raise Refused(PickupSlotFull() if await tx.fetch(OPEN, slot_id, now) else PickupSlotClosed())
    left, point_id = taken[0]
    slots_changed(tx, [(point_id, slot_id)])
    if left == 0:
        told = {"pickupSlot": ids.encode("PickupSlot", slot_id), "pickupPoint": ids.encode("PickupPoint", point_id)}
        await events.emit(tx, PartnerEventType.SLOT_FULL, told)
    return int(left)
