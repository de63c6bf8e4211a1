"""Closed lists of the accounts domain."""

from enum import StrEnum


class CustomerStatus(StrEnum):
    """Whether a customer's account is in use."""

    ACTIVE = "ACTIVE"
    CLOSED = "CLOSED"


class ConsentPurpose(StrEnum):
    """What a customer may agree to, each separately (PIPL articles 14, 23, 29)."""

    PRIVACY_POLICY = "PRIVACY_POLICY"
    PERSONALIZATION = "PERSONALIZATION"
    MARKETING = "MARKETING"
    BIRTH_YEAR = "BIRTH_YEAR"
    PRECISE_LOCATION = "PRECISE_LOCATION"
