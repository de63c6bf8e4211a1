"""Signing in and out."""

from collections.abc import Awaitable

from strawberry import ID, Parent

from app.accounts import service, sessions
from app.accounts.models import Customer, Staff
from app.accounts.queries import phone_of, sign_ins_of
from app.accounts.rules import customer_of
from app.accounts.sessions import Session
from app.accounts.sign_ins import SignIn
from app.kit import ids
from app.kit.caller import CallerKind
from resolvers.info import Info


def log_in(info: Info, code: str, device_label: str) -> Awaitable[Session]:
    """A new sign-in."""
    return service.log_in(info.context.people, code, device_label)


def refresh(info: Info, refresh_token: str) -> Awaitable[Session]:
    """The next tokens of a sign-in."""
    return sessions.refresh(info.context.people.tokens, refresh_token)


def bind_phone(info: Info, code: str) -> Awaitable[Customer]:
    """The customer, with her number."""
    caller = info.context.caller
    return service.bind_phone(info.context.people, caller, customer_of(caller), code)


def sign_out(info: Info, *, everywhere: bool = False) -> Awaitable[Customer]:
    """The customer, signed out here or everywhere."""
    caller = info.context.caller
    leave = service.sign_out_everywhere if everywhere else service.sign_out
    return leave(caller, customer_of(caller))


def end_device(info: Info, device_id: ID) -> Awaitable[Customer]:
    """The customer, signed out there."""
    caller = info.context.caller
    return service.end_device(caller, customer_of(caller), ids.decode(device_id, "SignIn"))


async def customer(parent: Parent[Session], info: Info) -> Customer | None:
    """Who signed in."""
    is_customer = parent.caller.kind is CallerKind.CUSTOMER and parent.caller.id is not None
    return await info.context.loaders.customers.load(parent.caller.id or 0) if is_customer else None


async def staff_member(parent: Parent[Session], info: Info) -> Staff | None:
    """Who signed in, where she works for the shop."""
    is_staff = parent.caller.kind is CallerKind.STAFF and parent.caller.id is not None
    return await info.context.loaders.staff.load(parent.caller.id or 0) if is_staff else None


def devices(parent: Parent[Customer], info: Info) -> Awaitable[list[SignIn]]:
    """Where she is signed in."""
    return sign_ins_of(parent.id, info.context.now)


def is_current(parent: Parent[SignIn], info: Info) -> bool:
    """Whether the request comes from there."""
    return bool(parent.id == info.context.caller.session)


def masked_phone(parent: Parent[Customer], info: Info) -> Awaitable[str | None]:
    """Her number with its middle hidden."""
    return phone_of(info.context.people.vault, parent)
