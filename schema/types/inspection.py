"""The papers that vouch for a lot."""

from datetime import date

import strawberry

from app.traceability.enums import CertificateBasis, ReportStatus, Verdict
from app.traceability.papers import InspectionReport as ReportRow
from resolvers import report as resolve
from schema.binding import field, of
from schema.types.node import Node


@strawberry.type(description="One line of an inspection report.")
class InspectionItem:
    """Its source is app.traceability.rules.InspectionItem."""

    name: str = field(description="What was tested, such as 毒死蜱.")
    method: str = field(description="The standard of the method.")
    limit: str = field(description="The limit, such as ≤0.02.")
    value: str = field(description="The result, such as 未检出.")
    unit: str = field(description="The unit of limit and result.")
    verdict: Verdict = field(description="Whether the result is within the limit.")


@strawberry.type(description="A laboratory's report on a sample of a lot.")
@of(ReportRow)
class InspectionReport(Node):
    """Its source is a row."""

    number: str = field(description="The laboratory's number of the report.")
    lab: str = field(description="The laboratory.")
    sample_name: str = field(description="What was sampled.")
    sampled_on: date = field(description="When the sample was taken.")
    issued_on: date = field(description="When the report was issued.")
    verdict: Verdict = field(description="The conclusion.")
    status: ReportStatus = field(description="How far it has come; what a lot shows is ACCEPTED.")
    rejection_reason: str | None = field(description="Why it was rejected; null unless it was.")
    file_url: str | None = field(
        resolve.file_url, description="Where the report itself is, a PDF file; null where the laboratory sent none."
    )
    items: list[InspectionItem] = field(resolve.items, description="What was tested, in the report's order.")


@strawberry.type(description="A producer's certificate of conformity (承诺达标合格证) for a lot.")
class ConformityCertificate:
    """Its source is a row."""

    number: str = field(description="Its number.")
    product_name: str = field(description="What it is for.")
    quantity: str = field(description="How much it is for, as written.")
    origin: str = field(description="Where the goods come from.")
    issuer: str = field(description="Who issued it.")
    basis: CertificateBasis = field(description="What it rests on.")
    issued_on: date = field(description="When it was issued.")
    expires_on: date | None = field(description="Until when it holds; null without an end.")
