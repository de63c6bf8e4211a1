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


class WriteOffReason(StrEnum):
    """Why units are given up."""

    EXPIRED = "EXPIRED"
    DAMAGED = "DAMAGED"
    SAMPLE = "SAMPLE"
    OTHER = "OTHER"


class LotProblem(StrEnum):
    """Why a lot is not taken into stock: it could not be sold."""

    NOT_SOLD = "NOT_SOLD"
    RECALLED = "RECALLED"
    ON_HOLD = "ON_HOLD"
    EXPIRED = "EXPIRED"
    NO_EXPIRY = "NO_EXPIRY"
    NO_PRODUCER = "NO_PRODUCER"
    LICENCE_EXPIRED = "LICENCE_EXPIRED"
    REPORT_FAILED = "REPORT_FAILED"
