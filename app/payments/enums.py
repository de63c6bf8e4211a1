"""Closed lists of the payments domain."""

from enum import StrEnum


class PaymentState(StrEnum):
    """Where a payment stands; derived from its row."""

    OPEN = "OPEN"
    PAID = "PAID"
    CLOSED = "CLOSED"


class EventKind(StrEnum):
    """What an entry of the ledger is about."""

    CHARGE = "CHARGE"
    CLOSE = "CLOSE"
    REFUND = "REFUND"


class EventOutcome(StrEnum):
    """Whether something was asked for, came about, or did not."""

    REQUEST = "REQUEST"
    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"


class EventSource(StrEnum):
    """How the shop learned of it."""

    NOTIFY = "NOTIFY"
    QUERY = "QUERY"
    REQUEST = "REQUEST"
    RECONCILE = "RECONCILE"


class ChargeKind(StrEnum):
    """What a charge that arrived means for the payment."""

    PAID = "PAID"
    ALREADY = "ALREADY"
    MISMATCH = "MISMATCH"
    PAID_AFTER_CLOSE = "PAID_AFTER_CLOSE"
    PAID_TWICE = "PAID_TWICE"


class RefundKind(StrEnum):
    """What a report about a refund changed."""

    REFUNDED = "REFUNDED"
    ALREADY = "ALREADY"
    PROCESSING = "PROCESSING"
    ABNORMAL = "ABNORMAL"
    NEW_NUMBER = "NEW_NUMBER"
    FAILED = "FAILED"
    MISMATCH = "MISMATCH"
    UNKNOWN = "UNKNOWN"


class RefundState(StrEnum):
    """Where a granted refund stands; derived from its row."""

    GRANTED = "GRANTED"
    PROCESSING = "PROCESSING"
    REFUNDED = "REFUNDED"
    FAILED = "FAILED"


class DifferenceKind(StrEnum):
    """How WeChat's bill and the ledger differ in one charge or refund."""

    MISSING_HERE = "MISSING_HERE"
    MISSING_THERE = "MISSING_THERE"
    AMOUNT_DIFFERS = "AMOUNT_DIFFERS"
    REFUND_DIFFERS = "REFUND_DIFFERS"
