"""Which points a member of staff serves."""

from collections.abc import Sequence

from app.accounts import queries as accounts
from app.accounts import staff
from app.accounts.models import Staff
from app.accounts.rules import staff_of
from app.kit import db
from app.kit.caller import Caller
from app.kit.errors import Refused
from app.pickup import queries
from app.pickup.errors import PickupPointNotFound, PickupPointNotServed

_BOUND = "SELECT pickup_point_id FROM staff_pickup_point WHERE staff_id = $1 ORDER BY pickup_point_id"
_UNBIND = "DELETE FROM staff_pickup_point WHERE staff_id = $1 AND pickup_point_id <> ALL($2)"
_BIND = """INSERT INTO staff_pickup_point (staff_id, pickup_point_id)
SELECT $1, point FROM unnest($2::bigint[]) AS point ON CONFLICT (staff_id, pickup_point_id) DO NOTHING"""

_UNSERVED = """SELECT point FROM unnest($2::bigint[]) AS point WHERE NOT EXISTS (
  SELECT FROM staff_pickup_point b WHERE b.staff_id = $1 AND b.pickup_point_id = point) LIMIT 1"""
EVERYWHERE = "points:all"
"""The scope of staff whom no point is foreign."""


async def serves(caller: Caller, point_ids: Sequence[int]) -> bool:
    """Whether a member of staff serves all these points, or may act at every point.

    Raises:
        Forbidden: the caller is no member of staff.
    """
    staff_id = staff_of(caller)
    return EVERYWHERE in caller.scopes or not await db.fetch(_UNSERVED, staff_id, list(point_ids))


def point_filter(caller: Caller) -> int | None:
    """Whose points limit what a member of staff sees: her own key, or None where she sees every point.

    Raises:
        Forbidden: the caller is no member of staff.
    """
    staff_id = staff_of(caller)
    return None if EVERYWHERE in caller.scopes else staff_id


async def points_of(caller: Caller) -> list[int] | None:
    """The points a member of staff serves, by id; None where she may act at every point.

    Raises:
        Forbidden: the caller is no member of staff.
    """
    staff_id = point_filter(caller)
    return None if staff_id is None else [record["pickup_point_id"] for record in await db.fetch(_BOUND, staff_id)]


async def require_served(caller: Caller, point_ids: Sequence[int]) -> None:
    """Lets a member of staff through who serves all these points.

    Raises:
        Refused: PickupPointNotServed.
        Forbidden: the caller is no member of staff.
    """
    if not await serves(caller, point_ids):
        raise Refused(PickupPointNotServed())


async def bind_points(caller: Caller, staff_id: int, point_ids: list[int]) -> Staff:
    """A member who serves exactly these points.

    Raises:
        Refused: StaffNotFound, PickupPointNotFound, NotOnYourself.
    """
    staff.refuse_self(caller, staff_id)
    wanted = sorted(set(point_ids))
    async with db.transaction() as tx:
        member = await accounts.lock_staff(tx, staff_id)
        if len(await queries.by_ids(wanted)) < len(wanted):
            raise Refused(PickupPointNotFound())
        before = [record["pickup_point_id"] for record in await tx.fetch(_BOUND, staff_id)]
        if before != wanted:
            await tx.execute(_UNBIND, staff_id, wanted)
            await tx.execute(_BIND, staff_id, wanted)
            await staff.note(tx, caller, "bind points", staff_id, before={"points": before}, after={"points": wanted})
    return member
