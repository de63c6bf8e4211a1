"""What a customer decides about her data."""

import strawberry
from strawberry import ID

from app.accounts.enums import ConsentPurpose
from app.privacy.enums import DataRequestKind, DataSubject

_KEY = "8 to 64 visible ASCII characters of your own; sent again within a day it does nothing twice."
_VERSION = "The version of the policy she was shown: 1 to 20 letters, digits, points and hyphens."


@strawberry.input(description="A decision about one purpose; nothing is decided for her beforehand.")
class DecideConsentInput:
    """Its fields are the resolver's arguments."""

    purpose: ConsentPurpose = strawberry.field(description="About what.")
    granted: bool = strawberry.field(description="Whether she agrees; false takes it back.")
    policy_version: str = strawberry.field(description=_VERSION)


@strawberry.input(description="A birth year, and the consent to keep it.")
class SetBirthYearInput:
    """Its fields are the resolver's arguments."""

    birth_year: int = strawberry.field(description="From 1900 to this year.")
    agrees: bool = strawberry.field(description="Whether she agrees to BIRTH_YEAR, asked about it by itself.")
    policy_version: str = strawberry.field(description=_VERSION)


@strawberry.input(description="A wish for a copy of everything the shop holds about the customer.")
class ExportMyDataInput:
    """Its fields are the resolver's arguments."""

    confirms: bool = strawberry.field(description="True: she asked for it herself.")


@strawberry.input(description="A wish to close the account.")
class CloseMyAccountInput:
    """Its fields are the resolver's arguments."""

    confirms: bool = strawberry.field(description="True: she was told that it cannot be undone, and wants it.")


@strawberry.input(description="What is to be corrected: name, picture and birth year together, or the phone by itself.")
class CorrectMyDataInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    display_name: str | None = strawberry.field(default=None, description="The name to be seen by, at most 40.")
    avatar_upload_id: ID | None = strawberry.field(
        default=None, description="The new picture, sent to /uploads with the same key before."
    )
    birth_year: int | None = strawberry.field(default=None, description="From 1900 to this year.")
    policy_version: str | None = strawberry.field(
        default=None, description="With a birth year: the policy under which she agrees to its being kept."
    )
    phone_code: str | None = strawberry.field(
        default=None, description="What the button `getPhoneNumber` answered, for another number."
    )


@strawberry.input(description="A question or wish about her data that people answer.")
class AskAboutMyDataInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    kind: DataRequestKind = strawberry.field(description="CORRECTION, MINOR or OTHER.")
    subject: DataSubject = strawberry.field(description="What of her data.")
    wish: str = strawberry.field(description="What is wrong, or wanted; at most 1000 characters.")


@strawberry.input(description="What staff answer a customer.")
class AnswerDataRequestInput:
    """Its fields are the resolver's arguments."""

    request_id: ID = strawberry.field(description="The request's id.")
    is_done: bool = strawberry.field(description="True: it was done. False: it is refused.")
    answer: str = strawberry.field(
        description="What was done, or the reason of the refusal, for her to read; at most 500 characters."
    )
