"""What staff write about pickup points and their plans."""

from datetime import date, time
from decimal import Decimal

import strawberry
from strawberry import ID

from app.pickup.enums import PickupPointKind

_KEY = "8 to 64 visible ASCII characters of your own; sent again within a day it does nothing twice."
_POINT = "The pickup point's id."
_RULE = "The weekly rule's id."
_START = "When collecting begins: Asia/Shanghai wall time, without an offset."
_END = "When collecting ends, on the same day."
_DAYS = "How many days before the cut-off is, 0 to 7; 0: the same day."
_CUTOFF = "Until when one can order on that day; on the same day not after the begin."
_CAPACITY = "How many orders a slot takes, 1 to 10,000."
_PREP = "How many minutes it takes to prepare an order."
_SAME = "Null: as it is."


@strawberry.input(description="A new pickup point.")
class CreatePickupPointInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    code: str = strawberry.field(description="2 to 20 letters, digits and hyphens; for good.")
    name: str = strawberry.field(description="Its name; at most 60 characters.")
    kind: PickupPointKind = strawberry.field(description="What kind of place it is.")
    city: str = strawberry.field(description="City; at most 40 characters.")
    district: str = strawberry.field(description="District; at most 40 characters.")
    address: str = strawberry.field(description="Street address; at most 120 characters.")
    phone: str = strawberry.field(description="The shop's line there; at most 20 characters.")
    latitude: Decimal = strawberry.field(description="Degrees north (WGS 84).")
    longitude: Decimal = strawberry.field(description="Degrees east (WGS 84).")
    opens_at: time = strawberry.field(description="Opening time: Asia/Shanghai wall time, without an offset.")
    closes_at: time = strawberry.field(description="Closing time, on the same day.")
    prep_minutes: int = strawberry.field(description=_PREP)


@strawberry.input(description="What changes about a pickup point.")
class ChangePickupPointInput:
    """Its fields are the resolver's arguments."""

    pickup_point_id: ID = strawberry.field(description=_POINT)
    name: str | None = strawberry.field(default=None, description=f"Its name. {_SAME}")
    address: str | None = strawberry.field(default=None, description=f"Street address. {_SAME}")
    phone: str | None = strawberry.field(default=None, description=f"The shop's line there. {_SAME}")
    opens_at: time | None = strawberry.field(default=None, description=f"Opening time. {_SAME}")
    closes_at: time | None = strawberry.field(default=None, description=f"Closing time. {_SAME}")
    prep_minutes: int | None = strawberry.field(default=None, description=f"{_PREP} {_SAME}")


@strawberry.input(description="A pickup point.")
class PickupPointInput:
    """Its fields are the resolver's arguments."""

    pickup_point_id: ID = strawberry.field(description=_POINT)


@strawberry.input(description="A new weekly rule.")
class AddSlotRuleInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    pickup_point_id: ID = strawberry.field(description=_POINT)
    weekday: int = strawberry.field(description="1 Monday to 7 Sunday.")
    starts_at: time = strawberry.field(description=_START)
    ends_at: time = strawberry.field(description=_END)
    cutoff_days_before: int = strawberry.field(description=_DAYS)
    cutoff_at: time = strawberry.field(description=_CUTOFF)
    capacity: int = strawberry.field(description=_CAPACITY)


@strawberry.input(description="What changes about a weekly rule.")
class ChangeSlotRuleInput:
    """Its fields are the resolver's arguments."""

    slot_rule_id: ID = strawberry.field(description=_RULE)
    starts_at: time | None = strawberry.field(default=None, description=f"{_START} {_SAME}")
    ends_at: time | None = strawberry.field(default=None, description=f"{_END} {_SAME}")
    cutoff_days_before: int | None = strawberry.field(default=None, description=f"{_DAYS} {_SAME}")
    cutoff_at: time | None = strawberry.field(default=None, description=f"{_CUTOFF} {_SAME}")
    capacity: int | None = strawberry.field(default=None, description=f"{_CAPACITY} {_SAME}")


@strawberry.input(description="A weekly rule.")
class SlotRuleInput:
    """Its fields are the resolver's arguments."""

    slot_rule_id: ID = strawberry.field(description=_RULE)


@strawberry.input(description="A day to close.")
class CloseDayInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    pickup_point_id: ID = strawberry.field(description=_POINT)
    closed_on: date = strawberry.field(description="The day, Asia/Shanghai: from today, within 366 days.")
    reason: str = strawberry.field(description="Why; 1 to 80 characters, for staff.")


@strawberry.input(description="A closed day to open again.")
class OpenDayInput:
    """Its fields are the resolver's arguments."""

    slot_closure_id: ID = strawberry.field(description="The closed day's id.")


@strawberry.input(description="A new window on one day.")
class AddExtraSlotInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    pickup_point_id: ID = strawberry.field(description=_POINT)
    opens_on: date = strawberry.field(description="The day, Asia/Shanghai: from today, within 366 days.")
    starts_at: time = strawberry.field(description=_START)
    ends_at: time = strawberry.field(description=_END)
    cutoff_days_before: int = strawberry.field(description=_DAYS)
    cutoff_at: time = strawberry.field(description=_CUTOFF)
    capacity: int = strawberry.field(description=_CAPACITY)


@strawberry.input(description="An extra window to take back.")
class RemoveExtraSlotInput:
    """Its fields are the resolver's arguments."""

    extra_slot_id: ID = strawberry.field(description="The extra window's id.")


@strawberry.input(description="A slot's new capacity.")
class SetSlotCapacityInput:
    """Its fields are the resolver's arguments."""

    pickup_slot_id: ID = strawberry.field(description="The slot's id.")
    capacity: int = strawberry.field(description="How many orders it takes, 0 to 10,000; not less than are reserved.")
