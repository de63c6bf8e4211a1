"""Closed lists of the inventory."""

from enum import StrEnum


class MovementKind(StrEnum):
    """Why stock changed."""

    RECEIVE = "RECEIVE"
    ADJUST = "ADJUST"
    WRITE_OFF = "WRITE_OFF"
    TRANSFER = "TRANSFER"
    HOLD = "HOLD"
    RELEASE = "RELEASE"
    SELL = "SELL"
    RETURN = "RETURN"


class StockHoldOutcome(StrEnum):
    """How a line of a hold ended: the units went back on sale, or left with the customer."""

    RELEASED = "RELEASED"
    SOLD = "SOLD"


class StockLevel(StrEnum):
    """How much is left, as a shopper is told it."""

    IN_STOCK = "IN_STOCK"
    LOW_STOCK = "LOW_STOCK"
    OUT_OF_STOCK = "OUT_OF_STOCK"
