"""What taking a place in a slot is refused for."""

from dataclasses import dataclass
from typing import ClassVar

from app.kit.errors import BadInput, Refusal


@dataclass(frozen=True, slots=True)
class PickupSlotFull(Refusal):
    """Every place of the slot is taken."""

    zh: ClassVar[str] = "该自提时段已约满，请选择其他时段。"
    en: ClassVar[str] = "This pickup slot is full: choose another."


@dataclass(frozen=True, slots=True)
class PickupSlotClosed(Refusal):
    """The slot takes no more orders: its cut-off has passed, or there is no such slot."""

    zh: ClassVar[str] = "该自提时段已截止预约，请选择其他时段。"
    en: ClassVar[str] = "This pickup slot takes no more orders: choose another."


@dataclass(frozen=True, slots=True)
class PickupPointNotFound(Refusal):
    """There is no such point."""

    zh: ClassVar[str] = "没有这个自提点。"
    en: ClassVar[str] = "There is no such pickup point."


@dataclass(frozen=True, slots=True)
class PickupPointNotServed(Refusal):
    """The member of staff who asks does not serve the point."""

    zh: ClassVar[str] = "您不负责这个自提点。"
    en: ClassVar[str] = "You do not serve this pickup point."


class BadWindow(BadInput):
    """A window, or a day, that cannot be."""


class BadPoint(BadInput):
    """A pickup point with these values cannot be."""


@dataclass(frozen=True, slots=True)
class PickupPointCodeTaken(Refusal):
    """Another point has this code."""

    zh: ClassVar[str] = "自提点代码已被使用。"
    en: ClassVar[str] = "Another pickup point has this code."


@dataclass(frozen=True, slots=True)
class PickupPointClosed(Refusal):
    """The point is closed for good."""

    zh: ClassVar[str] = "该自提点已永久关闭。"
    en: ClassVar[str] = "The pickup point is closed for good."


@dataclass(frozen=True, slots=True)
class PlacesReserved(Refusal):
    """So many places are reserved in what was to go; they must be moved or collected first."""

    places: int
    zh: ClassVar[str] = "仍有 {self.places} 个预约，请先改约。"
    en: ClassVar[str] = "{self.places} places are reserved: move them first."


@dataclass(frozen=True, slots=True)
class SlotRuleNotFound(Refusal):
    """There is no such weekly rule."""

    zh: ClassVar[str] = "没有这条每周时段规则。"
    en: ClassVar[str] = "There is no such weekly rule."


@dataclass(frozen=True, slots=True)
class WindowOverlaps(Refusal):
    """Another window of the point, of the same weekday or day, overlaps this one."""

    zh: ClassVar[str] = "与该自提点同一天的另一个时段重叠。"
    en: ClassVar[str] = "It overlaps another window of the same day at this point."


@dataclass(frozen=True, slots=True)
class DayClosed(Refusal):
    """The point is closed on that day."""

    zh: ClassVar[str] = "该自提点当天已设为停业。"
    en: ClassVar[str] = "The point is closed on that day."


@dataclass(frozen=True, slots=True)
class SlotClosureNotFound(Refusal):
    """There is no such closed day."""

    zh: ClassVar[str] = "没有这个停业日。"
    en: ClassVar[str] = "There is no such closed day."


@dataclass(frozen=True, slots=True)
class ExtraSlotNotFound(Refusal):
    """There is no such extra window."""

    zh: ClassVar[str] = "没有这个加开时段。"
    en: ClassVar[str] = "There is no such extra window."


@dataclass(frozen=True, slots=True)
class PickupSlotNotFound(Refusal):
    """There is no such slot, or it was withdrawn."""

    zh: ClassVar[str] = "没有这个自提时段。"
    en: ClassVar[str] = "There is no such pickup slot."


@dataclass(frozen=True, slots=True)
class CapacityBelowReserved(Refusal):
    """More places are reserved than the slot was to have."""

    reserved: int
    zh: ClassVar[str] = "已有 {self.reserved} 个预约，容量不能更小。"
    en: ClassVar[str] = "{self.reserved} places are reserved: the capacity cannot be less."
