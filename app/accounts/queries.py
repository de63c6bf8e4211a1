"""Reads of accounts."""

from datetime import datetime
from typing import NamedTuple

from app.accounts.enums import RoleCode
from app.accounts.errors import AccountClosed, StaffNotFound
from app.accounts.models import Customer, Staff
from app.accounts.places import PHONE
from app.accounts.rules import STAFF_SELF
from app.accounts.sign_ins import SignIn
from app.kit import db
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.listing import Listing
from app.kit.personal import Mask, masked
from app.kit.rows import select
from app.kit.vault import Vault


class HeldRole(NamedTuple):
    """A role somebody holds."""

    staff_id: int
    code: RoleCode


_ACTIVE = f"SELECT {select(Customer, 'c')} FROM customer c WHERE c.id = ANY($1) AND c.status = 'ACTIVE'"
_LOCK = f"SELECT {select(Customer, 'c')} FROM customer c WHERE c.id = $1 AND c.status = 'ACTIVE' FOR NO KEY UPDATE"


async def active_customers(ids: list[int]) -> list[Customer]:
    """The customers with these ids whose accounts are open, in no order."""
    return await db.rows(Customer, _ACTIVE, ids)


async def lock_customer(tx: RequestConnection, customer_id: int) -> Customer:
    """The customer, of whose writes that count what she has one runs at a time until the transaction ends.

    Raises:
        Refused: AccountClosed: she closed her account.
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    found = await db.rows(Customer, _LOCK, customer_id)
    if not found:
        raise Refused(AccountClosed())
    return found[0]


# one row per staff: the scopes of all her roles
_STAFF_SCOPES = """SELECT s.password_ends_at IS NOT NULL AS must_change,
  array_agg(DISTINCT scope) FILTER (WHERE scope IS NOT NULL) AS scopes
FROM staff s LEFT JOIN staff_role h ON h.staff_id = s.id LEFT JOIN role r ON r.id = h.role_id
LEFT JOIN LATERAL unnest(r.scopes) AS scope ON true
WHERE s.id = $1 AND s.is_active GROUP BY s.id"""


async def scopes_of_staff(connection: RequestConnection, staff_id: int) -> frozenset[str] | None:
    """What a member of staff may do by her roles; None when she does not work here any more.

    Whose password was given by an administrator may choose her own, and nothing else.
    """
    found = await connection.fetch(_STAFF_SCOPES, staff_id)
    if not found:
        return None
    return frozenset({STAFF_SELF} if found[0]["must_change"] else {STAFF_SELF, *(found[0]["scopes"] or ())})


_ROLE = """SELECT r.scopes, (SELECT min(s.id) FROM staff_role h JOIN staff s ON s.id = h.staff_id
  WHERE h.role_id = r.id AND s.is_active) AS member FROM role r WHERE r.code = $1"""


class Role(NamedTuple):
    """What a role may do, and the key of the first who holds it and works here; None: nobody does."""

    scopes: frozenset[str]
    member: int | None


async def role(code: RoleCode) -> Role:
    """A role, which the migrations made; its scopes are those of a member who chose her own password."""
    record = (await db.fetch(_ROLE, code))[0]
    return Role(frozenset({STAFF_SELF, *record["scopes"]}), record["member"])


_STAFF_BY_ID = f"SELECT {select(Staff, 's')} FROM staff s WHERE s.id = ANY($1)"
_LOCK_STAFF = f"SELECT {select(Staff, 's')} FROM staff s WHERE s.id = $1 AND s.is_active FOR NO KEY UPDATE"
_ROLES_BY_STAFF = """SELECT h.staff_id, r.code FROM staff_role h JOIN role r ON r.id = h.role_id
WHERE h.staff_id = ANY($1) ORDER BY r.id"""


async def staff_by_id(ids: list[int]) -> list[Staff]:
    """The members of staff with these ids, those who left too, in no order."""
    return await db.rows(Staff, _STAFF_BY_ID, ids)


async def active_staff(staff_id: int) -> Staff:
    """The member of staff, who works here.

    Raises:
        Refused: StaffNotFound.
    """
    found = [each for each in await staff_by_id([staff_id]) if each.is_active]
    if not found:
        raise Refused(StaffNotFound())
    return found[0]


async def lock_staff(tx: RequestConnection, staff_id: int) -> Staff:
    """The member of staff, whom nobody else changes or signs in until the transaction ends.

    Raises:
        Refused: StaffNotFound: there is none, or she left.
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    found = await db.rows(Staff, _LOCK_STAFF, staff_id)
    if not found:
        raise Refused(StaffNotFound())
    return found[0]


async def roles_by_staff(ids: list[int]) -> list[HeldRole]:
    """The roles these hold, in the order the roles were made."""
    return [HeldRole(record["staff_id"], RoleCode(record["code"])) for record in await db.fetch(_ROLES_BY_STAFF, ids)]


STAFF_MEMBERS = Listing("staff", Staff, select(Staff, "s"), "FROM staff s WHERE true", "s")


_SIGN_INS = f"""SELECT {select(SignIn, "s")} FROM sign_in s
WHERE s.customer_id = $1 AND s.ended_at IS NULL AND s.expires_at > $2
ORDER BY s.last_seen_at DESC, s.id DESC LIMIT 50"""


async def sign_ins_of(customer_id: int, now: datetime) -> list[SignIn]:
    """Where a customer is signed in, the last seen first; the last 50."""
    return await db.rows(SignIn, _SIGN_INS, customer_id, now)


async def phone_of(vault: Vault, customer: Customer) -> str | None:
    """The masked number of a customer; None when none is bound."""
    if customer.phone_sealed is None:
        return None
    number = await vault.unseal(db.current(), f"customer:{customer.id}", PHONE, customer.phone_sealed)
    return masked(number, Mask.PHONE)
