"""Closed lists of requests about personal data."""

from enum import StrEnum


class DataRequestKind(StrEnum):
    """What a customer asked for."""

    EXPORT = "EXPORT"
    CLOSURE = "CLOSURE"


class DataRequestState(StrEnum):
    """How far it is."""

    OPEN = "OPEN"
    DONE = "DONE"
    ENDED = "ENDED"
