"""Being signed in."""

from datetime import datetime

import strawberry

from app.accounts.sessions import Session as Source
from resolvers import session as resolve
from schema.binding import field, of
from schema.types.customer import Customer
from schema.types.staff import StaffMember


@strawberry.type(
    description=(
        "A sign-in. Send `Authorization: Bearer <accessToken>`; before it is over, exchange `refreshToken` by"
        " `refreshSession`. A refresh token is good once: used twice, the sign-in ends."
    )
)
@of(Source)
class Session:
    """Its source is app.accounts.sessions.Session."""

    access_token: str = field(description="What speaks for the caller, for some minutes.")
    access_expires_at: datetime = field(description="Until when.")
    refresh_token: str = field(description="What gets the next access token, once.")
    refresh_expires_at: datetime = field(description="Until when, if it is not used before.")
    customer: Customer | None = field(resolve.customer, description="The customer who signed in; null for staff.")
    staff_member: StaffMember | None = field(
        resolve.staff_member, description="The member of staff who signed in; null for customers."
    )
