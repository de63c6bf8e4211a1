"""Guessing is slowed down: wrong sign-ins are counted per user name and per address, and lock it for a while.

An attempt is counted as wrong before its password is looked at and taken back when it was right, so that a
thousand guesses at once get no further than five one after another.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from app.accounts.places import ATTEMPT
from app.kit import audit, clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.vault import Vault

FREE = 5  # wrong ones of a name, or of an address, before it is locked
FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=1)
FORGOTTEN = timedelta(hours=24)  # after the last attempt

_MAKE = """INSERT INTO sign_in_attempts (subject, wrong, last_at)
SELECT subject, 0, $2 FROM unnest($1::bytea[]) AS subject ORDER BY subject ON CONFLICT (subject) DO NOTHING"""
_LOCK = """SELECT id, subject, CASE WHEN last_at < $2 THEN 0 ELSE wrong END AS wrong, locked_until
FROM sign_in_attempts WHERE subject = ANY($1) ORDER BY subject FOR UPDATE"""
_COUNT = """UPDATE sign_in_attempts a SET wrong = least(n.wrong, 30000), last_at = $4, locked_until = n.locked_until
FROM unnest($1::bigint[], $2::int[], $3::timestamptz[]) AS n(id, wrong, locked_until) WHERE a.id = n.id"""
_CLEAR = "UPDATE sign_in_attempts SET wrong = 0, locked_until = NULL WHERE subject = $1"
_TAKE_BACK = """UPDATE sign_in_attempts SET wrong = greatest(wrong - 1, 0),
  locked_until = CASE WHEN wrong <= $2 THEN NULL ELSE locked_until END WHERE subject = $1"""


class Lock(NamedTuple):
    """That a name or an address is locked: the key of its row, after how many wrong ones, and until when."""

    id: int
    wrong: int
    until: datetime


class Taken(NamedTuple):
    """An attempt: whether it may be looked at, and what is locked by it if it is wrong."""

    may_try: bool
    locks: list[Lock]


def pause(wrong: int) -> timedelta:
    """For how long a name or an address is locked after so many wrong sign-ins."""
    return timedelta(0) if wrong < FREE else min(FIRST * 2 ** min(wrong - FREE, 10), LONGEST)


def subjects(vault: Vault, username: str, address: str) -> tuple[bytes, bytes]:
    """What the attempts of a name and of an address are counted under."""
    return vault.index(ATTEMPT, f"name {username}"), vault.index(ATTEMPT, f"address {address}")


async def take(tx: RequestConnection, both: tuple[bytes, bytes]) -> Taken:
    """Counts an attempt as wrong, and says whether it may be looked at. While either is locked nothing is counted.

    Raises:
        NoTransactionError: outside a transaction, which is to be committed before the password is verified.
    """
    tx.require_transaction()
    now = clock.now()
    await tx.execute(_MAKE, list(both), now)
    rows = await tx.fetch(_LOCK, list(both), now - FORGOTTEN)
    if any(row["locked_until"] is not None and now < row["locked_until"] for row in rows):
        return Taken(may_try=False, locks=[])
    counts = [row["wrong"] + 1 for row in rows]
    ends = [_end(now, wrong) for wrong in counts]
    await tx.execute(_COUNT, [row["id"] for row in rows], counts, ends, now)
    ended = zip(rows, counts, ends, strict=True)
    return Taken(may_try=True, locks=[Lock(row["id"], wrong, end) for row, wrong, end in ended if end is not None])


async def note(caller: Caller, taken: Taken, staff_id: int | None) -> None:
    """Writes into the audit log what a wrong attempt locked, in a transaction of its own.

    `staff_id`: whose name was tried; None: nobody's. An entry per lock and none while it lasts, so whoever guesses
    fills the log no faster than he may guess. A name or an address nobody here has is known by its row alone.
    """
    if not taken.locks:
        return
    async with db.transaction() as tx:
        for lock in taken.locks:
            after = {"wrong": lock.wrong, "locked_until": lock.until, "staff": staff_id}
            await audit.append(
                tx, caller, scope=None, action="lock", entity="SignInAttempts", entity_id=lock.id, after=after
            )


async def forgive(tx: RequestConnection, both: tuple[bytes, bytes]) -> None:
    """After a right sign-in the name begins anew; the address has only this attempt taken back.

    Else whoever has one account could guess at all others without an end.
    """
    name, address = both
    await tx.execute(_CLEAR, name)
    await tx.execute(_TAKE_BACK, address, FREE)


def _end(now: datetime, wrong: int) -> datetime | None:
    return now + pause(wrong) if wrong >= FREE else None
