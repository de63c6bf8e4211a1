"""Root fields of what the law gives a customer about her data."""

import strawberry

from resolvers import privacy as resolve
from resolvers import retention as resolve_retention
from schema.binding import field, mutation
from schema.inputs.privacy import (
    AnswerDataRequestInput,
    AskAboutMyDataInput,
    CloseMyAccountInput,
    CorrectMyDataInput,
    DecideConsentInput,
    ExportMyDataInput,
    SetBirthYearInput,
)
from schema.results.privacy import (
    AnswerDataRequestResult,
    AskAboutMyDataResult,
    CloseMyAccountResult,
    CorrectMyDataResult,
    DecideConsentResult,
    ExportMyDataResult,
    SetBirthYearResult,
)
from schema.types.data_request import DataRequest
from schema.types.page import Connection
from schema.types.retention import RetentionReport

ME = ("me",)  # what is the customer's own
ANSWER = ("privacy:answer",)


@strawberry.type
class PrivacyQueries:
    """Reads for those who answer customers."""

    data_requests: Connection[DataRequest] = field(
        resolve.queue,
        requires=ANSWER,
        description="What customers asked for about their data: what is due first comes first.",
    )
    retention_reports: Connection[RetentionReport] = field(
        resolve_retention.reports,
        requires=ANSWER,
        description="What the daily purge removed, the newest day first.",
    )


@strawberry.type
class PrivacyWrites:
    """Writes of consent, correction, export and closing."""

    decide_consent: DecideConsentResult = mutation(
        resolve.decide_consent,
        DecideConsentInput,
        requires=ME,
        description=(
            "Agrees to one purpose, or takes it back: what was kept for it goes at once. Repeating it changes nothing."
        ),
    )
    set_birth_year: SetBirthYearResult = mutation(
        resolve.set_birth_year,
        SetBirthYearInput,
        requires=ME,
        description=(
            "Keeps the birth year with the consent given here. If the customer may be under 14, PERSONALIZATION and"
            " MARKETING end."
        ),
    )
    export_my_data: ExportMyDataResult = mutation(
        resolve.export_my_data,
        ExportMyDataInput,
        requires=ME,
        description=(
            "Asks for a copy of everything the shop holds about the customer. It is made shortly after: read"
            " `me { dataRequests }`. While a request is under way, that one is answered."
        ),
    )
    close_my_account: CloseMyAccountResult = mutation(
        resolve.close_my_account,
        CloseMyAccountInput,
        requires=ME,
        description=(
            "Closes the account for good: what identifies the customer is erased at once, she is signed out everywhere,"
            " and what the law wants kept tells of nobody any more."
        ),
    )
    correct_my_data: CorrectMyDataResult = mutation(
        resolve.correct_my_data,
        CorrectMyDataInput,
        requires=ME,
        description="Corrects what the customer may correct herself, at once; the answer is the proof of it.",
    )
    ask_about_my_data: AskAboutMyDataResult = mutation(
        resolve.ask_about_my_data,
        AskAboutMyDataInput,
        requires=ME,
        description="Asks people for what the customer cannot do herself. Read the answer in `me { dataRequests }`.",
    )
    answer_data_request: AnswerDataRequestResult = mutation(
        resolve.answer,
        AnswerDataRequestInput,
        requires=ANSWER,
        description="Answers a customer in writing: done, or refused and why. The same answer again changes nothing.",
    )
