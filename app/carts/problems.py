"""What stands in the way of buying a cart as it is: data, found anew at each read."""

from dataclasses import dataclass
from datetime import date

from app.coupons.enums import CouponReason


@dataclass(frozen=True, slots=True)
class PriceMoved:
    """A unit costs something else than when the line was last written, in fen."""

    sku_id: int
    before_fen: int
    now_fen: int


@dataclass(frozen=True, slots=True)
class ProductUnpublished:
    """The SKU is not sold now; the line counts for nothing."""

    sku_id: int


@dataclass(frozen=True, slots=True)
class QuantityOverLimit:
    """More units than fit into one order."""

    sku_id: int
    limit: int


@dataclass(frozen=True, slots=True)
class NotEnoughAtPoint:
    """The chosen point has fewer units than wanted, whatever the day."""

    sku_id: int
    available: int


@dataclass(frozen=True, slots=True)
class LotTooOldForPickupDay:
    """There are enough units, but not so many that keep the promised days beyond the chosen day of pickup."""

    sku_id: int
    available: int  # that do
    possible_on: date  # the latest day for which all can be had


@dataclass(frozen=True, slots=True)
class SlotFull:
    """Every place of the chosen slot is taken."""

    pickup_slot_id: int


@dataclass(frozen=True, slots=True)
class SlotGone:
    """The chosen slot takes no more orders: its cut-off has passed, or its point takes none now."""

    pickup_slot_id: int


@dataclass(frozen=True, slots=True)
class CouponUnusable:
    """The chosen coupon lowers nothing, and why; with BELOW_MINIMUM how much more of what matches it takes."""

    coupon_code_id: int
    reason: CouponReason
    missing_fen: int


@dataclass(frozen=True, slots=True)
class GiftRanOut:
    """A gift the cart earns is gone, or part of it."""

    sku_id: int
    earned: int
    available: int


Problem = (
    PriceMoved
    | ProductUnpublished
    | QuantityOverLimit
    | NotEnoughAtPoint
    | LotTooOldForPickupDay
    | SlotFull
    | SlotGone
    | CouponUnusable
    | GiftRanOut
)
