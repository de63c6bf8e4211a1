"""The closed lists of publishing, as the schema tells them."""

from app.catalog.enums import ChangeKind, ChangeSeverity, ContentRule, RevisionStatus
from schema.enums import declare

declare(
    RevisionStatus,
    "Where a revision of a product stands on its way to the public.",
    {
        "DRAFT": "Its maker changes it.",
        "SUBMITTED": "It waits for somebody else to decide.",
        "APPROVED": "It may be published, exactly as it is.",
        "REJECTED": "It was given back, for a reason; its maker may change it.",
        "PUBLISHED": "It was published; a later one may stand in its place.",
        "DISCARDED": "It was given up.",
    },
)
declare(
    ChangeKind,
    "What a change is about.",
    {
        "PRICE": "A price, or the one crossed out.",
        "ALLERGEN": "Allergens.",
        "ORIGIN": "Where it comes from.",
        "STORAGE": "How and how long it keeps.",
        "TEXT": "Words, the shelf, or what kind of product it is.",
        "MEDIA": "Pictures, films, their order or their words.",
        "SKU": "A specification: new, changed, or not on sale any more.",
        "CERTIFICATE": "Until when the certificates of the lots on the shelves hold: the first that ends.",
    },
)
declare(
    ChangeSeverity,
    "How much harm a mistake in a change would do.",
    {
        "LOW": "Little.",
        "HIGH": "Money, or a false statement.",
        "CRITICAL": "Somebody's health.",
    },
)
declare(
    ContentRule,
    "What a content must keep to before it is published.",
    {
        "MISSING": "It must be there.",
        "LIST_PRICE": "A list price (划线价) is at most the least asked in the 7 days before its price begins.",
        "CHECK_DIGIT": "A GTIN ends in its check digit.",
        "TAKEN": "No other product has it.",
        "TEMPERATURE": "What is chilled keeps at 0 to 10 Celsius, what is frozen at most at -18 (GB 31605-2020).",
    },
)
