"""The slots of a point made what its plan says: weekly rules, extra windows and closed days.

Whoever changes the plan has the point's row locked, then its slots by id; slots with reservations stay as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from app.kit import audit, clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.rows import select
from app.pickup import places
from app.pickup.enums import PickupPointStatus
from app.pickup.errors import PickupPointClosed, PickupPointNotFound
from app.pickup.live import slots_changed
from app.pickup.models import ExtraSlot, PickupPoint, SlotClosure, SlotRule
from app.pickup.rules import AHEAD, Revision, Standing, Window, revise, windows_for
from app.pickup.service import INSERT_SLOTS

SCOPE = "pickup:manage"

_LOCK_POINT = f"SELECT {select(PickupPoint, 'p')} FROM pickup_point p WHERE p.id = $1 FOR NO KEY UPDATE"
# those not over; `days` null: of every day
_SLOT_IDS = """SELECT id FROM pickup_slot WHERE pickup_point_id = $1 AND ends_at > $3
AND ($2::date[] IS NULL OR (starts_at AT TIME ZONE 'Asia/Shanghai')::date = ANY($2)) ORDER BY id"""
_SLOTS = """SELECT id, starts_at, ends_at, cutoff_at, capacity, reserved, withdrawn_at IS NOT NULL AS is_withdrawn
FROM pickup_slot WHERE id = ANY($1) ORDER BY id"""
_RULES = f"SELECT {select(SlotRule, 'r')} FROM slot_rule r WHERE r.pickup_point_id = $1 AND r.is_active"
_CLOSURES = f"SELECT {select(SlotClosure, 'c')} FROM slot_closure c WHERE c.pickup_point_id = $1"
_EXTRAS = f"SELECT {select(ExtraSlot, 'e')} FROM extra_slot e WHERE e.pickup_point_id = $1 AND e.opens_on = ANY($2)"
_WITHDRAW = "UPDATE pickup_slot SET withdrawn_at = $2 WHERE id = ANY($1)"
_RESTORE = """UPDATE pickup_slot s SET withdrawn_at = NULL, capacity = g.capacity
FROM unnest($1::bigint[], $2::int[]) AS g(id, capacity) WHERE s.id = g.id"""


class Replanned(NamedTuple):
    """What became of a point's slots: how many were opened, again or for the first time; how many withdrawn.

    How many stay with reservations although the plan has them no more, and how many places are reserved there.
    """

    opened: int = 0
    withdrawn: int = 0
    kept: int = 0
    places: int = 0


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A change of a point's plan: the point, what was written if it is still there, what became of the slots.

    All counts are 0 where a write sent again did nothing.
    """

    point: PickupPoint
    slots: Replanned = field(default_factory=Replanned)
    rule: SlotRule | None = None
    closure: SlotClosure | None = None
    extra: ExtraSlot | None = None


async def lock_point(tx: RequestConnection, point_id: int, *, may_be_closed: bool = False) -> PickupPoint:
    """The point, locked until the transaction ends.

    Raises:
        NoTransactionError: outside a transaction.
        Refused: PickupPointNotFound, or PickupPointClosed unless it may be.
    """
    tx.require_transaction()
    found = await db.rows(PickupPoint, _LOCK_POINT, point_id)
    if not found:
        raise Refused(PickupPointNotFound())
    if found[0].status is PickupPointStatus.CLOSED and not may_be_closed:
        raise Refused(PickupPointClosed())
    return found[0]


async def lock_slots(tx: RequestConnection, point_id: int, days: Sequence[date] | None) -> list[Standing]:
    """The slots of a locked point that are not over, of these days or of all, locked, by id, withdrawn ones included.

    Places held beyond their time are let go before they are counted.
    """
    found = await tx.fetch(_SLOT_IDS, point_id, None if days is None else list(days), clock.now())
    slot_ids = [record["id"] for record in found]
    await places.tidy(tx, slot_ids)
    return [
        Standing(row["id"], Window(*row[1:5]), row["reserved"], row["is_withdrawn"])
        for row in await tx.fetch(_SLOTS, slot_ids)
    ]


def coming(weekday: int | None = None) -> list[date]:
    """The business days that have slots, or those of them on a weekday (ISO 8601, Monday is 1)."""
    days = [clock.today() + timedelta(days=offset) for offset in range(AHEAD)]
    return [day for day in days if weekday is None or day.isoweekday() == weekday]


async def replan(tx: RequestConnection, point: PickupPoint, days: Sequence[date]) -> Replanned:
    """Makes the slots of a locked point what its plan says, on those of the days that have slots already.

    Who watches the point is told of each slot that changed.
    """
    near = [day for day in days if day in set(coming())]
    standing = await lock_slots(tx, point.id, near)
    wanted: list[Window] = []
    if near:
        rules = await db.rows(SlotRule, _RULES, point.id)
        closed = {closure.closed_on for closure in await db.rows(SlotClosure, _CLOSURES, point.id)}
        extras = await db.rows(ExtraSlot, _EXTRAS, point.id, near)
        wanted = [window for day in near for window in windows_for(day, rules, closed, extras)]
    return await write(tx, point.id, revise(standing, wanted, clock.now()))


async def write(tx: RequestConnection, point_id: int, revision: Revision) -> Replanned:
    """Writes a revision of slots that are locked."""
    opened = [slot_id for slot_id, _ in revision.restore]
    if revision.withdraw:
        await tx.execute(_WITHDRAW, revision.withdraw, clock.now())
    if revision.restore:
        await tx.execute(_RESTORE, opened, [capacity for _, capacity in revision.restore])
    if revision.add:
        columns = [list(column) for column in zip(*((point_id, *window) for window in revision.add), strict=True)]
        opened += [row["id"] for row in await tx.fetch(INSERT_SLOTS, *columns)]
    slots_changed(tx, [(point_id, slot_id) for slot_id in [*revision.withdraw, *opened]])
    reserved = sum(slot.reserved for slot in revision.kept)
    return Replanned(len(opened), len(revision.withdraw), len(revision.kept), reserved)


async def note(
    tx: RequestConnection,
    caller: Caller,
    action: str,
    entity: str,
    entity_id: int,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """The audit entry of a change of the plan."""
    await audit.append(
        tx, caller, scope=SCOPE, action=action, entity=entity, entity_id=entity_id, before=before, after=after
    )
