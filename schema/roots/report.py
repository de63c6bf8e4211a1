"""Root fields of inspection reports on their way."""

import strawberry

from resolvers import report as resolve_report
from schema.binding import field, mutation
from schema.inputs.report import AcceptInspectionReportInput, FileInspectionReportInput, RejectInspectionReportInput
from schema.results.report import AcceptInspectionReportResult, FileInspectionReportResult, RejectInspectionReportResult
from schema.types.inspection import InspectionReport
from schema.types.page import Connection

FILE = ("reports:file",)
REVIEW = ("reports:review",)


@strawberry.type
class ReportQueries:
    """Reads of inspection reports on their way."""

    filed_inspection_report: InspectionReport | None = field(
        resolve_report.filed,
        requires=FILE,
        description="The report you filed under this number, however far it has come; null if you filed none.",
    )
    filed_inspection_reports: Connection[InspectionReport] = field(
        resolve_report.all_filed, requires=FILE, description="The reports you filed, newest first."
    )
    inspection_reports: Connection[InspectionReport] = field(
        resolve_report.by_status, requires=REVIEW, description="The reports that laboratories filed, newest first."
    )


@strawberry.type
class ReportWrites:
    """Writes of inspection reports on their way."""

    file_inspection_report: FileInspectionReportResult = mutation(
        resolve_report.file,
        FileInspectionReportInput,
        requires=FILE,
        description="Files a report on a lot. Shoppers see it when quality management has accepted it.",
    )
    accept_inspection_report: AcceptInspectionReportResult = mutation(
        resolve_report.accept,
        AcceptInspectionReportInput,
        requires=REVIEW,
        description="Takes a filed report over: from now on its lot shows it. Doing it again changes nothing.",
    )
    reject_inspection_report: RejectInspectionReportResult = mutation(
        resolve_report.reject,
        RejectInspectionReportInput,
        requires=REVIEW,
        description="Turns a filed report down. Doing it again changes nothing.",
    )
