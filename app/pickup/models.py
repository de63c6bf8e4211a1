"""Tables of pickup points, their weekly rules and the slots made from them."""

from datetime import datetime

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.kit.fields import WallTimeField, check, choice, known, ref, unique
from app.pickup.enums import PickupPointKind, PickupPointStatus


class PickupPoint(Model):
    """A store or a community point where orders are collected. Stock stands here, slots belong here."""

    id = fields.BigIntField(primary_key=True)
    code = fields.CharField(max_length=20, unique=True)
    name = fields.CharField(max_length=60)
    kind = choice(PickupPointKind)
    status = choice(PickupPointStatus, default=PickupPointStatus.OPEN)
    city = fields.CharField(max_length=40)
    district = fields.CharField(max_length=40)
    address = fields.CharField(max_length=120)
    phone = fields.CharField(max_length=20)  # the shop's own line, nobody's private number
    latitude = fields.DecimalField(max_digits=8, decimal_places=5)
    longitude = fields.DecimalField(max_digits=8, decimal_places=5)
    gln = fields.CharField(max_length=13, null=True, unique=True)
    opens_at = WallTimeField()
    closes_at = WallTimeField()
    prep_minutes = fields.SmallIntField()
    position = fields.SmallIntField()
    created_at = fields.DatetimeField()

    class Meta:
        """Hours are Asia/Shanghai wall time and do not cross midnight."""

        table = "pickup_point"
        indexes = (Index(fields=("position", "id"), name="pickup_point_listing"),)
        constraints = (
            known("pickup_point", "kind", PickupPointKind),
            known("pickup_point", "status", PickupPointStatus),
            check("pickup_point", "hours", "opens_at < closes_at"),
            check("pickup_point", "prep_not_negative", "prep_minutes >= 0"),
            check("pickup_point", "gln_digits", "gln ~ '^[0-9]{13}$'"),
            check("pickup_point", "coordinates", "abs(latitude) <= 90 AND abs(longitude) <= 180"),
        )


class StaffPickupPoint(Model):
    """Which staff serve a point."""

    id = fields.BigIntField(primary_key=True)
    staff = ref("Staff")
    pickup_point = ref("PickupPoint")

    class Meta:
        """Bound once."""

        table = "staff_pickup_point"
        constraints = (unique("staff_pickup_point", "staff_id", "pickup_point_id"),)


class SlotRule(Model):
    """A weekly window from which the daily job makes slots."""

    id = fields.BigIntField(primary_key=True)
    pickup_point = ref("PickupPoint")
    pickup_point_id: int
    weekday = fields.SmallIntField()  # 1 Monday to 7 Sunday, ISO 8601
    starts_at = WallTimeField()
    ends_at = WallTimeField()
    cutoff_days_before = fields.SmallIntField()  # 1: order the evening before
    cutoff_at = WallTimeField()
    capacity = fields.IntField()
    is_active = fields.BooleanField(default=True)

    class Meta:
        """Wall times of Asia/Shanghai; active windows of a weekday do not overlap (migration: EXCLUDE)."""

        table = "slot_rule"
        constraints = (
            check("slot_rule", "weekday_iso", "weekday BETWEEN 1 AND 7"),
            check("slot_rule", "window", "starts_at < ends_at"),
            check("slot_rule", "capacity_positive", "capacity > 0"),
            check(
                "slot_rule",
                "cutoff_before",
                "cutoff_days_before BETWEEN 0 AND 7 AND (cutoff_days_before > 0 OR cutoff_at <= starts_at)",
            ),
        )


class SlotClosure(Model):
    """A day on which a point gives nothing out, whatever its weekly rules say."""

    id = fields.BigIntField(primary_key=True)
    pickup_point = ref("PickupPoint")
    pickup_point_id: int
    closed_on = fields.DateField()
    reason = fields.CharField(max_length=80)

    class Meta:
        """A day is closed once."""

        table = "slot_closure"
        constraints = (unique("slot_closure", "pickup_point_id", "closed_on"),)


class ExtraSlot(Model):
    """A window on one day beside the weekly rules: before a holiday, or on a weekday without any."""

    id = fields.BigIntField(primary_key=True)
    pickup_point = ref("PickupPoint")
    pickup_point_id: int
    opens_on = fields.DateField()
    starts_at = WallTimeField()
    ends_at = WallTimeField()
    cutoff_days_before = fields.SmallIntField()
    cutoff_at = WallTimeField()
    capacity = fields.IntField()

    class Meta:
        """As a weekly rule of one day; the extra windows of a day do not overlap (migration: EXCLUDE)."""

        table = "extra_slot"
        constraints = (
            check("extra_slot", "window", "starts_at < ends_at"),
            check("extra_slot", "capacity_positive", "capacity > 0"),
            check(
                "extra_slot",
                "cutoff_before",
                "cutoff_days_before BETWEEN 0 AND 7 AND (cutoff_days_before > 0 OR cutoff_at <= starts_at)",
            ),
        )


class PickupSlot(Model):
    """A window at a point in which a limited number of orders can be collected."""

    id = fields.BigIntField(primary_key=True)
    pickup_point = ref("PickupPoint")
    pickup_point_id: int
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    cutoff_at = fields.DatetimeField()
    capacity = fields.IntField()
    reserved = fields.IntField(default=0)
    withdrawn_at: datetime | None = fields.DatetimeField(null=True)
    at_open_point: bool  # whether its point takes orders: read along with it

    class Meta:
        """Never more reserved than there is room; windows of a point do not overlap (migration: EXCLUDE).

        A slot that the plan has no more is withdrawn, not deleted, because what was held there once refers to it.
        """

        table = "pickup_slot"
        constraints = (
            unique("pickup_slot", "pickup_point_id", "starts_at", where="withdrawn_at IS NULL"),
            check("pickup_slot", "withdrawn_is_empty", "withdrawn_at IS NULL OR reserved = 0"),
            check("pickup_slot", "window", "starts_at < ends_at"),
            check("pickup_slot", "cutoff_before", "cutoff_at <= starts_at"),
            check("pickup_slot", "within_capacity", "capacity >= 0 AND reserved BETWEEN 0 AND capacity"),
        )

    @property
    def remaining(self) -> int:
        """How many more orders fit."""
        return self.capacity - self.reserved

    def is_open(self, now: datetime) -> bool:
        """Whether one more order for it is taken at `now`."""
        return self.is_offered(now) and self.remaining > 0

    def is_offered(self, now: datetime) -> bool:
        """Whether orders for it are taken at `now` while there is room."""
        return self.at_open_point and self.withdrawn_at is None and now < self.cutoff_at


class SlotHold(Model):
    """A place in a slot kept for a checkout, and then for its order: counted in the slot's `reserved` while it lives.

    Written and ended only by who has the slot's row locked. `expires_at` is null once an order has taken it.
    """

    id = fields.BigIntField(primary_key=True)
    hold = ref("Hold")
    hold_id: int
    pickup_slot = ref("PickupSlot")
    pickup_slot_id: int
    expires_at: datetime | None = fields.DatetimeField(null=True)
    released_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        """A hold has one live place; the sweep and the readers find those whose time is over by a partial index."""

        table = "slot_hold"
        indexes = (Index(fields=("pickup_slot_id",), name="slot_hold_by_slot"),)
        constraints = (unique("slot_hold", "hold_id", where="released_at IS NULL"),)
