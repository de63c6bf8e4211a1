"""Fields of inspection reports."""

from strawberry import Parent

from app.traceability.papers import InspectionReport
from app.traceability.rules import InspectionItem, inspection_items


def items(parent: Parent[InspectionReport]) -> list[InspectionItem]:
    """What was tested."""
    return inspection_items(parent.items)
