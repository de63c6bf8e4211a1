"""What the mutations of a customer answer."""

from typing import Annotated

import strawberry

from app.favourites import errors as favourites
from schema.binding import field, of
from schema.errors import AccountClosed, ProductNotFound, UserError
from schema.types.customer import Customer
from schema.types.product import Product


@strawberry.type(description="Returned when a customer has as many favourites as one may have.")
@of(favourites.TooManyFavourites)
class TooManyFavourites(UserError):
    """Its source is the refusal."""

    limit: int = field(description="How many one may have.")


AddFavouriteResult = Annotated[
    Product | ProductNotFound | TooManyFavourites | AccountClosed,
    strawberry.union("AddFavouriteResult", description="The product, a favourite now, or why it is not."),
]
RemoveFavouriteResult = Annotated[
    Customer | AccountClosed,
    strawberry.union(
        "RemoveFavouriteResult", description="The customer, with the favourites she has left, or why not."
    ),
]
RecordProductViewResult = Annotated[
    Product | ProductNotFound | AccountClosed,
    strawberry.union("RecordProductViewResult", description="The product, or why it cannot be looked at."),
]
ForgetProductViewsResult = Annotated[
    Customer | AccountClosed,
    strawberry.union(
        "ForgetProductViewsResult", description="The customer, with what is left of `seenProducts`, or why not."
    ),
]
