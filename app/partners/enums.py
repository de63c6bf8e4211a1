"""Closed lists of the partners domain."""

from enum import StrEnum


class PartnerKind(StrEnum):
    """What a partner does for the shop."""

    LAB = "LAB"
    SUPPLIER = "SUPPLIER"
    LOGISTICS = "LOGISTICS"
    GROUP_LEADER = "GROUP_LEADER"
