"""Root fields of what is the customer's own."""

import strawberry

from resolvers import customer as resolve_customer
from schema.binding import field, mutation
from schema.inputs.customer import (
    AddFavouriteInput,
    ForgetProductViewsInput,
    RecordProductViewInput,
    RemoveFavouriteInput,
)
from schema.results.customer import (
    AddFavouriteResult,
    ForgetProductViewsResult,
    RecordProductViewResult,
    RemoveFavouriteResult,
)
from schema.types.customer import Customer

ME = ("me",)  # what is the customer's own


@strawberry.type
class CustomerQueries:
    """Reads of what is the customer's own."""

    me: Customer | None = field(resolve_customer.me, description="The customer who asks; null for everybody else.")


@strawberry.type
class CustomerWrites:
    """Writes of what is the customer's own."""

    add_favourite: AddFavouriteResult = mutation(
        resolve_customer.add_favourite,
        AddFavouriteInput,
        requires=ME,
        description="Makes a product a favourite of the customer who asks. Doing it again changes nothing.",
    )
    remove_favourite: RemoveFavouriteResult = mutation(
        resolve_customer.remove_favourite,
        RemoveFavouriteInput,
        requires=ME,
        description="Takes a product from the favourites. Doing it again changes nothing.",
    )
    record_product_view: RecordProductViewResult = mutation(
        resolve_customer.record_view,
        RecordProductViewInput,
        requires=ME,
        description=(
            "Notes that the customer looks at a product now, for `seenProducts`; of a customer who has not consented to"
            " PERSONALIZATION nothing is noted, and the answer is the same."
        ),
    )
    forget_product_views: ForgetProductViewsResult = mutation(
        resolve_customer.forget_views,
        ForgetProductViewsInput,
        requires=ME,
        description="Forgets what the customer looked at.",
    )
