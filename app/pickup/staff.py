"""Which points a member of staff serves."""

from app.accounts import queries as accounts
from app.accounts import staff
from app.accounts.models import Staff
from app.kit import db
from app.kit.caller import Caller
from app.kit.errors import Refused
from app.pickup import queries
from app.pickup.errors import PickupPointNotFound

_BOUND = "SELECT pickup_point_id FROM staff_pickup_point WHERE staff_id = $1 ORDER BY pickup_point_id"
_UNBIND = "DELETE FROM staff_pickup_point WHERE staff_id = $1 AND pickup_point_id <> ALL($2)"
_BIND = """INSERT INTO staff_pickup_point (staff_id, pickup_point_id)
SELECT $1, point FROM unnest($2::bigint[]) AS point ON CONFLICT (staff_id, pickup_point_id) DO NOTHING"""


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
