"""Closed lists of defect claims."""

from enum import StrEnum


class DefectReason(StrEnum):
    """What is wrong with the goods."""

    ROTTEN = "ROTTEN"
    DAMAGED = "DAMAGED"
    WRONG_ITEM = "WRONG_ITEM"
    MISSING = "MISSING"
    EXPIRED = "EXPIRED"
    OTHER = "OTHER"


class ClaimState(StrEnum):
    """What became of a claim."""

    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
