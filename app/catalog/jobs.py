"""Jobs of the catalogue."""

from typing import Any

from app.catalog import moves, publishing
from app.catalog.enums import RevisionStatus
from app.kit import clock, db
from app.kit.caller import MACHINE
from app.kit.errors import BadInput, Refused
from app.kit.locale import Locale

BATCH = 100

_DUE = """SELECT id FROM product_revision WHERE status = 'APPROVED' AND publish_at <= $1 AND id > $2
ORDER BY id LIMIT $3"""
_BACK = """UPDATE product_revision SET status = 'SUBMITTED', checker_id = NULL, approved_hash = NULL, decided_at = NULL,
  publish_at = NULL, reason = $2 WHERE id = $1"""


async def publish_due(_: dict[str, Any]) -> None:
    """Publishes each approved revision whose time has come, each in a transaction of its own; harmless to repeat.

    What cannot be published any more waits for a decision again, with the reason, and holds up no other.
    """
    last = 0
    while due := await db.fetch(_DUE, clock.now(), last, BATCH):
        for row in due:
            last = int(row["id"])
            try:
                await _publish(last)
            except Refused as refused:
                await _give_back(last, refused.reason.message(Locale.ZH))
            except BadInput as bad:
                await _give_back(last, str(bad))


async def _publish(revision_id: int) -> None:
    async with db.transaction() as tx:
        held = await moves.hold(tx, revision_id)
        if _is_due(held):
            await publishing.publish(tx, MACHINE, held)


async def _give_back(revision_id: int, why: str) -> None:
    async with db.transaction() as tx:
        held = await moves.hold(tx, revision_id)
        if _is_due(held):
            await tx.execute(_BACK, revision_id, why)
            after = {"status": RevisionStatus.SUBMITTED, "reason": why}
            await moves.note(tx, MACHINE, "give revision back", held.revision, after, scope=None)


def _is_due(held: moves.Held) -> bool:
    """Whether nobody moved it since it was found."""
    at = held.revision.publish_at
    return held.revision.status is RevisionStatus.APPROVED and at is not None and at <= clock.now()
