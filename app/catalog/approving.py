"""What checkers do: decide on what somebody else made, by the hash of what they saw."""

from datetime import datetime, timedelta

from app.catalog import drafting, moves
from app.catalog.enums import RevisionStatus
from app.catalog.moves import APPROVE
from app.catalog.revisions import ProductRevision
from app.catalog.rules import check_reason
from app.kit import clock, db
from app.kit.caller import Caller
from app.kit.errors import BadInput

FURTHEST = timedelta(days=366)
_APPROVE = """UPDATE product_revision SET status = 'APPROVED', checker_id = $2, approved_hash = content_hash,
  decided_at = $3, publish_at = $4, reason = NULL WHERE id = $1"""
_REJECT = """UPDATE product_revision SET status = 'REJECTED', checker_id = $2, approved_hash = NULL, decided_at = $3,
  publish_at = NULL, reason = $4 WHERE id = $1"""


class BadPublishTime(BadInput):
    """A time to publish at that has passed, or lies more than a year ahead."""


async def approve(
    caller: Caller, revision_id: int, content_hash: str, *, publish_at: datetime | None = None
) -> ProductRevision:
    """The revision, approved for exactly the content with this hash; published at `publish_at`, or when somebody does.

    The same again by the same checker: nothing changes.

    Raises:
        Refused: RevisionNotFound, OwnRevision, ContentMoved, RevisionNotThere, RevisionOutdated, ContentNotReady.
        BadPublishTime: not within a year from now.
    """
    now = clock.now()
    if publish_at is not None and (publish_at.tzinfo is None or not now < publish_at <= now + FURTHEST):
        raise BadPublishTime("publishAt lies within a year from now")
    async with db.transaction() as tx:
        held = await moves.hold(tx, revision_id)
        revision = held.revision
        checker = moves.require_checker(revision.maker_id, caller)
        moves.require_hash(revision, content_hash)
        done = (revision.status, revision.checker_id, revision.publish_at)
        if done == (RevisionStatus.APPROVED, checker, publish_at):
            return revision
        moves.require_status(revision, RevisionStatus.SUBMITTED)
        drafting.require_current(held.live, revision)
        await moves.require_ready(held.live, held.content)
        await tx.execute(_APPROVE, revision_id, checker, now, publish_at)
        told = None if publish_at is None else publish_at.isoformat()
        after = {"status": RevisionStatus.APPROVED, "checker": checker, "publish_at": told}
        await moves.note(tx, caller, "approve revision", revision, after, scope=APPROVE)
        return (await moves.by_id([revision_id]))[0]


async def reject(caller: Caller, revision_id: int, reason: str) -> ProductRevision:
    """The revision, back with its maker and the reason. An approval is taken back so too. Again: nothing changes.

    Raises:
        Refused: RevisionNotFound, OwnRevision, RevisionNotThere.
        BadInput: the reason.
    """
    told = check_reason(reason)
    async with db.transaction() as tx:
        _, revision = await moves.hold(tx, revision_id)
        checker = moves.require_checker(revision.maker_id, caller)
        if (revision.status, revision.checker_id, revision.reason) == (RevisionStatus.REJECTED, checker, told):
            return revision
        moves.require_status(revision, RevisionStatus.SUBMITTED, RevisionStatus.APPROVED)
        await tx.execute(_REJECT, revision_id, checker, clock.now(), told)
        after = {"status": RevisionStatus.REJECTED, "checker": checker, "reason": told}
        await moves.note(tx, caller, "reject revision", revision, after, scope=APPROVE)
        return (await moves.by_id([revision_id]))[0]
