"""Closed lists of orders, and the moves an order may make."""

from enum import StrEnum


class OrderStatus(StrEnum):
    """Where an order stands on its way from the quote to the customer's bag."""

    PENDING_PAYMENT = "PENDING_PAYMENT"
    PAID = "PAID"
    PICKING = "PICKING"
    READY = "READY"
    COLLECTED = "COLLECTED"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"
    NO_SHOW = "NO_SHOW"


MOVES: dict[OrderStatus, frozenset[OrderStatus]] = {
    OrderStatus.PENDING_PAYMENT: frozenset({OrderStatus.PAID, OrderStatus.CANCELLED, OrderStatus.EXPIRED}),
    OrderStatus.PAID: frozenset({OrderStatus.PICKING, OrderStatus.CANCELLED}),
    OrderStatus.PICKING: frozenset({OrderStatus.READY, OrderStatus.CANCELLED}),
    OrderStatus.READY: frozenset({OrderStatus.COLLECTED, OrderStatus.NO_SHOW, OrderStatus.CANCELLED}),
    OrderStatus.NO_SHOW: frozenset({OrderStatus.COLLECTED, OrderStatus.CANCELLED}),  # who comes late is served
    OrderStatus.COLLECTED: frozenset(),
    OrderStatus.CANCELLED: frozenset(),
    OrderStatus.EXPIRED: frozenset(),
}
"""What each status may become; a trigger in the migration refuses the rest. Refunds are no status."""


class CancelReason(StrEnum):
    """Why an order was cancelled."""

    CUSTOMER = "CUSTOMER"
    SHOP = "SHOP"
    OUT_OF_STOCK = "OUT_OF_STOCK"
    NO_SHOW = "NO_SHOW"
    RECALL = "RECALL"


class ShortCause(StrEnum):
    """Why units of a line are not handed out."""

    SHORT_PICK = "SHORT_PICK"
    CANCELLATION = "CANCELLATION"
    SUBSTITUTION = "SUBSTITUTION"


class SubstitutionState(StrEnum):
    """What became of a substitute that was offered to a customer."""

    OFFERED = "OFFERED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    LAPSED = "LAPSED"


class RefundReason(StrEnum):
    """What money went back for."""

    CANCELLATION = "CANCELLATION"
    SHORT_PICK = "SHORT_PICK"
    SUBSTITUTION = "SUBSTITUTION"
    WEIGHT = "WEIGHT"
    DEFECT = "DEFECT"
    PAID_TOO_LATE = "PAID_TOO_LATE"
    PAID_TWICE = "PAID_TWICE"
