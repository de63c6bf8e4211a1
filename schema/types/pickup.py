"""Where and when orders are collected."""

from datetime import datetime, time
from decimal import Decimal

import strawberry

from app.pickup.enums import PickupPointKind, PickupPointStatus
from app.pickup.live import SlotNews
from app.pickup.models import PickupPoint as PointRow
from app.pickup.models import PickupSlot as SlotRow
from resolvers import pickup as resolve
from schema.binding import field, of
from schema.types.node import Node


@strawberry.type(description="A window in which orders are collected at a point.")
@of(SlotRow)
class PickupSlot(Node):
    """Its source is a row."""

    starts_at: datetime = field(description="When collecting begins.")
    ends_at: datetime = field(description="When collecting ends.")
    cutoff_at: datetime = field(description="Until when one can order for it.")
    capacity: int = field(description="How many orders it takes.")
    remaining: int = field(description="How many more orders fit; 0 when full.")
    is_open: bool = field(
        resolve.is_open, description="Whether it takes one more order: room, before its cut-off, at an open point."
    )
    pickup_point: "PickupPoint | None" = field(resolve.point_of, description="Where it is.")


@strawberry.type(description="A store or neighbourhood point where orders are collected.")
@of(PointRow)
class PickupPoint(Node):
    """Its source is a row."""

    code: str = field(description="A short code, such as on signs.")
    name: str = field(description="Its name.")
    kind: PickupPointKind = field(description="What kind of place it is.")
    status: PickupPointStatus = field(description="Whether it takes orders.")
    city: str = field(description="City.")
    district: str = field(description="District.")
    address: str = field(description="Street address.")
    phone: str = field(description="The shop's line there.")
    latitude: Decimal = field(description="Degrees north (WGS 84).")
    longitude: Decimal = field(description="Degrees east (WGS 84).")
    opens_at: time = field(description="Opening time, Asia/Shanghai.")
    closes_at: time = field(description="Closing time, Asia/Shanghai.")
    prep_minutes: int = field(description="How long it takes to prepare an order.")
    open_slots: list[PickupSlot] = field(
        resolve.open_slots,
        description="Slots still before their cut-off, soonest first; full ones too. Empty while not OPEN.",
        max_age=15,
    )


@strawberry.type(description="What is new about the slots of a pickup point.")
@of(SlotNews)
class SlotAvailability:
    """Its source is a piece of news."""

    is_complete: bool = field(
        description="Whether these are all slots before their cut-off: forget others. False: only those that changed."
    )
    slots: list[PickupSlot] = field(
        resolve.news_slots,
        list_size=40,
        description="The slots as they are now, soonest first; one that has closed comes once more.",
    )
    pickup_point: PickupPoint | None = field(resolve.news_point, description="The point; null if there is none.")
