"""What is written into carts."""

import strawberry
from strawberry import ID

_WHOSE = "A visitor's cart: the token that `createCart` answered. A customer who signed in has her own and needs none."


@strawberry.input(description="A new cart.")
class CreateCartInput:
    """Its fields are the resolver's arguments."""

    pickup_point_id: ID | None = strawberry.field(
        default=None, description="Where it is to be collected, if that is known; a customer's cart is left as it is."
    )


@strawberry.input(description="Units to put into the cart.")
class AddToCartInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(
        description="8 to 64 visible ASCII characters of your own: the same key adds once, however often it is sent."
    )
    sku_id: ID = strawberry.field(description="What.")
    quantity: int = strawberry.field(description="How many units more, from 1.")
    cart_token: str | None = strawberry.field(default=None, description=_WHOSE)


@strawberry.input(description="How many units a line is to have.")
class SetCartLineInput:
    """Its fields are the resolver's arguments."""

    sku_id: ID = strawberry.field(description="What, in the cart or not.")
    quantity: int = strawberry.field(description="How many units in all, from 1.")
    cart_token: str | None = strawberry.field(default=None, description=_WHOSE)


@strawberry.input(description="A line to take out.")
class RemoveFromCartInput:
    """Its fields are the resolver's arguments."""

    sku_id: ID = strawberry.field(description="What, sold or not.")
    cart_token: str | None = strawberry.field(default=None, description=_WHOSE)


@strawberry.input(description="A cart to empty.")
class ClearCartInput:
    """Its fields are the resolver's arguments."""

    cart_token: str | None = strawberry.field(default=None, description=_WHOSE)


@strawberry.input(description="Where and when a cart is to be collected.")
class ChoosePickupInput:
    """Its fields are the resolver's arguments."""

    pickup_point_id: ID = strawberry.field(description="Where.")
    pickup_slot_id: ID | None = strawberry.field(default=None, description="When: a slot of that point; null: not yet.")
    cart_token: str | None = strawberry.field(default=None, description=_WHOSE)


@strawberry.input(description="The coupon to use on the cart.")
class ChooseCouponInput:
    """Its fields are the resolver's arguments."""

    coupon_code_id: ID | None = strawberry.field(default=None, description="One of the customer's; null: none.")


@strawberry.input(description="A visitor's cart that the customer takes over.")
class MergeCartInput:
    """Its fields are the resolver's arguments."""

    cart_token: str = strawberry.field(description="Its token, dead from then on.")


@strawberry.input(description="A coupon to claim.")
class ClaimCouponInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(
        description="8 to 64 visible ASCII characters of your own: the same key claims once, however often it is sent."
    )
    coupon_id: ID = strawberry.field(description="Which.")
