"""Writes of pickup points: made, changed, suspended, reopened, closed for good."""

from datetime import time
from decimal import Decimal
from typing import Any, NamedTuple

import asyncpg

from app.kit import clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.idempotency import Reference, once
from app.pickup import plan, queries
from app.pickup.enums import PickupPointKind, PickupPointStatus
from app.pickup.errors import PickupPointCodeTaken, PlacesReserved
from app.pickup.live import slots_changed
from app.pickup.models import PickupPoint
from app.pickup.plan import PlanChange, Replanned
from app.pickup.rules import check_point, revise

_CREATE = """
INSERT INTO pickup_point (code, name, kind, city, district, address, phone, latitude, longitude, opens_at, closes_at,
  prep_minutes, position, status, created_at)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, COALESCE(max(position), 0) + 1, 'OPEN', $13 FROM pickup_point
RETURNING id
"""
_CHANGE = """UPDATE pickup_point SET name = $2, address = $3, phone = $4, opens_at = $5, closes_at = $6,
prep_minutes = $7 WHERE id = $1"""
_SWITCH = "UPDATE pickup_point SET status = $2 WHERE id = $1"
_CHANGEABLE = ("name", "address", "phone", "opens_at", "closes_at", "prep_minutes")


class NewPoint(NamedTuple):
    """What a point is made of, in the order of its columns. Hours are Asia/Shanghai wall time, degrees WGS 84."""

    code: str
    name: str
    kind: PickupPointKind
    city: str
    district: str
    address: str
    phone: str
    latitude: Decimal
    longitude: Decimal
    opens_at: time
    closes_at: time
    prep_minutes: int


async def create(caller: Caller, *, idempotency_key: str, new: NewPoint) -> PickupPoint:
    """A point, open, the last in the shop's order; without weekly rules it has no slots yet.

    Raises:
        BadPoint: a value that cannot be.
        Refused: PickupPointCodeTaken or IdempotencyKeyReused.
    """
    check_point(new._asdict())
    async with db.transaction() as tx:

        async def act() -> Reference:
            try:
                made = await tx.fetch(_CREATE, *new, clock.now())
            except asyncpg.UniqueViolationError:
                raise Refused(PickupPointCodeTaken()) from None
            point_id = int(made[0]["id"])
            await plan.note(tx, caller, "create", "PickupPoint", point_id, after={"code": new.code, "kind": new.kind})
            return Reference("PickupPoint", point_id)

        reference = await once(
            tx, caller=caller, operation="createPickupPoint", key=idempotency_key, input=[*new], act=act
        )
    return (await queries.by_ids([reference.key]))[0]


async def change(caller: Caller, point_id: int, given: dict[str, Any]) -> PickupPoint:
    """The point with what is given of name, address, phone, hours and preparation time; None leaves a value.

    Slots stay where they are when hours change: the weekly rules say when orders are collected.

    Raises:
        BadPoint: a value that cannot be, also together with those that stay.
        Refused: PickupPointNotFound or PickupPointClosed.
    """
    wanted = {name: value for name, value in given.items() if value is not None}
    async with db.transaction() as tx:
        point = await plan.lock_point(tx, point_id)
        before = {name: getattr(point, name) for name in _CHANGEABLE}
        after = before | wanted
        check_point(after)
        changed = {name for name in _CHANGEABLE if after[name] != before[name]}
        if changed:
            await tx.execute(_CHANGE, point_id, *(after[name] for name in _CHANGEABLE))
            old, new = ({name: told[name] for name in sorted(changed)} for told in (before, after))
            await plan.note(tx, caller, "change", "PickupPoint", point_id, before=old, after=new)
    return (await queries.by_ids([point_id]))[0]


async def suspend(caller: Caller, point_id: int) -> PlanChange:
    """The point, for now without new orders: its slots and what is reserved in them stay.

    Raises:
        Refused: PickupPointNotFound or PickupPointClosed.
    """
    async with db.transaction() as tx:
        point = await plan.lock_point(tx, point_id)
        standing = [slot for slot in await plan.lock_slots(tx, point_id, None) if not slot.is_withdrawn]
        await _switch(tx, caller, point, PickupPointStatus.SUSPENDED)
        slots_changed(tx, [(point_id, slot.id) for slot in standing])
    places = [slot.reserved for slot in standing if slot.reserved]
    return PlanChange((await queries.by_ids([point_id]))[0], Replanned(kept=len(places), places=sum(places)))


async def reopen(caller: Caller, point_id: int) -> PlanChange:
    """The point, taking orders again, with the slots of the coming days.

    Raises:
        Refused: PickupPointNotFound or PickupPointClosed: that was for good.
    """
    async with db.transaction() as tx:
        point = await plan.lock_point(tx, point_id)
        await _switch(tx, caller, point, PickupPointStatus.OPEN)
        slots = await plan.replan(tx, point, plan.coming())
        standing = await plan.lock_slots(tx, point_id, plan.coming())
        slots_changed(tx, [(point_id, slot.id) for slot in standing if not slot.is_withdrawn])
    return PlanChange((await queries.by_ids([point_id]))[0], slots)


async def close(caller: Caller, point_id: int) -> PlanChange:
    """The point, closed for good; its slots are withdrawn.

    Raises:
        Refused: PickupPointNotFound, or PlacesReserved: somebody is still to collect there.
    """
    async with db.transaction() as tx:
        point = await plan.lock_point(tx, point_id, may_be_closed=True)
        standing = await plan.lock_slots(tx, point_id, None)
        if reserved := sum(slot.reserved for slot in standing):
            raise Refused(PlacesReserved(reserved))
        await _switch(tx, caller, point, PickupPointStatus.CLOSED)
        slots = await plan.write(tx, point_id, revise(standing, [], clock.now()))
    return PlanChange((await queries.by_ids([point_id]))[0], slots)


async def _switch(tx: RequestConnection, caller: Caller, point: PickupPoint, status: PickupPointStatus) -> None:
    """Gives a locked point another status; `point` has it then."""
    if point.status is status:
        return
    await tx.execute(_SWITCH, point.id, status.value)
    action = {PickupPointStatus.OPEN: "reopen", PickupPointStatus.SUSPENDED: "suspend"}.get(status, "close")
    await plan.note(
        tx, caller, action, "PickupPoint", point.id, before={"status": point.status}, after={"status": status}
    )
    point.status = status
