"""Staff: signing in, their own passwords, and what administrators do with them."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry
from strawberry import ID, Parent

from app.accounts import queries, staff, staff_sign_in
from app.accounts.enums import RoleCode
from app.accounts.models import Staff
from app.accounts.sessions import Session
from app.accounts.staff import Introduced, NewMember
from app.accounts.staff_sign_in import Credentials
from app.kit import ids
from app.kit.paging import Page
from app.pickup import staff as points
from app.pickup.models import PickupPoint
from resolvers.arguments import After
from resolvers.info import Info

First = Annotated[int, strawberry.argument(description="How many, 1 to 50.")]


def members(first: First = 20, after: After = None) -> Awaitable[Page[Staff]]:
    """A page of those who work for the shop, or did."""
    return queries.STAFF_MEMBERS.page(first=first, after=after)


def sign_in(info: Info, username: str, password: str, totp: str, device_label: str) -> Awaitable[Session]:
    """A new sign-in."""
    given = Credentials(username, password, totp, device_label)
    return staff_sign_in.sign_in(info.context.people, given, info.context.address)


def sign_out(info: Info, *, everywhere: bool = False) -> Awaitable[Staff]:
    """The member who asks, signed out here or everywhere."""
    return staff.sign_out(info.context.caller, everywhere=everywhere)


def change_password(info: Info, present: str, new: str) -> Awaitable[Staff]:
    """The member who asks, with another password."""
    context = info.context
    return staff.change_password(context.people, context.caller, context.address, present, new)


def create(info: Info, idempotency_key: str, username: str, name: str, roles: list[RoleCode]) -> Awaitable[Introduced]:
    """A new member."""
    new = NewMember(username, name, roles)
    return staff.create(info.context.people, info.context.caller, idempotency_key=idempotency_key, new=new)


def set_roles(info: Info, staff_member_id: ID, roles: list[RoleCode]) -> Awaitable[Staff]:
    """A member with these roles."""
    return staff.set_roles(info.context.caller, key(staff_member_id), roles)


def bind_points(info: Info, staff_member_id: ID, pickup_point_ids: list[ID]) -> Awaitable[Staff]:
    """A member who serves these points."""
    keys = [ids.decode(each, "PickupPoint") for each in pickup_point_ids]
    return points.bind_points(info.context.caller, key(staff_member_id), keys)


def deactivate(info: Info, staff_member_id: ID) -> Awaitable[Staff]:
    """A member who left."""
    return staff.deactivate(info.context.caller, key(staff_member_id))


def reset_password(info: Info, idempotency_key: str, staff_member_id: ID) -> Awaitable[Introduced]:
    """A member with a password to begin with."""
    return staff.reset_password(info.context.caller, idempotency_key=idempotency_key, staff_id=key(staff_member_id))


def reset_totp(info: Info, idempotency_key: str, staff_member_id: ID) -> Awaitable[Introduced]:
    """A member with another secret of codes."""
    context = info.context
    return staff.reset_totp(
        context.people, context.caller, idempotency_key=idempotency_key, staff_id=key(staff_member_id)
    )


def key(staff_member_id: ID) -> int:
    """The key of a member."""
    return ids.decode(staff_member_id, "Staff")


async def roles(parent: Parent[Staff], info: Info) -> list[RoleCode]:
    """What she may do."""
    return [each.code for each in await info.context.loaders.roles_by_staff.load(parent.id)]


def pickup_points(parent: Parent[Staff], info: Info) -> Awaitable[list[PickupPoint]]:
    """Where she serves."""
    return info.context.loaders.points_by_staff.load(parent.id)


def must_change_password(parent: Parent[Staff]) -> bool:
    """Whether her password was given to her."""
    return parent.password_ends_at is not None
