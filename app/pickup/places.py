"""Places in a slot: taken one at a time, never more than there are.

Whoever locks a slot first lets go the places held there beyond their time, and counts after that; the sweep only
tidies.
"""

from collections.abc import Sequence
from datetime import datetime

from app.kit import clock, ids
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.partners import events
from app.partners.enums import PartnerEventType
from app.pickup.errors import PickupSlotClosed, PickupSlotFull
from app.pickup.live import slots_changed
from app.pickup.queries import LAST

_LOCK = "SELECT id FROM pickup_slot WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE"
_OF_HOLDS = "SELECT pickup_slot_id FROM slot_hold WHERE hold_id = ANY($1) AND released_at IS NULL"
_ENDING = """SELECT DISTINCT pickup_slot_id FROM slot_hold WHERE released_at IS NULL AND expires_at <= $1
ORDER BY pickup_slot_id LIMIT $2"""
_COUNTED = """UPDATE pickup_slot s SET reserved = s.reserved - g.places
FROM (SELECT pickup_slot_id, count(*) AS places FROM gone GROUP BY pickup_slot_id) g WHERE s.id = g.pickup_slot_id
RETURNING s.pickup_point_id, s.id"""
_TIDY = f"""WITH gone AS (
  UPDATE slot_hold SET released_at = $2 WHERE pickup_slot_id = ANY($1) AND released_at IS NULL AND expires_at <= $2
  RETURNING pickup_slot_id) {_COUNTED}"""
_RELEASE = f"""WITH gone AS (
  UPDATE slot_hold SET released_at = $2 WHERE hold_id = ANY($1) AND released_at IS NULL RETURNING pickup_slot_id)
{_COUNTED}"""
_OFFERED = f"""s.id = $1 AND {LAST} > $2 AND s.withdrawn_at IS NULL AND p.status = 'OPEN'"""
_TAKE = f"""
UPDATE pickup_slot s SET reserved = s.reserved + 1 FROM pickup_point p
WHERE s.reserved < s.capacity AND p.id = s.pickup_point_id AND {_OFFERED}
RETURNING s.capacity - s.reserved, s.pickup_point_id
"""
_OPEN = f"SELECT 1 FROM pickup_slot s JOIN pickup_point p ON p.id = s.pickup_point_id WHERE {_OFFERED}"
_HOLD = "INSERT INTO slot_hold (hold_id, pickup_slot_id, expires_at) VALUES ($1, $2, $3)"
_KEEP = "UPDATE slot_hold SET expires_at = $2 WHERE hold_id = $1 AND released_at IS NULL RETURNING id"


async def take(tx: RequestConnection, slot_id: int) -> int:
    """Takes a place in the caller's transaction; how many are left then.

    Who watches the point is told, and with the last place partners hear SlotFull. The row's lock is held until the
    transaction ends: of two who want the last place one waits for the other.

    Raises:
        NoTransactionError: outside a transaction.
        Refused: PickupSlotFull, or PickupSlotClosed (the cut-off has passed, too little time is left to prepare the
            order, it was withdrawn, its point takes no orders, or there is no such slot).
    """
    tx.require_transaction()
    now = clock.now()
    await tidy(tx, [slot_id])
    taken = await tx.fetch(_TAKE, slot_id, now)
    if not taken:
        raise Refused(PickupSlotFull() if await tx.fetch(_OPEN, slot_id, now) else PickupSlotClosed())
    left, point_id = taken[0]
    slots_changed(tx, [(point_id, slot_id)])
    if left == 0:
        told = {"pickupSlot": ids.encode("PickupSlot", slot_id), "pickupPoint": ids.encode("PickupPoint", point_id)}
        await events.emit(tx, PartnerEventType.SLOT_FULL, told)
    return int(left)


async def hold(tx: RequestConnection, hold_id: int, slot_id: int, expires_at: datetime | None) -> int:
    """Takes a place for a hold until `expires_at`, or for good (None: an order has it); how many are left then.

    Raises:
        As `take`.
    """
    left = await take(tx, slot_id)
    await tx.execute(_HOLD, hold_id, slot_id, expires_at)
    return left


async def lock(tx: RequestConnection, hold_ids: Sequence[int], slot_ids: Sequence[int] = ()) -> None:
    """Locks these slots and those of the holds, all in one order; places held there beyond their time are let go.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    held = [record["pickup_slot_id"] for record in await tx.fetch(_OF_HOLDS, list(hold_ids))]
    await tidy(tx, [*held, *slot_ids])


async def keep(tx: RequestConnection, hold_id: int, until: datetime | None) -> int:
    """Gives the place of a hold, locked before, another end (None: an order has taken it); how many there are: 0, 1."""
    tx.require_transaction()
    return len(await tx.fetch(_KEEP, hold_id, until))


async def release(tx: RequestConnection, hold_ids: Sequence[int]) -> None:
    """Gives the places of holds, locked before, back. Who watches the points is told."""
    tx.require_transaction()
    slots_changed(tx, await tx.fetch(_RELEASE, list(hold_ids), clock.now()))


async def sweep(tx: RequestConnection, most: int) -> int:
    """Lets go the places held beyond their time in no more than `most` slots; in how many that was.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    ending = [record["pickup_slot_id"] for record in await tx.fetch(_ENDING, clock.now(), most)]
    await tidy(tx, ending)
    return len(ending)


async def tidy(tx: RequestConnection, slot_ids: Sequence[int]) -> None:
    """Locks these slots, in the order of their ids; places held there beyond their time are let go.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    await tx.fetch(_LOCK, list(slot_ids))
    slots_changed(tx, await tx.fetch(_TIDY, list(slot_ids), clock.now()))
