"""What the mutations of inspection reports answer."""

from datetime import date
from typing import Annotated

import strawberry

from app.traceability import errors
from app.traceability.enums import ReportStatus, Verdict
from schema.binding import field, of
from schema.errors import IdempotencyKeyReused, UserError
from schema.results.files import UploadAlreadyUsed, UploadNotFound, UploadOfWrongKind
from schema.types.inspection import InspectionReport


@strawberry.type(description="Returned when there is no such lot.")
@of(errors.LotNotFound)
class LotNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when several trade items have a lot of this code: give `gtin` too.")
@of(errors.LotAmbiguous)
class LotAmbiguous(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when you filed a report of this number before.")
@of(errors.ReportNumberTaken)
class ReportNumberTaken(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the days of a report are out of order or out of bounds.")
@of(errors.ReportDatesWrong)
class ReportDatesWrong(UserError):
    """Its source is the refusal."""

    earliest: date = field(description="The first day that is taken.")
    latest: date = field(description="The last day that is taken: today in Shanghai.")


@strawberry.type(description="Returned when a report has no item, or too many.")
@of(errors.ReportItemsWrong)
class ReportItemsWrong(UserError):
    """Its source is the refusal."""

    least: int = field(description="At least so many.")
    most: int = field(description="At most so many.")


@strawberry.type(description="Returned when verdicts of items do not follow from their limits and results.")
@of(errors.ItemVerdictsWrong)
class ItemVerdictsWrong(UserError):
    """Its source is the refusal."""

    positions: list[int] = field(description="Which items, counted from 0.", list_size=10)


@strawberry.type(description="Returned when the conclusion does not follow from the items.")
@of(errors.ConclusionWrong)
class ConclusionWrong(UserError):
    """Its source is the refusal."""

    expected: Verdict = field(description="What follows from them.")


@strawberry.type(description="Returned when there is no such report.")
@of(errors.ReportNotFound)
class ReportNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when someone accepted or rejected the report before.")
@of(errors.ReportAlreadyDecided)
class ReportAlreadyDecided(UserError):
    """Its source is the refusal."""

    status: ReportStatus = field(description="What was decided.")


@strawberry.type(description="Returned when who filed a report is about to decide on it.")
@of(errors.MakerIsChecker)
class MakerIsChecker(UserError):
    """Its source is the refusal."""


FileInspectionReportResult = Annotated[
    InspectionReport
    | LotNotFound
    | LotAmbiguous
    | ReportNumberTaken
    | ReportDatesWrong
    | ReportItemsWrong
    | ItemVerdictsWrong
    | ConclusionWrong
    | UploadNotFound
    | UploadAlreadyUsed
    | UploadOfWrongKind
    | IdempotencyKeyReused,
    strawberry.union("FileInspectionReportResult", description="The report, SUBMITTED, or why it was not filed."),
]
AcceptInspectionReportResult = Annotated[
    InspectionReport | ReportNotFound | ReportAlreadyDecided | MakerIsChecker,
    strawberry.union("AcceptInspectionReportResult", description="The report, ACCEPTED, or why it is not."),
]
RejectInspectionReportResult = Annotated[
    InspectionReport | ReportNotFound | ReportAlreadyDecided | MakerIsChecker,
    strawberry.union("RejectInspectionReportResult", description="The report, REJECTED, or why it is not."),
]
