"""Looking at customers is slowed down: each member of staff looks so often an hour, however many she asks at once."""

from datetime import datetime, timedelta

from app.accounts.enums import Looking
from app.kit import clock
from app.kit.db import RequestConnection

HOUR = timedelta(hours=1)
MOST = {Looking.LOOKUP: 60, Looking.REVEAL: 30}  # an hour and member

# the row is locked by its own conflict: a thousand at once count one after another
_TAKE = """INSERT INTO looking_allowance AS a (staff_id, kind, began_at, used) VALUES ($1, $2, $3, 1)
ON CONFLICT (staff_id, kind) DO UPDATE SET
  began_at = CASE WHEN a.began_at <= $4 THEN excluded.began_at ELSE a.began_at END,
  used = CASE WHEN a.began_at <= $4 THEN 1 ELSE a.used + 1 END
WHERE a.began_at <= $4 OR a.used < $5 RETURNING id"""
_BEGAN = "SELECT began_at FROM looking_allowance WHERE staff_id = $1 AND kind = $2"


async def take(tx: RequestConnection, staff_id: int, kind: Looking) -> datetime | None:
    """Counts a look; when she may look again if this is one too many, which is not counted, else None.

    Raises:
        NoTransactionError: outside a transaction, which is to be committed before anything is looked at.
    """
    tx.require_transaction()
    now = clock.now()
    if await tx.fetch(_TAKE, staff_id, kind, now, now - HOUR, MOST[kind]):
        return None
    began: datetime = (await tx.fetch(_BEGAN, staff_id, kind))[0]["began_at"]
    return began + HOUR
