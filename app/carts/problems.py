"""What stands in the way of buying a cart as it is: data, found anew at each read."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.coupons.enums import CouponReason
from app.kit.locale import Locale


@dataclass(frozen=True, slots=True)
class Problem:
    """A subclass names its facts, and has its sentence in both languages; the sentences may name the facts."""

    zh: ClassVar[str]
    en: ClassVar[str]

    def message(self, locale: Locale) -> str:
        """The sentence for a person."""
        return (self.zh if locale is Locale.ZH else self.en).format(self=self)


@dataclass(frozen=True, slots=True)
class LineProblem(Problem):
    """One that stands with a line, or a gift."""

    sku_id: int


@dataclass(frozen=True, slots=True)
class PriceMoved(LineProblem):
    """A unit costs something else than when the line was last written, in fen."""

    before_fen: int
    now_fen: int

    zh = "价格有变化，请确认。"
    en = "The price has changed since this was put in."


@dataclass(frozen=True, slots=True)
class ProductUnpublished(LineProblem):
    """The SKU is not sold now; the line counts for nothing."""

    zh = "商品已下架，不计入合计。"
    en = "This is not sold now and counts for nothing."


@dataclass(frozen=True, slots=True)
class QuantityOverLimit(LineProblem):
    """More units than fit into one order."""

    limit: int

    zh = "该商品每单限购 {self.limit} 件。"
    en = "One order takes at most {self.limit} of this."


@dataclass(frozen=True, slots=True)
class NotEnoughAtPoint(LineProblem):
    """The chosen point has fewer units than wanted, whatever the day."""

    available: int

    zh = "所选自提点仅剩 {self.available} 件。"
    en = "The pickup point has only {self.available} of this."


@dataclass(frozen=True, slots=True)
class LotTooOldForPickupDay(LineProblem):
    """There are enough units, but not so many that keep the promised days beyond the chosen day of pickup."""

    available: int  # that do
    possible_on: date  # the latest day for which all can be had

    zh = "所选自提日仅有 {self.available} 件满足保鲜承诺，全部数量最晚可选 {self.possible_on}。"
    en = "Only {self.available} keep long enough for that day; all can be had until {self.possible_on}."


@dataclass(frozen=True, slots=True)
class SlotFull(Problem):
    """Every place of the chosen slot is taken."""

    pickup_slot_id: int

    zh = "所选自提时段已约满，请选择其他时段。"
    en = "The chosen pickup slot is full: choose another."


@dataclass(frozen=True, slots=True)
class SlotGone(Problem):
    """The chosen slot takes no more orders: its cut-off has passed, or its point takes none now."""

    pickup_slot_id: int

    zh = "所选自提时段已截止，请选择其他时段。"
    en = "The chosen pickup slot takes no more orders: choose another."


@dataclass(frozen=True, slots=True)
class CouponUnusable(Problem):
    """The chosen coupon lowers nothing, and why; with BELOW_MINIMUM how much more of what matches it takes."""

    coupon_code_id: int
    reason: CouponReason
    missing_fen: int

    zh = "所选优惠券暂不可用。"
    en = "The chosen coupon cannot be used on this cart."


@dataclass(frozen=True, slots=True)
class GiftRanOut(LineProblem):
    """A gift the cart earns is gone, or part of it."""

    earned: int
    available: int

    zh = "赠品应赠 {self.earned} 件，现仅剩 {self.available} 件。"
    en = "The cart earns {self.earned} of a gift, of which {self.available} are left."
