"""What staff send about customers."""

import strawberry
from strawberry import ID


@strawberry.input(description="Whom to look up.")
class LookUpCustomerInput:
    """Its fields are the resolver's arguments."""

    phone: str = strawberry.field(description="The whole number: 11 digits, with or without +86 before them.")


@strawberry.input(description="Whose number to see, and why.")
class RevealPhoneInput:
    """Its fields are the resolver's arguments."""

    customer_id: ID = strawberry.field(description="The customer's id.")
    reason: str = strawberry.field(
        description="Why, 5 to 200 characters, kept for three years: nobody's number may be in it."
    )
