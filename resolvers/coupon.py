"""Fields of coupons."""

from strawberry import Parent

from app.coupons.models import Coupon


def amount(parent: Parent[Coupon]) -> int | None:
    """What it takes off, in fen."""
    fen: int | None = parent.amount_fen
    return fen


def cap(parent: Parent[Coupon]) -> int | None:
    """The most it takes off, in fen."""
    fen: int | None = parent.cap_fen
    return fen


def minimum_spend(parent: Parent[Coupon]) -> int:
    """From which spend it works, in fen."""
    fen: int = parent.minimum_spend_fen
    return fen


def remaining(parent: Parent[Coupon]) -> int:
    """How many can still be claimed."""
    return parent.usage_limit - parent.claimed_count
