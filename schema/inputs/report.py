"""What laboratories and quality management write about inspection reports."""

from datetime import date

import strawberry
from strawberry import ID

from app.traceability.enums import Verdict


@strawberry.input(description="One line of a report.")
class InspectionItemInput:
    """Its fields are those of app.traceability.rules.InspectionItem."""

    name: str = strawberry.field(description="What was tested, such as 毒死蜱; at most 80 characters.")
    method: str = strawberry.field(description="The standard of the method, such as GB 23200.113; at most 80.")
    limit: str = strawberry.field(description="The limit, such as ≤0.02 or 不得检出; at most 40 characters.")
    value: str = strawberry.field(description="The result, such as 0.013 or 未检出(<0.01); at most 40 characters.")
    unit: str = strawberry.field(description="The unit of both, such as mg/kg; empty where there is none.")
    verdict: Verdict = strawberry.field(
        description="Whether the result is within the limit; refused where the two say otherwise."
    )


@strawberry.input(description="An inspection report on a lot.")
class FileInspectionReportInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(
        description="8 to 64 visible ASCII characters of your own; sent again within a day it files nothing twice."
    )
    lot_id: ID | None = strawberry.field(default=None, description="The lot's id; or else give `lotCode`.")
    lot_code: str | None = strawberry.field(default=None, description="The lot's code as on the label.")
    gtin: str | None = strawberry.field(
        default=None, description="The trade item's GTIN, 14 digits; needed where several items share the code."
    )
    number: str = strawberry.field(description="Your number of the report, used once; at most 60 characters.")
    sample_name: str = strawberry.field(description="What was sampled; at most 80 characters.")
    sampled_on: date = strawberry.field(description="When the sample was taken; at most two years ago.")
    issued_on: date = strawberry.field(description="When the report was issued: not before sampling, not after today.")
    conclusion: Verdict = strawberry.field(description="PASS if every item passes, else FAIL.")
    items: list[InspectionItemInput] = strawberry.field(description="What was tested: 1 to 200 items, in order.")
    upload_id: ID = strawberry.field(description="The report as PDF, sent to /uploads with the same key before.")


@strawberry.input(description="A report to accept.")
class AcceptInspectionReportInput:
    """Its fields are the resolver's arguments."""

    report_id: ID = strawberry.field(description="The report's id.")


@strawberry.input(description="A report to reject.")
class RejectInspectionReportInput:
    """Its fields are the resolver's arguments."""

    report_id: ID = strawberry.field(description="The report's id.")
    reason: str = strawberry.field(description="Why, for the laboratory to read; at most 300 characters.")
