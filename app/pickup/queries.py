"""Reads of pickup points and their slots."""

from datetime import datetime

from app.kit import db
from app.kit.rows import select
from app.pickup.models import PickupPoint, PickupSlot

_POINT = select(PickupPoint, "p")
_SLOT = select(PickupSlot, "s")

_POINTS = f"SELECT {_POINT} FROM pickup_point p WHERE p.status <> 'CLOSED' ORDER BY p.position, p.id"
_POINTS_BY_ID = f"SELECT {_POINT} FROM pickup_point p WHERE p.id = ANY($1)"
_SLOTS_BY_ID = f"SELECT {_SLOT} FROM pickup_slot s WHERE s.id = ANY($1)"
_OPEN_SLOTS = f"""SELECT {_SLOT} FROM pickup_slot s
JOIN pickup_point p ON p.id = s.pickup_point_id AND p.status = 'OPEN'
WHERE s.pickup_point_id = ANY($1) AND s.cutoff_at > $2 ORDER BY s.pickup_point_id, s.starts_at"""


async def points() -> list[PickupPoint]:
    """Every point that is not closed for good, by position; there are some hundreds."""
    return await db.rows(PickupPoint, _POINTS)


async def points_by_id(ids: list[int]) -> list[PickupPoint]:
    """The points with these ids, in no order."""
    return await db.rows(PickupPoint, _POINTS_BY_ID, ids)


async def slots_by_id(ids: list[int]) -> list[PickupSlot]:
    """The slots with these ids, in no order."""
    return await db.rows(PickupSlot, _SLOTS_BY_ID, ids)


async def open_slots_by_point(point_ids: list[int], now: datetime) -> list[PickupSlot]:
    """Each point's slots whose cut-off is not over at `now`, soonest first; full ones too, with 0 remaining."""
    return await db.rows(PickupSlot, _OPEN_SLOTS, point_ids, now)
