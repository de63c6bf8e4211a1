"""Customers as staff see them, and who saw what of them."""

from datetime import datetime

import strawberry

from app.accounts import revealing
from app.accounts.enums import PersonalValue
from app.accounts.models import PersonalAccess as AccessRow
from resolvers import staff_customer as resolve
from schema.binding import field, of
from schema.types.staff import StaffMember


@strawberry.type(description="A customer as the member of staff who asks may see her.")
@of(revealing.MaskedCustomer)
class StaffCustomer:
    """Its source is app.accounts.revealing.MaskedCustomer."""

    customer_id: strawberry.ID = field(resolve.masked_of, description="Opaque; `revealPhone` takes it.")
    display_name: str = field(
        description="The name she chose to be seen by; masked for whoever has not the scope `customers:names`."
    )
    phone: str | None = field(description="Her phone number, masked; null when she bound none.")
    created_at: datetime = field(description="When she came.")


@strawberry.type(description="A customer's whole phone number; that it was seen is written down.")
@of(revealing.RevealedPhone)
class RevealedPhone:
    """Its source is app.accounts.revealing.RevealedPhone."""

    customer_id: strawberry.ID = field(resolve.revealed_of, description="Whose it is.")
    phone: str = field(description="The number, with +86 before it.")
    seen_at: datetime = field(description="When it was seen, as the access log has it.")


@strawberry.type(description="That a member of staff saw a customer's value unmasked. Entries are never changed.")
@of(AccessRow)
class PersonalAccess:
    """Its source is a row."""

    customer_id: strawberry.ID = field(resolve.customer_id, description="Whose value.")
    staff_member: StaffMember | None = field(resolve.member, description="Who saw it; those who left are named too.")
    value: PersonalValue = field(description="Which value; never the value itself.")
    reason: str = field(description="Why, in her words.")
    trace_id: str | None = field(description="The trace of the request, to find it in the logs.")
    seen_at: datetime = field(description="When.")
