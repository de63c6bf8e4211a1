"""What claiming and using a coupon is refused for."""

from dataclasses import dataclass

from app.coupons.enums import CouponReason
from app.kit.errors import Refusal

_ZH = {
    CouponReason.UNKNOWN: "这张优惠券不在您的卡包里。",
    CouponReason.EXPIRED: "优惠券已过期。",
    CouponReason.USED: "优惠券已被使用或正被另一笔订单占用。",
    CouponReason.BELOW_MINIMUM: "未达到优惠券的使用门槛。",
    CouponReason.NO_MATCHING_LINE: "购物车中没有可使用这张券的商品。",
}
_EN = {
    CouponReason.UNKNOWN: "This coupon is not in your wallet.",
    CouponReason.EXPIRED: "The coupon has expired.",
    CouponReason.USED: "The coupon is used up, or kept for another order.",
    CouponReason.BELOW_MINIMUM: "The cart does not reach the coupon's minimum spend.",
    CouponReason.NO_MATCHING_LINE: "Nothing in the cart is what the coupon is for.",
}


@dataclass(frozen=True, slots=True)
class CouponNotApplicable(Refusal):
    """The coupon cannot lower this price; the reason says why."""

    reason: CouponReason

    zh = "{self.zh_reason}"
    en = "{self.en_reason}"

    @property
    def zh_reason(self) -> str:
        """The reason in Chinese."""
        return _ZH[self.reason]

    @property
    def en_reason(self) -> str:
        """The reason in English."""
        return _EN[self.reason]


@dataclass(frozen=True, slots=True)
class CouponNotFound(Refusal):
    """There is no such coupon."""

    zh = "没有这张优惠券。"
    en = "There is no such coupon."


@dataclass(frozen=True, slots=True)
class CouponSoldOut(Refusal):
    """As many were claimed as there are."""

    zh = "优惠券已被领完。"
    en = "All of these coupons have been claimed."


@dataclass(frozen=True, slots=True)
class ClaimLimitReached(Refusal):
    """The customer has as many of this coupon as one may have."""

    limit: int

    zh = "每人限领 {self.limit} 张，您已领完。"
    en = "One customer may claim {self.limit} of these, and you have."


@dataclass(frozen=True, slots=True)
class ClaimClosed(Refusal):
    """The coupon cannot be claimed yet, or not any more."""

    zh = "优惠券不在领取时间内。"
    en = "This coupon cannot be claimed at this time."
