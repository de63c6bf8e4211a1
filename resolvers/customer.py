"""The customer who asks, what is hers, and what she keeps."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry
from strawberry import ID, Parent

from app.accounts.models import Customer
from app.accounts.rules import customer_of
from app.catalog.models import Product
from app.favourites import service
from app.favourites.queries import FAVOURITES, SEEN
from app.kit import ids
from app.kit.caller import CallerKind
from app.kit.paging import Page
from resolvers.arguments import After
from resolvers.info import Info

First = Annotated[int, strawberry.argument(description="How many products, 1 to 50.")]


async def me(info: Info) -> Customer | None:
    """The customer who asks; None for everybody else."""
    caller = info.context.caller
    if caller.kind is not CallerKind.CUSTOMER or caller.id is None:
        return None
    return await info.context.loaders.customers.load(caller.id)


def favourites(parent: Parent[Customer], first: First = 20, after: After = None) -> Awaitable[Page[Product]]:
    """A page of her favourites."""
    return FAVOURITES.page(parent.id, first=first, after=after)


def seen_products(parent: Parent[Customer], first: First = 20, after: After = None) -> Awaitable[Page[Product]]:
    """A page of what she looked at."""
    return SEEN.page(parent.id, first=first, after=after)


def is_favourite(parent: Parent[Product], info: Info) -> Awaitable[bool]:
    """Whether the customer who asks has it among her favourites."""
    return info.context.loaders.is_favourite.load(parent.id)


def add_favourite(info: Info, product_id: ID) -> Awaitable[Product]:
    """The product, a favourite from now on."""
    return service.add_favourite(customer_of(info.context.caller), ids.decode(product_id, "Product"))


def remove_favourite(info: Info, product_id: ID) -> Awaitable[Customer]:
    """The customer, without this favourite."""
    return service.remove_favourite(customer_of(info.context.caller), ids.decode(product_id, "Product"))


def record_view(info: Info, product_id: ID) -> Awaitable[Product]:
    """The product, seen now."""
    return service.record_view(customer_of(info.context.caller), ids.decode(product_id, "Product"))


def forget_views(info: Info, product_id: ID | None) -> Awaitable[Customer]:
    """The customer, who has not seen it."""
    key = None if product_id is None else ids.decode(product_id, "Product")
    return service.forget_views(customer_of(info.context.caller), key)
