"""What decisions about personal data answer."""

from typing import Annotated

import strawberry

from app.privacy import errors
from schema.binding import of
from schema.errors import AccountClosed, UserError
from schema.types.customer import Customer
from schema.types.data_request import DataRequest


@strawberry.type(
    description="Returned when by her birth year the customer may be under 14: nothing is personalised then."
)
@of(errors.TooYoungToConsent)
class TooYoungToConsent(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the customer does not agree to her birth year being kept.")
@of(errors.ConsentMissing)
class ConsentMissing(UserError):
    """Its source is the refusal."""


DecideConsentResult = Annotated[
    Customer | TooYoungToConsent | AccountClosed,
    strawberry.union("DecideConsentResult", description="The customer with her consents, or why nothing changed."),
]
SetBirthYearResult = Annotated[
    Customer | ConsentMissing | AccountClosed,
    strawberry.union("SetBirthYearResult", description="The customer with her birth year, or why it is not kept."),
]
ExportMyDataResult = Annotated[
    DataRequest | AccountClosed,
    strawberry.union("ExportMyDataResult", description="The request, or why there is none."),
]
CloseMyAccountResult = Annotated[
    DataRequest | AccountClosed,
    strawberry.union("CloseMyAccountResult", description="The proof that it is closed; it may have been before."),
]
