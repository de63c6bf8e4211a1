"""Writes of weekly rules. Each change remakes the empty slots of the coming days of that weekday."""

from datetime import time
from typing import Any, NamedTuple

import asyncpg

from app.kit import db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.idempotency import Reference, once
from app.kit.rows import select
from app.pickup import plan
from app.pickup.errors import BadWindow, SlotRuleNotFound, WindowOverlaps
from app.pickup.models import PickupPoint, SlotRule
from app.pickup.plan import PlanChange, Replanned
from app.pickup.rules import check_window

_RULE = f"SELECT {select(SlotRule, 'r')} FROM slot_rule r WHERE r.id = $1"
_ADD = """
INSERT INTO slot_rule (pickup_point_id, weekday, starts_at, ends_at, cutoff_days_before, cutoff_at, capacity, is_active)
VALUES ($1, $2, $3, $4, $5, $6, $7, true) RETURNING id
"""
_CHANGE = """UPDATE slot_rule SET starts_at = $2, ends_at = $3, cutoff_days_before = $4, cutoff_at = $5, capacity = $6
WHERE id = $1"""
_SWITCH = "UPDATE slot_rule SET is_active = $2 WHERE id = $1"
_CHANGEABLE = ("starts_at", "ends_at", "cutoff_days_before", "cutoff_at", "capacity")
_SUNDAY = 7


class NewRule(NamedTuple):
    """What a weekly rule is made of, in the order of its columns: times of Asia/Shanghai, ISO weekday."""

    point_id: int
    weekday: int
    starts_at: time
    ends_at: time
    cutoff_days_before: int
    cutoff_at: time
    capacity: int


async def add(caller: Caller, *, idempotency_key: str, new: NewRule) -> PlanChange:
    """A weekly rule, active, with its slots of the coming days.

    Raises:
        BadWindow: a value that cannot be.
        Refused: PickupPointNotFound, PickupPointClosed, WindowOverlaps (another active rule of that weekday) or
            IdempotencyKeyReused.
    """
    if not 1 <= new.weekday <= _SUNDAY:
        raise BadWindow("a weekday is 1, Monday, to 7, Sunday")
    check_window(*new[2:])
    slots = Replanned()
    async with db.transaction() as tx:

        async def act() -> Reference:
            nonlocal slots
            point = await plan.lock_point(tx, new.point_id)
            try:
                made = await tx.fetch(_ADD, *new)
            except asyncpg.ExclusionViolationError:
                raise Refused(WindowOverlaps()) from None
            rule_id = int(made[0]["id"])
            await plan.note(tx, caller, "add", "SlotRule", rule_id, after=new._asdict())
            slots = await plan.replan(tx, point, plan.coming(new.weekday))
            return Reference("SlotRule", rule_id)

        reference = await once(tx, caller=caller, operation="addSlotRule", key=idempotency_key, input=[*new], act=act)
        point = await plan.lock_point(tx, new.point_id, may_be_closed=True)
        return PlanChange(point, slots, rule=await _find(reference.key))


async def change(caller: Caller, rule_id: int, given: dict[str, Any]) -> PlanChange:
    """The rule with the given times, cut-off and capacity; None leaves a value. Slots with reservations stay.

    Empty slots have the rule's capacity afterwards, also those that were given another by hand.

    Raises:
        BadWindow: a value that cannot be, also together with those that stay.
        Refused: SlotRuleNotFound, PickupPointClosed or WindowOverlaps.
    """
    wanted = {name: value for name, value in given.items() if value is not None}
    async with db.transaction() as tx:
        point, rule = await _lock(tx, rule_id)
        before = {name: getattr(rule, name) for name in _CHANGEABLE}
        after = before | wanted
        check_window(**after)
        slots = Replanned()
        if after != before:
            try:
                await tx.execute(_CHANGE, rule_id, *(after[name] for name in _CHANGEABLE))
            except asyncpg.ExclusionViolationError:
                raise Refused(WindowOverlaps()) from None
            await plan.note(tx, caller, "change", "SlotRule", rule_id, before=before, after=after)
            slots = await plan.replan(tx, point, plan.coming(rule.weekday))
        return PlanChange(point, slots, rule=await _find(rule_id))


async def switch(caller: Caller, rule_id: int, *, is_active: bool) -> PlanChange:
    """The rule, making slots from now on or no more; then its empty slots are withdrawn. Again changes nothing.

    Raises:
        Refused: SlotRuleNotFound, PickupPointClosed or WindowOverlaps.
    """
    async with db.transaction() as tx:
        point, rule = await _lock(tx, rule_id)
        slots = Replanned()
        if rule.is_active != is_active:
            try:
                await tx.execute(_SWITCH, rule_id, is_active)
            except asyncpg.ExclusionViolationError:
                raise Refused(WindowOverlaps()) from None
            action = "activate" if is_active else "deactivate"
            before, after = {"is_active": not is_active}, {"is_active": is_active}
            await plan.note(tx, caller, action, "SlotRule", rule_id, before=before, after=after)
            slots = await plan.replan(tx, point, plan.coming(rule.weekday))
        return PlanChange(point, slots, rule=await _find(rule_id))


async def _lock(tx: RequestConnection, rule_id: int) -> tuple[PickupPoint, SlotRule]:
    """The rule's point, locked, and the rule as it is then: the point of a rule never changes."""
    point = await plan.lock_point(tx, (await _find(rule_id)).pickup_point_id)
    return point, await _find(rule_id)


async def _find(rule_id: int) -> SlotRule:
    found = await db.rows(SlotRule, _RULE, rule_id)
    if not found:
        raise Refused(SlotRuleNotFound())
    return found[0]
