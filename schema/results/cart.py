"""What writes of carts answer, and claiming a coupon."""

from datetime import datetime
from typing import Annotated

import strawberry

from app.carts import errors as carts
from app.coupons import errors as coupons
from schema.binding import field, of
from schema.errors import (
    AccountClosed,
    CouponNotApplicable,
    IdempotencyKeyReused,
    PickupSlotClosed,
    ProductNotFound,
    QuantityOutOfRange,
    UserError,
)
from schema.results.staff import PickupPointNotFound
from schema.types.cart import Cart
from schema.types.coupon import CouponCode


@strawberry.type(
    description="Returned when the token opens no cart: it is none, 30 days were over, or a customer took it over."
)
@of(carts.CartNotFound)
class CartNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when too many carts were begun from one address.")
@of(carts.TooManyCarts)
class TooManyCarts(UserError):
    """Its source is the refusal."""

    again_at: datetime = field(description="When to try again.")


@strawberry.type(description="Returned when a cart has as many lines as one may have.")
@of(carts.CartFull)
class CartFull(UserError):
    """Its source is the refusal."""

    limit: int = field(description="How many one may have.")


@strawberry.type(description="Returned when there is no such coupon.")
@of(coupons.CouponNotFound)
class CouponNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when all of these coupons have been claimed.")
@of(coupons.CouponSoldOut)
class CouponSoldOut(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the customer has as many of this coupon as one may claim.")
@of(coupons.ClaimLimitReached)
class ClaimLimitReached(UserError):
    """Its source is the refusal."""

    limit: int = field(description="How many one may claim.")


@strawberry.type(description="Returned when the coupon cannot be claimed yet, or not any more.")
@of(coupons.ClaimClosed)
class ClaimClosed(UserError):
    """Its source is the refusal."""


CreateCartResult = Annotated[
    Cart | TooManyCarts | PickupPointNotFound | AccountClosed,
    strawberry.union("CreateCartResult", description="The cart with its token, or why there is none."),
]
AddToCartResult = Annotated[
    Cart | ProductNotFound | QuantityOutOfRange | CartFull | CartNotFound | AccountClosed | IdempotencyKeyReused,
    strawberry.union("AddToCartResult", description="The cart, or why nothing was put in."),
]
SetCartLineResult = Annotated[
    Cart | ProductNotFound | QuantityOutOfRange | CartFull | CartNotFound | AccountClosed,
    strawberry.union("SetCartLineResult", description="The cart, or why the line is as it was."),
]
RemoveFromCartResult = Annotated[
    Cart | CartNotFound | AccountClosed,
    strawberry.union("RemoveFromCartResult", description="The cart without the line, or why not."),
]
ClearCartResult = Annotated[
    Cart | CartNotFound | AccountClosed,
    strawberry.union("ClearCartResult", description="The cart without lines, or why not."),
]
ChoosePickupResult = Annotated[
    Cart | PickupPointNotFound | PickupSlotClosed | CartNotFound | AccountClosed,
    strawberry.union("ChoosePickupResult", description="The cart, or why it is collected where it was."),
]
ChooseCouponResult = Annotated[
    Cart | CouponNotApplicable | AccountClosed,
    strawberry.union("ChooseCouponResult", description="The cart, or why its coupon is what it was."),
]
MergeCartResult = Annotated[
    Cart | CartNotFound | AccountClosed,
    strawberry.union("MergeCartResult", description="The customer's cart, or why nothing was taken over."),
]
ClaimCouponResult = Annotated[
    CouponCode
    | CouponNotFound
    | CouponSoldOut
    | ClaimLimitReached
    | ClaimClosed
    | AccountClosed
    | IdempotencyKeyReused,
    strawberry.union("ClaimCouponResult", description="The coupon, hers now, or why it is not."),
]
