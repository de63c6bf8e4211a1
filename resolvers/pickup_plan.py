"""The plans of pickup points: what staff read and write of them."""

from collections.abc import Awaitable
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any

import strawberry
from strawberry import ID, Parent

from app.kit import ids
from app.kit.paging import Page
from app.pickup import days, points, queries, weekly
from app.pickup.days import NewExtra
from app.pickup.enums import PickupPointKind
from app.pickup.models import ExtraSlot, PickupPoint, PickupSlot, SlotClosure, SlotRule
from app.pickup.plan import PlanChange
from app.pickup.points import NewPoint
from app.pickup.weekly import NewRule
from resolvers.arguments import After
from resolvers.info import Info

First = Annotated[int, strawberry.argument(description="How many, 1 to 50.")]
PointId = Annotated[ID, strawberry.argument(description="The pickup point's id.")]
Day = Annotated[date, strawberry.argument(description="The day, Asia/Shanghai.")]


def all_points(first: First = 20, after: After = None) -> Awaitable[Page[PickupPoint]]:
    """A page of all points."""
    return queries.ALL_POINTS.page(first=first, after=after)


def rules(pickup_point_id: PointId, first: First = 50, after: After = None) -> Awaitable[Page[SlotRule]]:
    """A page of a point's weekly rules."""
    return queries.RULES.page(ids.decode(pickup_point_id, "PickupPoint"), first=first, after=after)


def closures(pickup_point_id: PointId, first: First = 20, after: After = None) -> Awaitable[Page[SlotClosure]]:
    """A page of a point's closed days."""
    return queries.CLOSED_DAYS.page(ids.decode(pickup_point_id, "PickupPoint"), first=first, after=after)


def extras(pickup_point_id: PointId, first: First = 20, after: After = None) -> Awaitable[Page[ExtraSlot]]:
    """A page of a point's extra windows."""
    return queries.EXTRA_SLOTS.page(ids.decode(pickup_point_id, "PickupPoint"), first=first, after=after)


def slots_on(info: Info, pickup_point_id: PointId, on: Day) -> Awaitable[list[PickupSlot]]:
    """A point's slots of a day."""
    return queries.slots_on(ids.decode(pickup_point_id, "PickupPoint"), on, info.context.now)


def point(parent: Parent[PlanChange]) -> PickupPoint:
    """The point."""
    return parent.point


def rule(parent: Parent[PlanChange]) -> SlotRule | None:
    """The weekly rule."""
    return parent.rule


def closure(parent: Parent[PlanChange]) -> SlotClosure | None:
    """The closed day."""
    return parent.closure


def extra(parent: Parent[PlanChange]) -> ExtraSlot | None:
    """The extra window."""
    return parent.extra


def opened(parent: Parent[PlanChange]) -> int:
    """Slots opened."""
    return parent.slots.opened


def withdrawn(parent: Parent[PlanChange]) -> int:
    """Slots withdrawn."""
    return parent.slots.withdrawn


def kept(parent: Parent[PlanChange]) -> int:
    """Slots that stay."""
    return parent.slots.kept


def places(parent: Parent[PlanChange]) -> int:
    """Places reserved in them."""
    return parent.slots.places


def create_point(
    info: Info,
    *,
    idempotency_key: str,
    code: str,
    name: str,
    kind: PickupPointKind,
    city: str,
    district: str,
    address: str,
    phone: str,
    latitude: Decimal,
    longitude: Decimal,
    opens_at: time,
    closes_at: time,
    prep_minutes: int,
) -> Awaitable[PickupPoint]:
    """A new point."""
    where = (city, district, address, phone, latitude, longitude)
    new = NewPoint(code, name, kind, *where, opens_at, closes_at, prep_minutes)
    return points.create(info.context.caller, idempotency_key=idempotency_key, new=new)


def change_point(
    info: Info,
    *,
    pickup_point_id: ID,
    name: str | None,
    address: str | None,
    phone: str | None,
    opens_at: time | None,
    closes_at: time | None,
    prep_minutes: int | None,
) -> Awaitable[PickupPoint]:
    """The point, changed."""
    texts: dict[str, Any] = {"name": name, "address": address, "phone": phone}
    given = texts | {"opens_at": opens_at, "closes_at": closes_at, "prep_minutes": prep_minutes}
    return points.change(info.context.caller, ids.decode(pickup_point_id, "PickupPoint"), given)


def suspend_point(info: Info, pickup_point_id: ID) -> Awaitable[PlanChange]:
    """The point, suspended."""
    return points.suspend(info.context.caller, ids.decode(pickup_point_id, "PickupPoint"))


def reopen_point(info: Info, pickup_point_id: ID) -> Awaitable[PlanChange]:
    """The point, open again."""
    return points.reopen(info.context.caller, ids.decode(pickup_point_id, "PickupPoint"))


def close_point(info: Info, pickup_point_id: ID) -> Awaitable[PlanChange]:
    """The point, closed."""
    return points.close(info.context.caller, ids.decode(pickup_point_id, "PickupPoint"))


def add_rule(
    info: Info,
    *,
    idempotency_key: str,
    pickup_point_id: ID,
    weekday: int,
    starts_at: time,
    ends_at: time,
    cutoff_days_before: int,
    cutoff_at: time,
    capacity: int,
) -> Awaitable[PlanChange]:
    """A new weekly rule."""
    point_id = ids.decode(pickup_point_id, "PickupPoint")
    new = NewRule(point_id, weekday, starts_at, ends_at, cutoff_days_before, cutoff_at, capacity)
    return weekly.add(info.context.caller, idempotency_key=idempotency_key, new=new)


def change_rule(
    info: Info,
    *,
    slot_rule_id: ID,
    starts_at: time | None,
    ends_at: time | None,
    cutoff_days_before: int | None,
    cutoff_at: time | None,
    capacity: int | None,
) -> Awaitable[PlanChange]:
    """The weekly rule, changed."""
    given: dict[str, Any] = {"starts_at": starts_at, "ends_at": ends_at, "cutoff_days_before": cutoff_days_before}
    given |= {"cutoff_at": cutoff_at, "capacity": capacity}
    return weekly.change(info.context.caller, ids.decode(slot_rule_id, "SlotRule"), given)


def activate_rule(info: Info, slot_rule_id: ID) -> Awaitable[PlanChange]:
    """The weekly rule, active."""
    return weekly.switch(info.context.caller, ids.decode(slot_rule_id, "SlotRule"), is_active=True)


def deactivate_rule(info: Info, slot_rule_id: ID) -> Awaitable[PlanChange]:
    """The weekly rule, inactive."""
    return weekly.switch(info.context.caller, ids.decode(slot_rule_id, "SlotRule"), is_active=False)


def close_day(
    info: Info, *, idempotency_key: str, pickup_point_id: ID, closed_on: date, reason: str
) -> Awaitable[PlanChange]:
    """A closed day."""
    where = ids.decode(pickup_point_id, "PickupPoint")
    return days.close_day(
        info.context.caller, idempotency_key=idempotency_key, point_id=where, day=closed_on, reason=reason
    )


def open_day(info: Info, slot_closure_id: ID) -> Awaitable[PlanChange]:
    """A closed day, open again."""
    return days.open_day(info.context.caller, ids.decode(slot_closure_id, "SlotClosure"))


def add_extra(
    info: Info,
    *,
    idempotency_key: str,
    pickup_point_id: ID,
    opens_on: date,
    starts_at: time,
    ends_at: time,
    cutoff_days_before: int,
    cutoff_at: time,
    capacity: int,
) -> Awaitable[PlanChange]:
    """A new extra window."""
    point_id = ids.decode(pickup_point_id, "PickupPoint")
    new = NewExtra(point_id, opens_on, starts_at, ends_at, cutoff_days_before, cutoff_at, capacity)
    return days.add_extra(info.context.caller, idempotency_key=idempotency_key, new=new)


def remove_extra(info: Info, extra_slot_id: ID) -> Awaitable[PlanChange]:
    """An extra window, taken back."""
    return days.remove_extra(info.context.caller, ids.decode(extra_slot_id, "ExtraSlot"))


def resize_slot(info: Info, pickup_slot_id: ID, capacity: int) -> Awaitable[PickupSlot]:
    """The slot with another capacity."""
    return days.resize(info.context.caller, ids.decode(pickup_slot_id, "PickupSlot"), capacity)
