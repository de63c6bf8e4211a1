"""Closed lists of holds."""

from enum import StrEnum


class HoldOutcome(StrEnum):
    """How a hold ended."""

    PLACED = "PLACED"
    RELEASED = "RELEASED"
    EXPIRED = "EXPIRED"
