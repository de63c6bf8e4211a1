"""Reads of accounts."""

from app.accounts.errors import AccountClosed
from app.accounts.models import Customer
from app.kit import db
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.rows import select

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
