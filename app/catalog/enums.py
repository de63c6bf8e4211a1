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
