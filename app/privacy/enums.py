"""Closed lists of requests about personal data."""

from enum import StrEnum


class DataRequestKind(StrEnum):
    """What a customer asked for."""

    EXPORT = "EXPORT"
    CLOSURE = "CLOSURE"
    CORRECTION = "CORRECTION"
    MINOR = "MINOR"
    OTHER = "OTHER"


class DataRequestState(StrEnum):
    """How far it is."""

    OPEN = "OPEN"
    DONE = "DONE"
    REFUSED = "REFUSED"
    ENDED = "ENDED"


class DataSubject(StrEnum):
    """What of her data she writes about."""

    PROFILE = "PROFILE"
    PHONE = "PHONE"
    WECHAT_ACCOUNT = "WECHAT_ACCOUNT"
    CONSENT_HISTORY = "CONSENT_HISTORY"
    REVIEW = "REVIEW"
    COUPON = "COUPON"
    ORDER = "ORDER"
    OTHER = "OTHER"
