"""What taking a place in a slot is refused for."""

from dataclasses import dataclass
from typing import ClassVar

from app.kit.errors import Refusal


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
