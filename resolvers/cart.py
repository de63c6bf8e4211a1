"""Carts: reads, and what a visitor or a customer writes into hers."""

from collections.abc import Awaitable, Sequence
from typing import Annotated

import strawberry
from strawberry import ID, Parent

from app.accounts.models import Customer
from app.accounts.places import CART_ADDRESS
from app.accounts.rules import customer_of
from app.carts import queries, service
from app.carts.queries import CartView
from app.carts.service import Owner
from app.carts.tokens import token_hash
from app.kit import ids
from app.kit.caller import CallerKind
from app.promotions.wallet import Tried
from resolvers.info import Info

CartToken = Annotated[str, strawberry.argument(description="The secret that `createCart` answered.")]


async def cart(info: Info, cart_token: CartToken) -> CartView | None:
    """A visitor's cart."""
    known = token_hash(cart_token)
    return None if known is None else await queries.of_token(known, info.context.now)


def mine(parent: Parent[Customer], info: Info) -> Awaitable[CartView | None]:
    """The customer's cart."""
    return queries.of_customer(parent.id, info.context.now)


def _customer(info: Info) -> int | None:
    caller = info.context.caller
    return caller.id if caller.kind is CallerKind.CUSTOMER else None


def _owner(info: Info, cart_token: str | None) -> Owner:
    return Owner.of(_customer(info), cart_token)


def create(info: Info, pickup_point_id: ID | None = None) -> Awaitable[CartView]:
    """A new cart of a visitor, or the customer's."""
    context = info.context
    address = context.people.vault.index(CART_ADDRESS, context.address)
    point = None if pickup_point_id is None else ids.decode(pickup_point_id, "PickupPoint")
    return service.create(_customer(info), address, point)


def add(
    info: Info, sku_id: ID, quantity: int, idempotency_key: str, cart_token: str | None = None
) -> Awaitable[CartView]:
    """The cart with so many units more."""
    sku = ids.decode(sku_id, "Sku")
    return service.add(info.context.caller, _owner(info, cart_token), sku, quantity, idempotency_key)


def set_line(info: Info, sku_id: ID, quantity: int, cart_token: str | None = None) -> Awaitable[CartView]:
    """The cart with exactly so many units."""
    return service.set_line(_owner(info, cart_token), ids.decode(sku_id, "Sku"), quantity)


def remove(info: Info, sku_id: ID, cart_token: str | None = None) -> Awaitable[CartView]:
    """The cart without a line."""
    return service.remove(_owner(info, cart_token), ids.decode(sku_id, "Sku"))


def clear(info: Info, cart_token: str | None = None) -> Awaitable[CartView]:
    """The cart without lines."""
    return service.remove(_owner(info, cart_token), None)


def choose_pickup(
    info: Info, pickup_point_id: ID, pickup_slot_id: ID | None = None, cart_token: str | None = None
) -> Awaitable[CartView]:
    """The cart, to be collected there and then."""
    point = ids.decode(pickup_point_id, "PickupPoint")
    slot = None if pickup_slot_id is None else ids.decode(pickup_slot_id, "PickupSlot")
    return service.choose_pickup(_owner(info, cart_token), point, slot)


def choose_coupon(info: Info, coupon_code_id: ID | None = None) -> Awaitable[CartView]:
    """The cart with a coupon, or without."""
    code = None if coupon_code_id is None else ids.decode(coupon_code_id, "CouponCode")
    return service.choose_coupon(customer_of(info.context.caller), code)


def merge(info: Info, cart_token: str) -> Awaitable[CartView]:
    """The customer's cart with a visitor's lines."""
    return service.merge(customer_of(info.context.caller), cart_token)


def subtotal(parent: Parent[CartView]) -> int:
    """Before the coupon, in fen."""
    return parent.subtotal_fen


def discount(parent: Parent[CartView]) -> int:
    """What the coupon takes off, in fen."""
    return parent.discount_fen


def total(parent: Parent[CartView]) -> int:
    """What is paid, in fen."""
    return parent.total_fen


def applicable(parent: Parent[CartView], info: Info) -> Awaitable[Sequence[Tried]]:
    """The customer's coupons tried on it."""
    return queries.applicable(parent, info.context.now)
