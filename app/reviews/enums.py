"""Closed lists of the reviews domain."""

from enum import StrEnum


class ReviewSource(StrEnum):
    """Where a review comes from: invented reviews are forbidden (E-Commerce Law, article 17) and so marked."""

    ORDER = "ORDER"
    DEMO = "DEMO"


class Moderation(StrEnum):
    """Whether the public sees a review."""

    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
