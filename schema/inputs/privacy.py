"""What a customer decides about her data."""

import strawberry

from app.accounts.enums import ConsentPurpose

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
