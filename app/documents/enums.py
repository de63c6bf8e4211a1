"""Closed lists of registered documents."""

from enum import StrEnum


class OperationKind(StrEnum):
    """What a document does."""

    QUERY = "QUERY"
    MUTATION = "MUTATION"
    SUBSCRIPTION = "SUBSCRIPTION"


class ManifestState(StrEnum):
    """Where a version stands: it goes down this list, and never back."""

    PUSHED = "PUSHED"
    ACTIVE = "ACTIVE"
    RETIRED = "RETIRED"
    DROPPED = "DROPPED"
