"""Root fields of what the law gives a customer about her data."""

import strawberry

from resolvers import privacy as resolve
from schema.binding import mutation
from schema.inputs.privacy import CloseMyAccountInput, DecideConsentInput, ExportMyDataInput, SetBirthYearInput
from schema.results.privacy import CloseMyAccountResult, DecideConsentResult, ExportMyDataResult, SetBirthYearResult

ME = ("me",)  # what is the customer's own


@strawberry.type
class PrivacyWrites:
    """Writes of consent, export and closing."""

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
