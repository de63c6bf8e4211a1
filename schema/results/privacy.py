"""What decisions about personal data answer."""

from typing import Annotated

import strawberry

from app.privacy import errors
from app.privacy.enums import DataSubject
from schema.binding import field, of
from schema.errors import AccountClosed, IdempotencyKeyReused, UserError
from schema.results.files import UploadAlreadyUsed, UploadNotFound, UploadOfWrongKind
from schema.results.session import PhoneCodeInvalid, PhoneCodeUsed, PhoneTaken, SignInTooFrequent, WeChatAway
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


@strawberry.type(description="Returned when nobody may change this: it is WeChat's, or proof by law.")
@of(errors.NotCorrectable)
class NotCorrectable(UserError):
    """Its source is the refusal."""

    subject: DataSubject = field(description="What it is about.")


@strawberry.type(description="Returned when the customer corrects this herself: with `correctMyData`.")
@of(errors.CorrectItYourself)
class CorrectItYourself(UserError):
    """Its source is the refusal."""

    subject: DataSubject = field(description="What it is about.")


@strawberry.type(description="Returned when a request of this kind is under way already.")
@of(errors.DataRequestOpen)
class DataRequestOpen(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when there is no such request, or none that people answer.")
@of(errors.DataRequestNotFound)
class DataRequestNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the request was answered otherwise before, or has ended.")
@of(errors.DataRequestAnswered)
class DataRequestAnswered(UserError):
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
CorrectMyDataResult = Annotated[
    DataRequest
    | ConsentMissing
    | UploadNotFound
    | UploadAlreadyUsed
    | UploadOfWrongKind
    | PhoneCodeInvalid
    | PhoneCodeUsed
    | PhoneTaken
    | SignInTooFrequent
    | WeChatAway
    | AccountClosed
    | IdempotencyKeyReused,
    strawberry.union("CorrectMyDataResult", description="The proof that it was corrected, or why nothing was."),
]
AskAboutMyDataResult = Annotated[
    DataRequest | NotCorrectable | CorrectItYourself | DataRequestOpen | AccountClosed | IdempotencyKeyReused,
    strawberry.union("AskAboutMyDataResult", description="The request with the day it is answered by, or why not."),
]
AnswerDataRequestResult = Annotated[
    DataRequest | DataRequestNotFound | DataRequestAnswered,
    strawberry.union("AnswerDataRequestResult", description="The request, answered, or why it is not."),
]
