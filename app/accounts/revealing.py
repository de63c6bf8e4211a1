"""Customers as staff see them: masked, found by the whole number, and the number itself for a reason that is kept."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from prometheus_client import Counter

from app.accounts import allowances, queries, rules
from app.accounts.enums import CustomerStatus, Looking, PersonalValue
from app.accounts.errors import AccountClosed, CustomerNotFound, LookupLimitReached, NoPhone, RevealLimitReached
from app.accounts.models import Customer
from app.accounts.places import PHONE
from app.kit import audit, clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refusal, Refused
from app.kit.personal import Mask, masked
from app.kit.rows import select
from app.kit.vault import Vault

REVEAL, WHOLE_NAMES = "customers:reveal", "customers:names"

_log = structlog.get_logger("accounts")
_LOOKED = Counter("customer_looks", "Looks of staff at customers, by what for and what came of it.", ["act", "outcome"])

_BY_PHONE = f"SELECT {select(Customer, 'c')} FROM customer c WHERE c.phone_index = $1 AND c.status = 'ACTIVE'"
_LOCK = f"SELECT {select(Customer, 'c')} FROM customer c WHERE c.id = $1 FOR NO KEY UPDATE"
_WRITE = """INSERT INTO personal_access (customer_id, staff_id, value, reason, trace_id, seen_at)
VALUES ($1, $2, $3, $4, $5, $6)"""


@dataclass(frozen=True, slots=True)
class MaskedCustomer:
    """A customer whose account is open, as the member of staff who asks may see her."""

    id: int
    display_name: str
    phone: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class RevealedPhone:
    """A whole number, once its being seen is written down."""

    customer_id: int
    phone: str
    seen_at: datetime


async def customer(vault: Vault, caller: Caller, customer_id: int) -> MaskedCustomer | None:
    """The customer; None when there is none or her account is closed."""
    found = await queries.active_customers([customer_id])
    return _seen(caller, found[0], await queries.phone_of(vault, found[0])) if found else None


async def look_up(vault: Vault, caller: Caller, phone: str) -> MaskedCustomer:
    """The customer with this number. A number nobody has takes the same statements.

    Raises:
        Refused: LookupLimitReached, CustomerNotFound.
        BadInput: no number of the mainland.
    """
    number, staff_id = rules.phone_number(phone), rules.staff_of(caller)
    await _take(staff_id, Looking.LOOKUP)
    found = await db.rows(Customer, _BY_PHONE, vault.index(PHONE, number))
    _note(Looking.LOOKUP, staff_id, "found" if found else CustomerNotFound.__name__)
    if not found:
        raise Refused(CustomerNotFound())
    return _seen(caller, found[0], masked(number, Mask.PHONE))


async def reveal_phone(vault: Vault, caller: Caller, customer_id: int, reason: str) -> RevealedPhone:
    """The whole number of a customer; that it was seen, by whom and why, is committed before it is answered.

    Raises:
        Refused: RevealLimitReached, CustomerNotFound, AccountClosed, NoPhone.
        BadInput: no reason, or somebody's number in it.
    """
    plain, staff_id = rules.check_reason(reason), rules.staff_of(caller)
    await _take(staff_id, Looking.REVEAL)
    try:
        async with db.transaction() as tx:
            number = await _number(tx, vault, customer_id)
            now = clock.now()
            await tx.execute(_WRITE, customer_id, staff_id, PersonalValue.PHONE, plain, audit.trace_id(), now)
            await audit.append(
                tx,
                caller,
                scope=REVEAL,
                action="reveal phone",
                entity="Customer",
                entity_id=customer_id,
                after={"seen": PersonalValue.PHONE},
            )
    except Refused as refused:
        _note(Looking.REVEAL, staff_id, type(refused.reason).__name__)
        raise
    _note(Looking.REVEAL, staff_id, "seen")
    return RevealedPhone(customer_id, number, now)


async def _number(tx: RequestConnection, vault: Vault, customer_id: int) -> str:
    found = await db.rows(Customer, _LOCK, customer_id)
    if not found:
        raise Refused(CustomerNotFound())
    if found[0].status is CustomerStatus.CLOSED:
        raise Refused(AccountClosed())
    if found[0].phone_sealed is None:
        raise Refused(NoPhone())
    return await vault.unseal(tx, f"customer:{customer_id}", PHONE, found[0].phone_sealed)


async def _take(staff_id: int, kind: Looking) -> None:
    """Counts a look in a transaction of its own: one that finds nothing counts too."""
    async with db.transaction() as tx:
        again_at = await allowances.take(tx, staff_id, kind)
    if again_at is not None:
        reason: Refusal = LookupLimitReached(again_at) if kind is Looking.LOOKUP else RevealLimitReached(again_at)
        _note(kind, staff_id, type(reason).__name__)
        raise Refused(reason)


def _note(kind: Looking, staff_id: int, outcome: str) -> None:
    _LOOKED.labels(kind, outcome).inc()
    _log.info("customer looked at", act=kind, staff=staff_id, outcome=outcome)


def _seen(caller: Caller, row: Customer, phone: str | None) -> MaskedCustomer:
    name = row.display_name if WHOLE_NAMES in caller.scopes else masked(row.display_name, Mask.NAME)
    return MaskedCustomer(row.id, name, phone, row.created_at)
