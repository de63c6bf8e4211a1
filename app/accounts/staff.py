"""Writes of who works for the shop, by administrators; and of her own password, by anybody who does."""

import secrets
from dataclasses import dataclass
from typing import NamedTuple

import asyncpg

from app.accounts import attempts, queries, rules, sessions
from app.accounts.enums import RoleCode, SignInEnd
from app.accounts.errors import NotOnYourself, PasswordWrong, UsernameTaken
from app.accounts.models import Staff
from app.accounts.people import People
from app.accounts.places import TOTP
from app.kit import audit, clock, db, idempotency, passwords, totp
from app.kit.caller import Caller, CallerKind
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.idempotency import Reference
from app.kit.vault import Vault

SCOPE = "staff:write"
ISSUER = "Yougou Fresh"
_GIVEN_BYTES = 12  # of a given password: 96 random bits, 16 characters

_INSERT = """INSERT INTO staff (username, name, password_hash, password_ends_at, is_active, created_at)
VALUES ($1, $2, $3, $4, true, $5) RETURNING id"""
_SEAL = "UPDATE staff SET totp_sealed = $2, totp_step = NULL WHERE id = $1"
_ROLES = "SELECT code FROM staff_role h JOIN role r ON r.id = h.role_id WHERE h.staff_id = $1 ORDER BY code"
_TAKE = "DELETE FROM staff_role h USING role r WHERE r.id = h.role_id AND h.staff_id = $1 AND r.code <> ALL($2)"
_GIVE = """INSERT INTO staff_role (staff_id, role_id, granted_at, granted_by_id)
SELECT $1, id, $3, $4 FROM role WHERE code = ANY($2) ON CONFLICT (staff_id, role_id) DO NOTHING"""
_LEAVE = "UPDATE staff SET is_active = false, password_hash = NULL, totp_sealed = NULL WHERE id = $1"
_PASSWORD = "UPDATE staff SET password_hash = $2, password_ends_at = $3 WHERE id = $1"  # noqa: S105 - a statement
_CHANGE = """UPDATE staff SET password_hash = $2, password_ends_at = NULL
WHERE id = $1 AND is_active AND password_hash = $3 RETURNING id"""
_LIVE = "SELECT id FROM sign_in WHERE staff_id = $1 AND ended_at IS NULL AND id IS DISTINCT FROM $2 ORDER BY id"


class NewMember(NamedTuple):
    """Somebody who begins to work for the shop."""

    username: str
    name: str
    roles: list[RoleCode]


@dataclass(frozen=True, slots=True)
class Introduced:
    """A member of staff, and what is handed to her this once; a retry with the same key gets None.

    `password` holds for a day and lets her do nothing but choose her own. `totp_uri` is for her authenticator app.
    """

    member: Staff
    password: str | None = None
    totp_uri: str | None = None


async def create(people: People, caller: Caller, *, idempotency_key: str, new: NewMember) -> Introduced:
    """A member of staff, with a password and a secret of codes to begin with.

    Raises:
        Refused: UsernameTaken or IdempotencyKeyReused.
        BadInput: no user name or name.
    """
    rules.check_member(new.username, new.name)
    roles = sorted(set(new.roles))
    password, secret = secrets.token_urlsafe(_GIVEN_BYTES), totp.new_secret()
    password_hash = await passwords.hashed(password)
    is_new = False
    async with db.transaction() as tx:

        async def act() -> Reference:
            nonlocal is_new
            is_new = True
            staff_id = await insert(tx, new, password_hash, holds_a_day=True)
            await seal(tx, people.vault, staff_id, secret)
            await give(tx, caller, staff_id, roles)
            await note(tx, caller, "create", staff_id, after={"roles": roles})
            return Reference("StaffMember", staff_id)

        reference = await idempotency.once(
            tx,
            caller=caller,
            operation="createStaff",
            key=idempotency_key,
            input=[new.username, new.name, roles],
            act=act,
        )
    member = (await queries.staff_by_id([reference.key]))[0]
    return Introduced(member, password, totp.uri(secret, new.username, ISSUER)) if is_new else Introduced(member)


async def set_roles(caller: Caller, staff_id: int, roles: list[RoleCode]) -> Staff:
    """A member with exactly these roles; where they differ from hers, she is signed out everywhere.

    Raises:
        Refused: StaffNotFound, NotOnYourself.
    """
    refuse_self(caller, staff_id)
    wanted = sorted(set(roles))
    async with db.transaction() as tx:
        member = await queries.lock_staff(tx, staff_id)
        before = [record["code"] for record in await tx.fetch(_ROLES, staff_id)]
        if before != wanted:
            await tx.execute(_TAKE, staff_id, wanted)
            await give(tx, caller, staff_id, wanted)
            await _sign_out(tx, staff_id)
            await note(tx, caller, "set roles", staff_id, before={"roles": before}, after={"roles": wanted})
    return member


async def deactivate(caller: Caller, staff_id: int) -> Staff:
    """A member who does not work here any more: signed out everywhere, and never let in again.

    Raises:
        Refused: StaffNotFound, NotOnYourself.
    """
    refuse_self(caller, staff_id)
    async with db.transaction() as tx:
        await queries.lock_staff(tx, staff_id)
        await tx.execute(_LEAVE, staff_id)
        await _sign_out(tx, staff_id)
        await note(tx, caller, "deactivate", staff_id, before={"is_active": True}, after={"is_active": False})
    return (await queries.staff_by_id([staff_id]))[0]


async def reset_password(caller: Caller, *, idempotency_key: str, staff_id: int) -> Introduced:
    """A member with a password to begin with; she is signed out everywhere.

    Raises:
        Refused: StaffNotFound, NotOnYourself, IdempotencyKeyReused.
    """
    refuse_self(caller, staff_id)
    password = secrets.token_urlsafe(_GIVEN_BYTES)
    password_hash = await passwords.hashed(password)
    is_new = False
    async with db.transaction() as tx:

        async def act() -> Reference:
            nonlocal is_new
            is_new = True
            await queries.lock_staff(tx, staff_id)
            await tx.execute(_PASSWORD, staff_id, password_hash, clock.now() + rules.GIVEN_PASSWORD_HOLDS)
            await _sign_out(tx, staff_id)
            await note(tx, caller, "reset password", staff_id, after={"password": "given"})
            return Reference("StaffMember", staff_id)

        await idempotency.once(
            tx, caller=caller, operation="resetStaffPassword", key=idempotency_key, input=staff_id, act=act
        )
    member = (await queries.staff_by_id([staff_id]))[0]
    return Introduced(member, password) if is_new else Introduced(member)


async def reset_totp(people: People, caller: Caller, *, idempotency_key: str, staff_id: int) -> Introduced:
    """A member with another secret of codes; she is signed out everywhere.

    Raises:
        Refused: StaffNotFound, NotOnYourself, IdempotencyKeyReused.
    """
    refuse_self(caller, staff_id)
    secret = totp.new_secret()
    is_new = False
    async with db.transaction() as tx:

        async def act() -> Reference:
            nonlocal is_new
            is_new = True
            await queries.lock_staff(tx, staff_id)
            await seal(tx, people.vault, staff_id, secret)
            await _sign_out(tx, staff_id)
            await note(tx, caller, "reset codes", staff_id, after={"totp": "given"})
            return Reference("StaffMember", staff_id)

        await idempotency.once(
            tx, caller=caller, operation="resetStaffTotp", key=idempotency_key, input=staff_id, act=act
        )
    member = (await queries.staff_by_id([staff_id]))[0]
    return Introduced(member, totp_uri=totp.uri(secret, member.username, ISSUER)) if is_new else Introduced(member)


async def change_password(people: People, caller: Caller, address: str, present: str, new: str) -> Staff:
    """The member who asks, with a password she chose; elsewhere she is signed out. Wrong guesses lock as at the door.

    Raises:
        Refused: PasswordWrong, PasswordTooWeak, StaffNotFound.
        BadInput: a password longer than anybody types.
    """
    staff_id = rules.staff_of(caller)
    member = await queries.active_staff(staff_id)
    rules.check_password(new, member.username)
    both = attempts.subjects(people.vault, member.username, address)
    async with db.transaction() as tx:
        taken = await attempts.take(tx, both)
    await db.current().rest()
    stored = member.password_hash or passwords.NOBODYS
    is_right = await passwords.verify(stored, present[: rules.MOST_PASSWORD])
    if not (taken.may_try and is_right):
        await attempts.note(caller, taken, staff_id)
        raise Refused(PasswordWrong())
    new_hash = await passwords.hashed(new)
    async with db.transaction() as tx:
        if not await tx.fetch(_CHANGE, staff_id, new_hash, stored):
            raise Refused(PasswordWrong())
        await attempts.forgive(tx, both)
        await _sign_out(tx, staff_id, but=caller.session)
        await note(tx, caller, "change password", staff_id, after={"password": "own"}, scope=rules.STAFF_SELF)
    return member


async def sign_out(caller: Caller, *, everywhere: bool) -> Staff:
    """The member who asks, signed out of the session she asks from, or of all.

    Raises:
        Refused: StaffNotFound.
    """
    staff_id = rules.staff_of(caller)
    async with db.transaction() as tx:
        member = await queries.lock_staff(tx, staff_id)
        live = [record["id"] for record in await tx.fetch(_LIVE, staff_id, None)]
        ended = await sessions.end(
            tx, live if everywhere else [each for each in live if each == caller.session], SignInEnd.SIGNED_OUT
        )
        if ended:
            await note(tx, caller, "sign out", staff_id, after={"sign_ins": ended}, scope=rules.STAFF_SELF)
    return member


async def insert(tx: RequestConnection, new: NewMember, password_hash: str, *, holds_a_day: bool) -> int:
    """The key of a new member.

    Raises:
        Refused: UsernameTaken.
    """
    now = clock.now()
    ends_at = now + rules.GIVEN_PASSWORD_HOLDS if holds_a_day else None
    try:
        made = await tx.fetch(_INSERT, new.username, new.name.strip(), password_hash, ends_at, now)
    except asyncpg.UniqueViolationError:
        raise Refused(UsernameTaken()) from None
    return int(made[0]["id"])


async def seal(tx: RequestConnection, vault: Vault, staff_id: int, secret: str) -> None:
    """Gives a member this secret of codes."""
    await tx.execute(_SEAL, staff_id, await vault.seal(tx, f"staff:{staff_id}", TOTP, secret))


async def give(tx: RequestConnection, caller: Caller, staff_id: int, roles: list[RoleCode]) -> None:
    """Gives a member roles she lacks; the database refuses whoever gives herself one."""
    giver = caller.id if caller.kind is CallerKind.STAFF else None
    await tx.execute(_GIVE, staff_id, roles, clock.now(), giver)


async def note(
    tx: RequestConnection,
    caller: Caller,
    action: str,
    staff_id: int,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
    scope: str = SCOPE,
) -> None:
    """Writes into the audit log what was done to a member."""
    await audit.append(
        tx, caller, scope=scope, action=action, entity="Staff", entity_id=staff_id, before=before, after=after
    )


def refuse_self(caller: Caller, staff_id: int) -> None:
    """Lets an administrator through who changes somebody else.

    Raises:
        Refused: NotOnYourself.
    """
    if caller.kind is CallerKind.STAFF and caller.id == staff_id:
        raise Refused(NotOnYourself())


async def _sign_out(tx: RequestConnection, staff_id: int, but: int | None = None) -> None:
    live = [record["id"] for record in await tx.fetch(_LIVE, staff_id, but)]
    await sessions.end(tx, live, SignInEnd.BY_ADMINISTRATOR if but is None else SignInEnd.ENDED_ELSEWHERE)
