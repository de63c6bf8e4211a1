"""WeChat Pay's error codes in the shop's words (APIv3: error codes of each call, and the numeric ones)."""

from app.payments.errors import AlreadyPaid, BillNotReady, GatewayRefused, NotEnough, NumberUsed, OrderClosed

BY_CODE: dict[str, type[GatewayRefused]] = {
    "ORDERPAID": AlreadyPaid,
    "ORDER_PAID": AlreadyPaid,
    "268449538": AlreadyPaid,
    "268498689": AlreadyPaid,
    "ORDER_CLOSED": OrderClosed,
    "ORDERCLOSED": OrderClosed,
    "268447914": OrderClosed,
    "OUT_TRADE_NO_USED": NumberUsed,
    "268498688": NumberUsed,
    "NOTENOUGH": NotEnough,
    "NOT_ENOUGH": NotEnough,
    "STATEMENT_CREATING": BillNotReady,
}
UNKNOWN = frozenset({"ORDERNOTEXIST", "ORDER_NOT_EXIST", "RESOURCE_NOT_EXISTS", "268512771"})
"""WeChat never heard of the number."""
NO_BILL = frozenset({"NO_STATEMENT_EXIST"})
"""Nothing happened on that day."""
LATER = frozenset({"SYSTEM_ERROR", "SYSTEMERROR", "BANKERROR", "BANK_ERROR"})
"""Try again, with the same numbers."""
FREQUENT = frozenset({"FREQUENCY_LIMITED", "FREQUENCY_LIMIT_EXCEED", "RATELIMIT_EXCEEDED", "268447840"})
"""Try again, but not at once."""


class Untrusted(Exception):  # noqa: N818 - names say what happened
    """An answer or a notification that is not proven to be WeChat's, or not for this merchant. Says why, no values."""


class BadKeys(ValueError):  # noqa: N818 - as above
    """The merchant's keys cannot be used. Nothing of them is repeated in the message."""
