"""Closed lists of the coupons domain."""

from enum import StrEnum


class CouponKind(StrEnum):
    """How a coupon lowers the price."""

    AMOUNT = "AMOUNT"
    PERCENT = "PERCENT"


class CouponScope(StrEnum):
    """What a coupon can be used for."""

    ALL = "ALL"
    CATEGORY = "CATEGORY"
    PRODUCT = "PRODUCT"


class RedemptionKind(StrEnum):
    """Whether a code was used up or given back."""

    REDEEM = "REDEEM"
    RESTORE = "RESTORE"


class CouponReason(StrEnum):
    """Why a coupon cannot be used."""

    UNKNOWN = "UNKNOWN"
    EXPIRED = "EXPIRED"
    USED = "USED"
    BELOW_MINIMUM = "BELOW_MINIMUM"
    NO_MATCHING_LINE = "NO_MATCHING_LINE"


class CouponState(StrEnum):
    """What can be done with a coupon in a wallet."""

    USABLE = "USABLE"
    HELD = "HELD"
    USED = "USED"
    EXPIRED = "EXPIRED"
