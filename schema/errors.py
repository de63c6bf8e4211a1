"""Why a write was refused: a member of the mutation's result union, with facts a client can act on.

Each type is read from the refusal a domain raises, of the same name. Here are those of several mutations; one that
belongs to a single noun stands beside its unions in schema.results.
"""

import strawberry

from app.accounts import errors as accounts
from app.catalog import errors as catalog
from app.kit import idempotency
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
