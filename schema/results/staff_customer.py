"""What the mutations of staff about customers answer."""

from datetime import datetime
from typing import Annotated

import strawberry

from app.accounts import errors
from schema.binding import field, of
from schema.errors import AccountClosed, UserError
from schema.types.staff_customer import RevealedPhone, StaffCustomer


@strawberry.type(description="Returned when no customer has the id or the number.")
@of(errors.CustomerNotFound)
class CustomerNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the customer bound no number.")
@of(errors.NoPhone)
class NoPhone(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when a member of staff looked up as many customers as one may in an hour.")
@of(errors.LookupLimitReached)
class LookupLimitReached(UserError):
    """Its source is the refusal."""

    again_at: datetime = field(description="When to try again.")


@strawberry.type(description="Returned when a member of staff saw as many whole numbers as one may in an hour.")
@of(errors.RevealLimitReached)
class RevealLimitReached(UserError):
    """Its source is the refusal."""

    again_at: datetime = field(description="When to try again.")


LookUpCustomerResult = Annotated[
    StaffCustomer | CustomerNotFound | LookupLimitReached,
    strawberry.union("LookUpCustomerResult", description="The customer, masked, or why there is none."),
]
RevealPhoneResult = Annotated[
    RevealedPhone | CustomerNotFound | AccountClosed | NoPhone | RevealLimitReached,
    strawberry.union("RevealPhoneResult", description="The whole number, or why not."),
]
