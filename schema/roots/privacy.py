"""Root fields of what the law gives a customer about her data."""

import strawberry

from resolvers import privacy as resolve
from schema.binding import mutation
from schema.inputs.privacy import DecideConsentInput, SetBirthYearInput
from schema.results.privacy import DecideConsentResult, SetBirthYearResult

ME = ("me",)  # what is the customer's own


@strawberry.type
class PrivacyWrites:
    """Writes of consent."""

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
