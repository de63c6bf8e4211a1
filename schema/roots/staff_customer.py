"""Root fields of customers as staff see them."""

import strawberry

from resolvers import staff_customer as resolve
from schema.binding import field, mutation
from schema.inputs.staff_customer import LookUpCustomerInput, RevealPhoneInput
from schema.results.staff_customer import LookUpCustomerResult, RevealPhoneResult
from schema.types.page import Connection
from schema.types.staff_customer import PersonalAccess, StaffCustomer

READ = ("customers:read",)


@strawberry.type
class StaffCustomerQueries:
    """Reads of customers by staff."""

    staff_customer: StaffCustomer | None = field(
        resolve.customer, requires=READ, description="A customer, masked; null for none and for a closed account."
    )
    personal_access: Connection[PersonalAccess] = field(
        resolve.accesses,
        requires=("audit:read",),
        description="Who saw what of which customer unmasked, newest first.",
    )


@strawberry.type
class StaffCustomerWrites:
    """What staff do with customers; mutations, because each is counted, and no number may stand in an address."""

    look_up_customer: LookUpCustomerResult = mutation(
        resolve.look_up,
        LookUpCustomerInput,
        requires=READ,
        description="Finds a customer by her whole phone number; so often an hour and member of staff.",
    )
    reveal_phone: RevealPhoneResult = mutation(
        resolve.reveal_phone,
        RevealPhoneInput,
        requires=("customers:reveal",),
        description=(
            "Shows a customer's whole phone number, so often an hour; who saw it and why is written down, and she gets"
            " to read it with `exportMyData`."
        ),
    )
