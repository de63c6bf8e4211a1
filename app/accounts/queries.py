"""Reads of accounts."""

from datetime import datetime

from app.accounts.errors import AccountClosed
from app.accounts.models import Customer
from app.accounts.places import PHONE
from app.accounts.sign_ins import SignIn
from app.kit import db
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.personal import Mask, masked
from app.kit.rows import select
from app.kit.vault import Vault

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
_STAFF_SCOPES = """SELECT array_agg(DISTINCT scope) FILTER (WHERE scope IS NOT NULL) AS scopes
FROM staff s LEFT JOIN staff_role h ON h.staff_id = s.id LEFT JOIN role r ON r.id = h.role_id
LEFT JOIN LATERAL unnest(r.scopes) AS scope ON true
WHERE s.id = $1 AND s.is_active GROUP BY s.id"""


async def scopes_of_staff(connection: RequestConnection, staff_id: int) -> frozenset[str] | None:
    """What a member of staff may do by her roles; None when she does not work here any more."""
    found = await connection.fetch(_STAFF_SCOPES, staff_id)
    return frozenset(found[0]["scopes"] or ()) if found else None


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
