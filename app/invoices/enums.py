"""Closed lists of invoices."""

from enum import StrEnum


class InvoiceKind(StrEnum):
    """Whose name stands on it."""

    PERSONAL = "PERSONAL"
    COMPANY = "COMPANY"


class InvoiceState(StrEnum):
    """How far it is."""

    REQUESTED = "REQUESTED"
    ISSUED = "ISSUED"
    REJECTED = "REJECTED"
