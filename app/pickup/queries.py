"""Reads of pickup points, their rules and slots."""

from datetime import date, datetime

from tortoise.models import Model

from app.kit import db
from app.kit.listing import Listing
from app.kit.rows import select
from app.pickup.models import ExtraSlot, PickupPoint, PickupSlot, SlotClosure, SlotRule


def _of_point(table: str, model: type[Model], alias: str) -> Listing:
    source = f"FROM {table} {alias} WHERE {alias}.pickup_point_id = $1"
    return Listing(table, model, select(model, alias), source, alias, given=1)


_POINT = select(PickupPoint, "p")
LAST = "least(s.cutoff_at, s.starts_at - p.prep_minutes * interval '1 minute')"
"""The last moment a slot takes an order: its cut-off, or earlier where the point needs the time to prepare it."""
# places held beyond their time are free already: who locks the slot next lets them go
_SLOT = (
    select(PickupSlot, "s", without=frozenset({"reserved", "cutoff_at"}))
    + f""",
  {LAST} AS cutoff_at,
  s.reserved - (SELECT count(*) FROM slot_hold h WHERE h.pickup_slot_id = s.id
    AND h.released_at IS NULL AND h.expires_at <= $2)::int AS reserved"""
)

POINTS = f"SELECT {_POINT} FROM pickup_point p WHERE p.status <> 'CLOSED' ORDER BY p.position, p.id"
POINTS_BY_ID = f"SELECT {_POINT} FROM pickup_point p WHERE p.id = ANY($1)"
POINTS_BY_STAFF = (
    f"SELECT {_POINT}, b.staff_id FROM pickup_point p JOIN staff_pickup_point b ON b.pickup_point_id = p.id"
    " WHERE b.staff_id = ANY($1) ORDER BY p.position, p.id"
)
SLOTS_BY_ID = (
    f"SELECT {_SLOT}, p.status = 'OPEN' AS at_open_point FROM pickup_slot s"
    " JOIN pickup_point p ON p.id = s.pickup_point_id WHERE s.id = ANY($1)"
)
OPEN_SLOTS = (
    f"SELECT {_SLOT}, true AS at_open_point FROM pickup_slot s JOIN pickup_point p ON p.id = s.pickup_point_id"
    f" WHERE s.pickup_point_id = ANY($1) AND s.cutoff_at > $2 AND {LAST} > $2 AND s.withdrawn_at IS NULL"
    " AND p.status = 'OPEN'"
    " ORDER BY s.pickup_point_id, s.starts_at"
)
CUTOFFS = (
    "SELECT array_agg(s.id) FILTER (WHERE s.cutoff_at <= $3), min(s.cutoff_at) FILTER (WHERE s.cutoff_at > $3)"
    f" FROM (SELECT s.id, {LAST} AS cutoff_at FROM pickup_slot s JOIN pickup_point p ON p.id = s.pickup_point_id"
    " WHERE s.pickup_point_id = $1 AND s.cutoff_at > $2 AND s.withdrawn_at IS NULL) s WHERE s.cutoff_at > $2"
)
ACTIVE_RULES = (
    f"SELECT {select(SlotRule, 'r')} FROM slot_rule r JOIN pickup_point p ON p.id = r.pickup_point_id"
    " WHERE r.is_active AND p.status = 'OPEN' ORDER BY r.pickup_point_id, r.weekday, r.starts_at"
)
CLOSURES = f"SELECT {select(SlotClosure, 'c')} FROM slot_closure c WHERE c.closed_on BETWEEN $1 AND $2"
EXTRAS = (
    f"SELECT {select(ExtraSlot, 'e')} FROM extra_slot e JOIN pickup_point p ON p.id = e.pickup_point_id"
    " WHERE e.opens_on BETWEEN $1 AND $2 AND p.status = 'OPEN'"
)
SLOTS_ON = (
    f"SELECT {_SLOT}, p.status = 'OPEN' AS at_open_point FROM pickup_slot s"
    " JOIN pickup_point p ON p.id = s.pickup_point_id WHERE s.pickup_point_id = $1 AND s.withdrawn_at IS NULL"
    " AND (s.starts_at AT TIME ZONE 'Asia/Shanghai')::date = $3 ORDER BY s.starts_at"
)
ALL_POINTS = Listing("pickup_point", PickupPoint, _POINT, "FROM pickup_point p WHERE true", "p")
RULES = _of_point("slot_rule", SlotRule, "r")
CLOSED_DAYS = _of_point("slot_closure", SlotClosure, "c")
EXTRA_SLOTS = _of_point("extra_slot", ExtraSlot, "e")


async def points() -> list[PickupPoint]:
    """The points customers may know of (open or suspended), in the shop's order."""
    return await db.rows(PickupPoint, POINTS)


async def by_ids(ids: list[int]) -> list[PickupPoint]:
    """The points with these ids, whatever their status, in no particular order."""
    return await db.rows(PickupPoint, POINTS_BY_ID, ids)


async def points_by_staff(staff_ids: list[int]) -> list[PickupPoint]:
    """The points these serve, each with `staff_id`, in the shop's order."""
    return await db.rows(PickupPoint, POINTS_BY_STAFF, staff_ids)


async def slots_by_ids(ids: list[int], now: datetime) -> list[PickupSlot]:
    """The slots with these ids as they are at `now`, in no particular order."""
    return await db.rows(PickupSlot, SLOTS_BY_ID, ids, now)


async def open_slots_by_point(point_ids: list[int], now: datetime) -> list[PickupSlot]:
    """The slots of open points that still take orders at `now`, full ones included, by point and starts_at."""
    return await db.rows(PickupSlot, OPEN_SLOTS, point_ids, now)


async def cutoffs(point_id: int, after: datetime, now: datetime) -> tuple[set[int], datetime | None]:
    """The slots of a point whose cut-off has passed since `after`, and its next cut-off after `now`, if any."""
    closed, following = (await db.fetch(CUTOFFS, point_id, after, now))[0]
    return set(closed or ()), following


async def active_rules() -> list[SlotRule]:
    """The active weekly rules of open points, by point, weekday and start."""
    return await db.rows(SlotRule, ACTIVE_RULES)


async def closures_between(first: date, last: date) -> list[SlotClosure]:
    """The closures from `first` to `last`, both included, in no particular order."""
    return await db.rows(SlotClosure, CLOSURES, first, last)


async def extras_between(first: date, last: date) -> list[ExtraSlot]:
    """The extra windows of open points from `first` to `last`, both included, in no particular order."""
    return await db.rows(ExtraSlot, EXTRAS, first, last)


async def slots_on(point_id: int, day: date, now: datetime) -> list[PickupSlot]:
    """The slots of a point that begin on a business day as they are at `now`, withdrawn ones left out, by start."""
    return await db.rows(PickupSlot, SLOTS_ON, point_id, now, day)
