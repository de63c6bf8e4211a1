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


class SignInEnd(StrEnum):
    """Why somebody is not signed in on a device any more."""

    SIGNED_OUT = "SIGNED_OUT"
    ENDED_ELSEWHERE = "ENDED_ELSEWHERE"
    EXPIRED = "EXPIRED"
    REUSED = "REUSED"
    CLOSED = "CLOSED"
    BY_ADMINISTRATOR = "BY_ADMINISTRATOR"


class PersonalValue(StrEnum):
    """What of a customer staff may see unmasked, one at a time and for a reason."""

    PHONE = "PHONE"


class Looking(StrEnum):
    """What a member of staff does only so often an hour."""

    LOOKUP = "LOOKUP"
    REVEAL = "REVEAL"


class RoleCode(StrEnum):
    """A job in the shop; what it may do is in the table `role`, filled by migrations."""

    CATALOGUE_EDITOR = "CATALOGUE_EDITOR"
    CATALOGUE_APPROVER = "CATALOGUE_APPROVER"
    STORE_CLERK = "STORE_CLERK"
    PROMOTION_MANAGER = "PROMOTION_MANAGER"
    QUALITY_MANAGER = "QUALITY_MANAGER"
    ANALYST = "ANALYST"
    ADMINISTRATOR = "ADMINISTRATOR"
