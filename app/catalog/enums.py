"""Closed lists of the catalogue."""

from enum import StrEnum


class ProductStatus(StrEnum):
    """Whether the public sees a product."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    UNPUBLISHED = "UNPUBLISHED"


class SoldBy(StrEnum):
    """Whether a product is counted or weighed."""

    EACH = "EACH"
    WEIGHT = "WEIGHT"


class ReturnPolicy(StrEnum):
    """Which return rule applies (Consumer Rights Protection Law, article 25)."""

    FRESH = "FRESH"
    STANDARD = "STANDARD"
    CONFIRMED_EXCEPTION = "CONFIRMED_EXCEPTION"


class Storage(StrEnum):
    """How a product is kept (GB 31605-2020: chilled 0-10 C, frozen at most -18 C)."""

    AMBIENT = "AMBIENT"
    CHILLED = "CHILLED"
    FROZEN = "FROZEN"


class MediaKind(StrEnum):
    """What a medium shows, and how."""

    IMAGE = "IMAGE"
    VIDEO = "VIDEO"
    PANORAMA = "PANORAMA"
    SPIN = "SPIN"


class RevisionStatus(StrEnum):
    """Where an edit of a product stands on its way to the public."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    PUBLISHED = "PUBLISHED"
    DISCARDED = "DISCARDED"


OPEN = frozenset({RevisionStatus.DRAFT, RevisionStatus.SUBMITTED, RevisionStatus.APPROVED, RevisionStatus.REJECTED})
"""What may still become public; a product has one such revision at most."""


class ChangeKind(StrEnum):
    """What a change is about, for those who judge it."""

    PRICE = "PRICE"
    ALLERGEN = "ALLERGEN"
    ORIGIN = "ORIGIN"
    STORAGE = "STORAGE"
    TEXT = "TEXT"
    MEDIA = "MEDIA"
    SKU = "SKU"
    CERTIFICATE = "CERTIFICATE"


class ChangeSeverity(StrEnum):
    """How much harm a mistake in a change would do."""

    LOW = "LOW"
    HIGH = "HIGH"
    CRITICAL = "CRITICAL"


class ContentRule(StrEnum):
    """What a content must keep to before anybody may publish it."""

    MISSING = "MISSING"
    LIST_PRICE = "LIST_PRICE"
    CHECK_DIGIT = "CHECK_DIGIT"
    TAKEN = "TAKEN"
    TEMPERATURE = "TEMPERATURE"
