"""What every move of a revision shares: the locks, the checks of who and where, and the note in the audit log."""

from typing import Any, NamedTuple

from app.accounts.rules import staff_of
from app.catalog import checks, snapshots
from app.catalog.content import Content, from_json
from app.catalog.enums import RevisionStatus
from app.catalog.errors import (
    ContentMoved,
    ContentNotReady,
    OwnRevision,
    RevisionByAnother,
    RevisionNotFound,
    RevisionNotThere,
)
from app.catalog.revisions import ProductRevision
from app.catalog.snapshots import Live
from app.kit import audit, clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.rows import select

WRITE, APPROVE, UNPUBLISH = "catalog:write", "catalog:approve", "catalog:unpublish"
COLUMNS = select(ProductRevision, "r")

_PRODUCT_OF = "SELECT product_id FROM product_revision WHERE id = $1"
_LOCK = f"SELECT {COLUMNS} FROM product_revision r WHERE r.id = $1 FOR UPDATE"
_OPEN = f"""SELECT {COLUMNS} FROM product_revision r WHERE r.product_id = $1
AND r.status IN ('DRAFT', 'SUBMITTED', 'APPROVED', 'REJECTED') FOR UPDATE"""
_BY_ID = f"SELECT {COLUMNS} FROM product_revision r WHERE r.id = ANY($1)"


class Held(NamedTuple):
    """A revision and its product, both locked."""

    live: Live
    revision: ProductRevision

    @property
    def content(self) -> Content:
        """What the revision proposes."""
        return from_json(self.revision.content)


async def hold(tx: RequestConnection, revision_id: int) -> Held:
    """The revision and its product, locked; the product first, as everywhere.

    Raises:
        Refused: RevisionNotFound.
    """
    found = await tx.fetch(_PRODUCT_OF, revision_id)
    if not found:
        raise Refused(RevisionNotFound())
    live = await snapshots.lock(tx, found[0][0])
    return Held(live, (await db.rows(ProductRevision, _LOCK, revision_id))[0])


async def open_of(tx: RequestConnection, product_id: int) -> ProductRevision | None:
    """The one open revision of a product that is locked, locked too; None without one."""
    tx.require_transaction()
    found = await db.rows(ProductRevision, _OPEN, product_id)
    return found[0] if found else None


async def by_id(keys: list[int]) -> list[ProductRevision]:
    """The revisions with these ids, in no order."""
    return await db.rows(ProductRevision, _BY_ID, keys)


def require_hash(revision: ProductRevision, seen: str) -> None:
    """Raises Refused (ContentMoved) when the content is not the one with the hash the caller saw."""
    if revision.content_hash != seen:
        raise Refused(ContentMoved(revision.content_hash))


def require_maker(revision: ProductRevision, caller: Caller) -> None:
    """Raises Refused (RevisionByAnother) for somebody else."""
    if revision.maker_id != staff_of(caller):
        raise Refused(RevisionByAnother(revision.id))


def require_checker(maker_id: int, caller: Caller) -> int:
    """The key of the member of staff who decides; raises Refused (OwnRevision) for the maker herself."""
    checker = staff_of(caller)
    if maker_id == checker:
        raise Refused(OwnRevision())
    return checker


def require_status(revision: ProductRevision, *allowed: RevisionStatus) -> None:
    """Raises Refused (RevisionNotThere) when the move does not begin where the revision stands."""
    if revision.status not in allowed:
        raise Refused(RevisionNotThere(revision.status))


async def require_ready(live: Live, content: Content) -> None:
    """Lets a content through that may be published now.

    Raises:
        Refused: ContentNotReady, with each line that is wrong.
        BadContent: its form, which an older rule let through.
    """
    checks.check_form(content)
    lowest = await snapshots.lowest_before(live, content, clock.now())
    found = checks.problems(content, lowest_before=lowest, taken=await snapshots.taken(live.product.id, content))
    if found:
        raise Refused(ContentNotReady(tuple(found)))


async def note(
    tx: RequestConnection,
    caller: Caller,
    action: str,
    revision: ProductRevision,
    after: dict[str, Any],
    *,
    scope: str | None = WRITE,
) -> None:
    """Enters a move of `revision`, which is told as it was before, in the audit log."""
    before = {"status": revision.status, "content_hash": revision.content_hash}
    await audit.append(
        tx,
        caller,
        scope=scope,
        action=action,
        entity="ProductRevision",
        entity_id=revision.id,
        before=before,
        after={"product": revision.product_id, "maker": revision.maker_id, **after},
    )
