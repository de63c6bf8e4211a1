"""Closed lists of the pickup domain."""

from enum import StrEnum


class PickupPointKind(StrEnum):
    """What kind of place an order is collected at."""

    STORE = "STORE"
    COMMUNITY = "COMMUNITY"


class PickupPointStatus(StrEnum):
    """Whether a pickup point takes orders."""

    OPEN = "OPEN"
    SUSPENDED = "SUSPENDED"
    CLOSED = "CLOSED"
