"""Closed lists of messages."""

from enum import StrEnum


class MessageTemplate(StrEnum):
    """What a customer can let the shop tell her by WeChat, each time anew."""

    ORDER_READY = "ORDER_READY"
    PICKUP_REMINDER = "PICKUP_REMINDER"
    REFUND_DONE = "REFUND_DONE"
    SUBSTITUTION_OFFER = "SUBSTITUTION_OFFER"


class MessageState(StrEnum):
    """What became of a message."""

    QUEUED = "QUEUED"
    SENDING = "SENDING"
    SENT = "SENT"
    NOT_GRANTED = "NOT_GRANTED"
    FAILED = "FAILED"
    UNKNOWN = "UNKNOWN"
