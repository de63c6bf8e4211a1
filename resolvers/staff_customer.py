"""Customers as staff see them, and who saw what of them."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry
from strawberry import ID, Parent

from app.accounts import access_log, revealing
from app.accounts.models import PersonalAccess, Staff
from app.accounts.revealing import MaskedCustomer, RevealedPhone
from app.kit import ids
from app.kit.paging import Page
from resolvers.arguments import After
from resolvers.info import Info

First = Annotated[int, strawberry.argument(description="How many, 1 to 50.")]
CustomerId = Annotated[ID, strawberry.argument(description="The customer's id.")]
OfCustomer = Annotated[ID | None, strawberry.argument(description="Only what was seen of this customer.")]
ByStaff = Annotated[ID | None, strawberry.argument(description="Only what this member of staff saw.")]


def customer(info: Info, id: CustomerId) -> Awaitable[MaskedCustomer | None]:  # noqa: A002 - the argument's name
    """The customer with this id."""
    context = info.context
    return revealing.customer(context.people.vault, context.caller, ids.decode(id, "Customer"))


def look_up(info: Info, phone: str) -> Awaitable[MaskedCustomer]:
    """The customer with this number."""
    return revealing.look_up(info.context.people.vault, info.context.caller, phone)


def reveal_phone(info: Info, customer_id: ID, reason: str) -> Awaitable[RevealedPhone]:
    """Her whole number."""
    context = info.context
    return revealing.reveal_phone(context.people.vault, context.caller, ids.decode(customer_id, "Customer"), reason)


def accesses(
    first: First = 20, after: After = None, customer_id: OfCustomer = None, staff_id: ByStaff = None
) -> Awaitable[Page[PersonalAccess]]:
    """A page of who saw what."""
    of = None if customer_id is None else ids.decode(customer_id, "Customer")
    by = None if staff_id is None else ids.decode(staff_id, "Staff")
    return access_log.page(customer_id=of, staff_id=by, first=first, after=after)


def masked_of(parent: Parent[MaskedCustomer]) -> str:
    """Her id."""
    return ids.encode("Customer", parent.id)


def customer_id(parent: Parent[PersonalAccess]) -> str:
    """The id of whose value it is."""
    return ids.encode("Customer", parent.customer_id)


def revealed_of(parent: Parent[RevealedPhone]) -> str:
    """The id of whose number it is."""
    return ids.encode("Customer", parent.customer_id)


def member(parent: Parent[PersonalAccess], info: Info) -> Awaitable[Staff | None]:
    """Who saw it."""
    return info.context.loaders.staff.load(parent.staff_id)
