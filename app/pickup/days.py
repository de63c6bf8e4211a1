"""Writes of single days at a point: closed ones and extra windows; and the capacity of one slot."""

from datetime import date, time
from typing import NamedTuple

import asyncpg

from app.kit import clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.idempotency import Reference, once
from app.kit.rows import select
from app.pickup import places, plan, queries
from app.pickup.errors import (
    BadWindow,
    CapacityBelowReserved,
    DayClosed,
    ExtraSlotNotFound,
    PickupSlotNotFound,
    PlacesReserved,
    SlotClosureNotFound,
    WindowOverlaps,
)
from app.pickup.live import slots_changed
from app.pickup.models import ExtraSlot, PickupSlot, SlotClosure
from app.pickup.plan import PlanChange, Replanned
from app.pickup.rules import MAX_CAPACITY, check_day, check_reason, check_window, overlap, window_on

_CLOSURE = f"SELECT {select(SlotClosure, 'c')} FROM slot_closure c WHERE c.id = $1"
_EXTRA = f"SELECT {select(ExtraSlot, 'e')} FROM extra_slot e WHERE e.id = $1"
_IS_CLOSED = "SELECT 1 FROM slot_closure WHERE pickup_point_id = $1 AND closed_on = $2"
_CLOSE = "INSERT INTO slot_closure (pickup_point_id, closed_on, reason) VALUES ($1, $2, $3) RETURNING id"
_OPEN = "DELETE FROM slot_closure WHERE id = $1 RETURNING id"
_ADD = """
INSERT INTO extra_slot (pickup_point_id, opens_on, starts_at, ends_at, cutoff_days_before, cutoff_at, capacity)
VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id
"""
_REMOVE = "DELETE FROM extra_slot WHERE id = $1 RETURNING id"
_SLOT = """SELECT pickup_point_id, capacity, reserved FROM pickup_slot WHERE id = $1 AND withdrawn_at IS NULL"""
_RESIZE = "UPDATE pickup_slot SET capacity = $2 WHERE id = $1"


class NewExtra(NamedTuple):
    """What an extra window is made of, in the order of its columns: times of Asia/Shanghai."""

    point_id: int
    opens_on: date
    starts_at: time
    ends_at: time
    cutoff_days_before: int
    cutoff_at: time
    capacity: int


async def close_day(caller: Caller, *, idempotency_key: str, point_id: int, day: date, reason: str) -> PlanChange:
    """A day on which the point gives nothing out: its slots of that day are withdrawn.

    Raises:
        BadWindow: the day is over or too far ahead, or there is no reason.
        Refused: PickupPointNotFound, PickupPointClosed, DayClosed (before), PlacesReserved on that day, or
            IdempotencyKeyReused.
    """
    check_day(day, clock.today())
    why, slots = check_reason(reason), Replanned()
    async with db.transaction() as tx:

        async def act() -> Reference:
            nonlocal slots
            point = await plan.lock_point(tx, point_id)
            if reserved := sum(slot.reserved for slot in await plan.lock_slots(tx, point_id, [day])):
                raise Refused(PlacesReserved(reserved))
            try:
                made = await tx.fetch(_CLOSE, point_id, day, why)
            except asyncpg.UniqueViolationError:
                raise Refused(DayClosed()) from None
            closure_id = int(made[0]["id"])
            after = {"pickup_point": point_id, "closed_on": day, "reason": why}
            await plan.note(tx, caller, "close day", "SlotClosure", closure_id, after=after)
            slots = await plan.replan(tx, point, [day])
            return Reference("SlotClosure", closure_id)

        given = [point_id, day, why]
        reference = await once(tx, caller=caller, operation="closeDay", key=idempotency_key, input=given, act=act)
        point = await plan.lock_point(tx, point_id, may_be_closed=True)
        closures = await db.rows(SlotClosure, _CLOSURE, reference.key)
        return PlanChange(point, slots, closure=next(iter(closures), None))


async def open_day(caller: Caller, closure_id: int) -> PlanChange:
    """A closed day taken back: the slots its plan has come back.

    Raises:
        Refused: SlotClosureNotFound or PickupPointClosed.
    """
    async with db.transaction() as tx:
        found = await db.rows(SlotClosure, _CLOSURE, closure_id)
        if not found:
            raise Refused(SlotClosureNotFound())
        point = await plan.lock_point(tx, found[0].pickup_point_id)
        if not await tx.fetch(_OPEN, closure_id):
            raise Refused(SlotClosureNotFound())
        before = {"pickup_point": point.id, "closed_on": found[0].closed_on, "reason": found[0].reason}
        await plan.note(tx, caller, "open day", "SlotClosure", closure_id, before=before)
        return PlanChange(point, await plan.replan(tx, point, [found[0].closed_on]))


async def add_extra(caller: Caller, *, idempotency_key: str, new: NewExtra) -> PlanChange:
    """An extra window; weekly ones of that day that overlap it give way.

    Raises:
        BadWindow: a value that cannot be, or its cut-off has passed.
        Refused: PickupPointNotFound, PickupPointClosed, DayClosed, WindowOverlaps (another extra window),
            PlacesReserved in a slot that would give way, or IdempotencyKeyReused.
    """
    check_day(new.opens_on, clock.today())
    check_window(*new[2:])
    slots = Replanned()
    async with db.transaction() as tx:

        async def act() -> Reference:
            nonlocal slots
            point = await plan.lock_point(tx, new.point_id)
            if await tx.fetch(_IS_CLOSED, new.point_id, new.opens_on):
                raise Refused(DayClosed())
            extra_id = await _add(tx, new)
            await plan.note(tx, caller, "add", "ExtraSlot", extra_id, after=new._asdict())
            slots = await plan.replan(tx, point, [new.opens_on])
            return Reference("ExtraSlot", extra_id)

        reference = await once(tx, caller=caller, operation="addExtraSlot", key=idempotency_key, input=[*new], act=act)
        point = await plan.lock_point(tx, new.point_id, may_be_closed=True)
        extras = await db.rows(ExtraSlot, _EXTRA, reference.key)
        return PlanChange(point, slots, extra=next(iter(extras), None))


async def _add(tx: RequestConnection, new: NewExtra) -> int:
    try:
        extra_id = int((await tx.fetch(_ADD, *new))[0]["id"])
    except asyncpg.ExclusionViolationError:
        raise Refused(WindowOverlaps()) from None
    extra = (await db.rows(ExtraSlot, _EXTRA, extra_id))[0]
    if window_on(extra.opens_on, extra).cutoff_at <= clock.now():
        raise BadWindow("its cut-off has passed")
    await _refuse_reserved(tx, extra)
    return extra_id


async def _refuse_reserved(tx: RequestConnection, extra: ExtraSlot) -> None:
    """Refuses where places are reserved in slots that overlap an extra window of a locked point."""
    window = window_on(extra.opens_on, extra)
    standing = await plan.lock_slots(tx, extra.pickup_point_id, [extra.opens_on])
    if reserved := sum(slot.reserved for slot in standing if overlap(slot.window, window)):
        raise Refused(PlacesReserved(reserved))


async def remove_extra(caller: Caller, extra_id: int) -> PlanChange:
    """An extra window taken back; weekly windows that gave way come back.

    Raises:
        Refused: ExtraSlotNotFound, PickupPointClosed, or PlacesReserved in its slot.
    """
    async with db.transaction() as tx:
        found = await db.rows(ExtraSlot, _EXTRA, extra_id)
        if not found:
            raise Refused(ExtraSlotNotFound())
        extra = found[0]
        point = await plan.lock_point(tx, extra.pickup_point_id)
        await _refuse_reserved(tx, extra)
        if not await tx.fetch(_REMOVE, extra_id):
            raise Refused(ExtraSlotNotFound())
        await plan.note(tx, caller, "remove", "ExtraSlot", extra_id, before={"opens_on": extra.opens_on})
        return PlanChange(point, await plan.replan(tx, point, [extra.opens_on]))


async def resize(caller: Caller, slot_id: int, capacity: int) -> PickupSlot:
    """The slot with another capacity; 0 shuts it while nothing is reserved.

    Raises:
        BadWindow: the capacity is negative or beyond MAX_CAPACITY.
        Refused: PickupSlotNotFound or CapacityBelowReserved.
    """
    if not 0 <= capacity <= MAX_CAPACITY:
        raise BadWindow(f"a slot takes 0 to {MAX_CAPACITY} orders")
    async with db.transaction() as tx:
        await places.tidy(tx, [slot_id])
        found = await tx.fetch(_SLOT, slot_id)
        if not found:
            raise Refused(PickupSlotNotFound())
        point_id, before, reserved = found[0]
        if capacity != before:
            try:
                await tx.execute(_RESIZE, slot_id, capacity)
            except asyncpg.CheckViolationError:
                raise Refused(CapacityBelowReserved(reserved)) from None
            told = {"before": {"capacity": before}, "after": {"capacity": capacity}}
            await plan.note(tx, caller, "resize", "PickupSlot", slot_id, **told)
            slots_changed(tx, [(point_id, slot_id)])
    return (await queries.slots_by_ids([slot_id], clock.now()))[0]
