"""Fields of coupons."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry
from strawberry import ID, Parent

from app.accounts.models import Customer
from app.accounts.rules import customer_of
from app.coupons import service, wallet
from app.coupons.enums import CouponState
from app.coupons.models import Coupon, CouponCode
from app.kit import ids
from app.kit.paging import Page
from resolvers.arguments import After
from resolvers.info import Info

State = Annotated[CouponState | None, strawberry.argument(description="Those that are so; null: all.")]
First = Annotated[int, strawberry.argument(description="How many coupons, 1 to 50.")]


def amount(parent: Parent[Coupon]) -> int | None:
    """What it takes off, in fen."""
    fen: int | None = parent.amount_fen
    return fen


def cap(parent: Parent[Coupon]) -> int | None:
    """The most it takes off, in fen."""
    fen: int | None = parent.cap_fen
    return fen


def minimum_spend(parent: Parent[Coupon]) -> int:
    """From which spend it works, in fen."""
    fen: int = parent.minimum_spend_fen
    return fen


def remaining(parent: Parent[Coupon]) -> int:
    """How many can still be claimed."""
    return parent.usage_limit - parent.claimed_count


def template(parent: Parent[CouponCode], info: Info) -> Awaitable[Coupon | None]:
    """What it gives."""
    return info.context.loaders.coupons.load(parent.coupon_id)


def wallet_page(
    parent: Parent[Customer],
    info: Info,
    state: State = CouponState.USABLE,
    first: First = 20,
    after: After = None,
) -> Awaitable[Page[CouponCode]]:
    """A page of her coupons."""
    return wallet.page(parent.id, state, info.context.now, first=first, after=after)


def claim(info: Info, coupon_id: ID, idempotency_key: str) -> Awaitable[CouponCode]:
    """One more of a coupon."""
    caller = info.context.caller
    return service.claim(caller, customer_of(caller), ids.decode(coupon_id, "Coupon"), idempotency_key)
