"""Fields of inspection reports, and their writes."""

from collections.abc import Awaitable
from datetime import date
from typing import Annotated, Any

import strawberry
from strawberry import ID, Parent

from app.kit import ids
from app.kit.paging import Page
from app.partners.rules import partner_of
from app.traceability import queries, reports
from app.traceability.enums import ReportStatus, Verdict
from app.traceability.filing import Filing
from app.traceability.papers import InspectionReport
from app.traceability.rules import InspectionItem, inspection_items
from resolvers.arguments import After
from resolvers.info import Info

First = Annotated[int, strawberry.argument(description="How many reports, 1 to 50.")]
Number = Annotated[str, strawberry.argument(description="Your number of the report.")]
Status = Annotated[ReportStatus, strawberry.argument(description="Those that have come so far.")]


def file_url(parent: Parent[InspectionReport], info: Info) -> str | None:
    """Where the laboratory's file is."""
    return None if parent.file_key is None else info.context.addresses.stored(parent.file_key)


def items(parent: Parent[InspectionReport]) -> list[InspectionItem]:
    """What was tested."""
    return inspection_items(parent.items)


def filed(info: Info, number: Number) -> Awaitable[InspectionReport | None]:
    """The report the partner filed under this number."""
    return queries.filed_report(partner_of(info.context.caller), number)


def all_filed(info: Info, first: First = 20, after: After = None) -> Awaitable[Page[InspectionReport]]:
    """A page of what the partner filed."""
    return queries.FILED.page(partner_of(info.context.caller), first=first, after=after)


def by_status(
    status: Status = ReportStatus.SUBMITTED, first: First = 20, after: After = None
) -> Awaitable[Page[InspectionReport]]:
    """A page of what all partners filed."""
    return queries.BY_STATUS.page(status.value, first=first, after=after)


def file(
    info: Info,
    *,
    idempotency_key: str,
    lot_id: ID | None,
    lot_code: str | None,
    gtin: str | None,
    number: str,
    sample_name: str,
    sampled_on: date,
    issued_on: date,
    conclusion: Verdict,
    items: list[Any],
    upload_id: ID,
) -> Awaitable[InspectionReport]:
    """The report, filed."""
    lot, upload = None if lot_id is None else ids.decode(lot_id, "Lot"), ids.decode(upload_id, "Upload")
    lines = [InspectionItem(**vars(each)) for each in items]
    said = (number, sample_name, sampled_on, issued_on, conclusion, lines)
    filing = Filing(lot, lot_code, gtin, *said, upload)
    return reports.file(info.context.caller, idempotency_key=idempotency_key, filing=filing)


def accept(info: Info, report_id: ID) -> Awaitable[InspectionReport]:
    """The report, accepted."""
    return reports.accept(info.context.caller, ids.decode(report_id, "InspectionReport"))


def reject(info: Info, report_id: ID, reason: str) -> Awaitable[InspectionReport]:
    """The report, rejected."""
    return reports.reject(info.context.caller, ids.decode(report_id, "InspectionReport"), reason)
