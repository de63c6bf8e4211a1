"""Why a write was refused: a member of the mutation's result union, with facts a client can act on.

Each type is read from the refusal a domain raises, of the same name. Here are those of several mutations; one that
belongs to a single noun stands beside its unions in schema.results.
"""

import strawberry

from app.accounts import errors as accounts
from app.carts import errors as carts
from app.catalog import errors as catalog
from app.coupons import errors as coupons
from app.coupons.enums import CouponReason
from app.kit import idempotency
from app.pickup import errors as pickup
from resolvers import refusal as resolve
from schema.binding import field, of


@strawberry.interface(description="A refusal: nothing was changed. Always select its message.")
class UserError:
    """Every refusal is one, so that a client can tell people of those it does not know."""

    message: str = field(
        resolve.message, description="A sentence for the customer: Chinese, or English where Accept-Language asks."
    )


@strawberry.type(description="Returned when the idempotency key was used for another input in the last 24 hours.")
@of(idempotency.IdempotencyKeyReused)
class IdempotencyKeyReused(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when there is no published product of this id.")
@of(catalog.ProductNotFound)
class ProductNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the customer closed her account.")
@of(accounts.AccountClosed)
class AccountClosed(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when there is nothing to buy in the cart, or nothing that is sold now.")
@of(carts.CartEmpty)
class CartEmpty(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when no pickup point and slot were chosen.")
@of(carts.PickupNotChosen)
class PickupNotChosen(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when one order takes fewer units of something, or none was asked for.")
@of(carts.QuantityOutOfRange)
class QuantityOutOfRange(UserError):
    """Its source is the refusal."""

    limit: int = field(description="How many units one order takes.")


@strawberry.type(description="Returned when the coupon cannot lower this price.")
@of(coupons.CouponNotApplicable)
class CouponNotApplicable(UserError):
    """Its source is the refusal."""

    reason: CouponReason = field(description="Why not.")


@strawberry.type(description="Returned when every place of the slot is taken: let her choose another.")
@of(pickup.PickupSlotFull)
class PickupSlotFull(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the slot takes no more orders: its cut-off has passed.")
@of(pickup.PickupSlotClosed)
class PickupSlotClosed(UserError):
    """Its source is the refusal."""
