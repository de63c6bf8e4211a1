"""Writes of holds themselves; what their lines hold is the business of each line's domain.

Whoever changes a hold has its customer's row locked (`accounts.queries.lock_customer`), and locks what it holds after
that in one order everywhere: stock lots, slot, coupon code, each by id.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from app.holds.enums import HoldOutcome
from app.holds.errors import HoldAlreadyExtended, HoldBudgetSpent, HoldEnded
from app.holds.models import Hold
from app.kit import clock, db
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.rows import select

LASTS = timedelta(minutes=10)
EXTENSION = timedelta(minutes=10)
BUDGET_WINDOW = timedelta(hours=1)
PER_CUSTOMER = 12  # holds begun within the window without an order
PER_ADDRESS = 60  # as above; a family or an office shares one address

_LOCK_ADDRESS = (
    "SELECT pg_advisory_xact_lock(('x' || encode(substring($1::bytea FROM 1 FOR 8), 'hex'))::bit(64)::bigint)"
)
_BEGUN = """SELECT count(*) FILTER (WHERE customer_id = $1) AS by_customer, min(started_at) AS first_at,
  count(*) FILTER (WHERE address_index = $2) AS by_address
FROM hold WHERE (customer_id = $1 OR address_index = $2) AND started_at > $3 AND outcome IS DISTINCT FROM 'PLACED'"""
_BEGIN = """INSERT INTO hold (customer_id, address_index, started_at, expires_at) VALUES ($1, $2, $3, $4)
RETURNING id, expires_at"""
_BY_ID = f"SELECT {select(Hold, 'h')} FROM hold h WHERE h.id = $1"
_OPEN = f"SELECT {select(Hold, 'h')} FROM hold h WHERE h.customer_id = $1 AND h.ended_at IS NULL"
_EXTEND = "UPDATE hold SET expires_at = $2, extended_at = $3 WHERE id = $1"
# whoever is about to place an order with one of these has her customer's row locked: she is passed over
_OVER = """SELECT c.id FROM customer c JOIN hold h ON h.customer_id = c.id AND h.ended_at IS NULL
WHERE h.expires_at <= $1 ORDER BY c.id LIMIT $2 FOR NO KEY UPDATE OF c SKIP LOCKED"""
_EXPIRE = """UPDATE hold SET ended_at = $2, outcome = 'EXPIRED'
WHERE customer_id = ANY($1) AND ended_at IS NULL AND expires_at <= $2"""
_PLACED = "UPDATE hold SET ended_at = $2, outcome = 'PLACED', expires_at = $3 WHERE id = $1 AND ended_at IS NULL"
_BESIDE = """INSERT INTO hold (customer_id, address_index, started_at, expires_at, ended_at, outcome)
SELECT customer_id, address_index, $2, $3, $2, 'PLACED' FROM hold WHERE id = $1 RETURNING id"""
_END = "UPDATE hold SET ended_at = $2, outcome = $3 WHERE id = ANY($1) AND ended_at IS NULL"


class Begun(NamedTuple):
    """A hold that has just begun, and when it ends."""

    id: int
    expires_at: datetime


async def begin(tx: RequestConnection, customer_id: int, address_index: bytes) -> Begun:
    """A new hold of a customer who has none open, good for LASTS.

    Raises:
        Refused: HoldBudgetSpent: she, or her address, began as many within BUDGET_WINDOW that came to no order.
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    now = clock.now()
    await tx.fetch(_LOCK_ADDRESS, address_index)
    begun = (await tx.fetch(_BEGUN, customer_id, address_index, now - BUDGET_WINDOW))[0]
    if begun["by_customer"] >= PER_CUSTOMER or begun["by_address"] >= PER_ADDRESS:
        raise Refused(HoldBudgetSpent(begun["first_at"] + BUDGET_WINDOW))
    return Begun(*(await tx.fetch(_BEGIN, customer_id, address_index, now, now + LASTS))[0])


async def open_of(customer_id: int) -> Hold | None:
    """The hold a customer has open, though its time may be over."""
    found = await db.rows(Hold, _OPEN, customer_id)
    return found[0] if found else None


async def by_id(hold_id: int) -> Hold | None:
    """The hold; None if there is none."""
    found = await db.rows(Hold, _BY_ID, hold_id)
    return found[0] if found else None


async def extend(tx: RequestConnection, hold: Hold) -> datetime:
    """When an open hold ends from now on: EXTENSION later than it would have.

    Raises:
        Refused: HoldEnded: its time is over; HoldAlreadyExtended.
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    now = clock.now()
    if hold.expires_at <= now:
        raise Refused(HoldEnded())
    if hold.extended_at is not None:
        raise Refused(HoldAlreadyExtended())
    until = hold.expires_at + EXTENSION
    await tx.execute(_EXTEND, hold.id, until, now)
    return until


async def pay_until(tx: RequestConnection, hold_id: int, until: datetime) -> None:
    """An open hold became an order that is to be paid until then.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    await tx.execute(_PLACED, hold_id, clock.now(), until)


async def beside(tx: RequestConnection, hold_id: int) -> int:
    """A hold of an order's own, for what it comes to hold later: beside the one it was placed with.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    now = clock.now()
    return int((await tx.fetch(_BESIDE, hold_id, now, now + LASTS))[0]["id"])


async def end(tx: RequestConnection, hold_ids: list[int], outcome: HoldOutcome) -> None:
    """Ends those of these holds that are open.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    await tx.execute(_END, hold_ids, clock.now(), outcome.value)


async def sweep(tx: RequestConnection, most: int) -> int:
    """Ends no more than `most` holds whose time is over and of which no order was made; how many that was.

    What they kept is let go by the sweeps of its own domains. A hold that somebody is busy with is left for the next
    time.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    now = clock.now()
    over = [record["id"] for record in await tx.fetch(_OVER, now, most)]
    await tx.execute(_EXPIRE, over, now)
    return len(over)
