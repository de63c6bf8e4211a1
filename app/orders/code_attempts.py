"""Guessing pickup codes is slowed down: wrong ones are counted per clerk and point, and lock her there for a while.

An attempt is counted as wrong before the code is looked at and taken back when it was right, so that a thousand
guesses at once get no further than five one after another.
"""

from datetime import datetime

import structlog

from app.accounts.attempts import FORGOTTEN, FREE, pause
from app.accounts.rules import staff_of
from app.kit import audit, clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.orders.errors import HandOverLocked

_MAKE = """INSERT INTO pickup_attempts (staff_id, pickup_point_id, wrong, last_at) VALUES ($1, $2, 0, $3)
ON CONFLICT (staff_id, pickup_point_id) DO UPDATE SET wrong = pickup_attempts.wrong"""  # locks it against the purge
_LOCK = """SELECT id, CASE WHEN last_at < $3 THEN 0 ELSE wrong END AS wrong, locked_until
FROM pickup_attempts WHERE staff_id = $1 AND pickup_point_id = $2 FOR UPDATE"""
_COUNT = "UPDATE pickup_attempts SET wrong = least($2, 30000), last_at = $3, locked_until = $4 WHERE id = $1"
_FORGIVE = "UPDATE pickup_attempts SET wrong = 0, locked_until = NULL WHERE staff_id = $1 AND pickup_point_id = $2"
_log = structlog.get_logger("orders")


async def take(caller: Caller, point_id: int) -> None:
    """Counts an attempt of a clerk at a point as wrong, in a transaction of its own; while she is locked none counts.

    Raises:
        Refused: HandOverLocked.
    """
    staff_id, now = staff_of(caller), clock.now()
    async with db.transaction() as tx:
        await tx.execute(_MAKE, staff_id, point_id, now)
        row = (await tx.fetch(_LOCK, staff_id, point_id, now - FORGOTTEN))[0]
        if row["locked_until"] is not None and now < row["locked_until"]:
            raise Refused(HandOverLocked(row["locked_until"]))
        wrong = int(row["wrong"]) + 1
        await tx.execute(_COUNT, row["id"], wrong, now, now + pause(wrong) if wrong >= FREE else None)


async def wrong(caller: Caller, point_id: int) -> None:
    """Tells of an attempt that was wrong; the one that locks the clerk stands in the audit log."""
    staff_id = staff_of(caller)
    async with db.transaction() as tx:
        row = (await tx.fetch(_LOCK, staff_id, point_id, clock.now() - FORGOTTEN))[0]
        _log.warning("a wrong pickup code", staff=staff_id, pickup_point=point_id, wrong=row["wrong"])
        until: datetime | None = row["locked_until"]
        if until is not None:
            after = {"wrong": row["wrong"], "locked_until": until, "point": point_id}
            await audit.append(
                tx, caller, scope=None, action="lock", entity="PickupAttempts", entity_id=row["id"], after=after
            )


async def forgive(tx: RequestConnection, caller: Caller, point_id: int) -> None:
    """After a right code a clerk begins anew at the point."""
    tx.require_transaction()
    await tx.execute(_FORGIVE, staff_of(caller), point_id)
