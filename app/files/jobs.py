"""The sweep: what nobody referred to goes, and what a crash left in the store."""

from datetime import timedelta
from typing import Any

import structlog

from app.files.store import Store
from app.kit import clock, db

# Two hours more than an idempotent answer is remembered, and its hourly purge may be late: a retry that is answered
# with an upload finds it.
KEPT = timedelta(hours=26)
DAYS_BACK = 8  # business days whose folders are searched for strays: a worker may have been away for a week
BATCH = 200

DROP_TICKETS = "DELETE FROM upload_ticket WHERE created_at < $1"
DROP_BUDGETS = "DELETE FROM upload_budget WHERE business_day < $1"
# Rows discarded before are taken again: their files may be there still. Who refers to one holds its lock.
DISCARD = """
UPDATE upload SET discarded_at = $2 WHERE id IN (
  SELECT id FROM upload WHERE referenced_at IS NULL AND created_at < $1 ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED
) RETURNING id, storage_key
"""
DROP = "DELETE FROM upload WHERE id = ANY($1) AND discarded_at IS NOT NULL"
KNOWN = """
SELECT storage_key FROM upload WHERE storage_key = ANY($1)
UNION ALL SELECT storage_key FROM upload_ticket WHERE storage_key = ANY($1)
"""

_log = structlog.get_logger("files")


async def sweep(store: Store, _: dict[str, Any]) -> None:
    """Removes uploads unused for KEPT, and files of that age that no row knows. Harmless to repeat or to break off.

    An upload is marked first, from when on nothing can refer to it; then its file goes, then its row.
    """
    before = clock.now() - KEPT
    await db.current().execute(DROP_BUDGETS, clock.today() - timedelta(days=1))
    await db.current().execute(DROP_TICKETS, before)
    uploads = 0
    while discarded := await db.fetch(DISCARD, before, clock.now(), BATCH):
        for _id, storage_key in discarded:
            await store.delete(storage_key)
        await db.current().execute(DROP, [row[0] for row in discarded])
        uploads += len(discarded)
    strays = 0
    for day in range(DAYS_BACK + 1):
        for folder in ("uploads", "incoming"):
            strays += await _sweep_folder(store, f"{folder}/{clock.today() - timedelta(days=day):%Y%m%d}")
    _log.info("swept", uploads=uploads, strays=strays)


async def _sweep_folder(store: Store, folder: str) -> int:
    old = [each.key async for each in store.list(folder) if each.modified_at < clock.now() - KEPT]
    gone = 0
    for start in range(0, len(old), BATCH):
        batch = old[start : start + BATCH]
        known = {row[0] for row in await db.fetch(KNOWN, batch)}
        for key in batch:
            if key not in known:
                await store.delete(key)
                gone += 1
    return gone
