"""What a customer writes about what she keeps."""

import strawberry
from strawberry import ID


@strawberry.input(description="A product to keep.")
class AddFavouriteInput:
    """Its fields are the resolver's arguments."""

    product_id: ID = strawberry.field(description="The product's id.")


@strawberry.input(description="A product not to keep any more.")
class RemoveFavouriteInput:
    """Its fields are the resolver's arguments."""

    product_id: ID = strawberry.field(description="The product's id; it need not be sold any more.")


@strawberry.input(description="A product that is looked at.")
class RecordProductViewInput:
    """Its fields are the resolver's arguments."""

    product_id: ID = strawberry.field(description="The product's id.")


@strawberry.input(description="What is to be forgotten.")
class ForgetProductViewsInput:
    """Its fields are the resolver's arguments."""

    product_id: ID | None = strawberry.field(default=None, description="Only this product; without it, everything.")
