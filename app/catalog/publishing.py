"""What the public sees changes here and nowhere else: publications, their undoing, and taking a product off."""

from datetime import datetime
from typing import Any, NamedTuple

import asyncpg

from app.catalog import drafting, moves, snapshots
from app.catalog.applying import apply_content
from app.catalog.content import Content
from app.catalog.diff import diff
from app.catalog.enums import ProductStatus, RevisionStatus
from app.catalog.errors import CategoryNotFound, IdentifierTaken, ProductNotPublished
from app.catalog.moves import APPROVE, UNPUBLISH, Held
from app.catalog.revisions import ProductRevision
from app.catalog.rules import check_reason
from app.catalog.snapshots import Live
from app.kit import audit, clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused

_PUBLISHED = "UPDATE product_revision SET status = 'PUBLISHED', published_at = $2, publish_at = NULL WHERE id = $1"
_RESTORED = """INSERT INTO product_revision (product_id, content, content_hash, base, base_hash, status, maker_id,
  checker_id, approved_hash, reason, created_at, submitted_at, decided_at, published_at, restores_id)
VALUES ($1, $2, $3, $4, $5, 'PUBLISHED', $6, $7, $3, $8, $9, $9, $9, $9, $10) RETURNING id"""
_LAST = f"""SELECT {moves.COLUMNS} FROM product_revision r WHERE r.product_id = $1 AND r.status = 'PUBLISHED'
ORDER BY r.published_at DESC, r.id DESC LIMIT 1"""
_UNPUBLISH = "UPDATE product SET status = 'UNPUBLISHED', updated_at = $2 WHERE id = $1"
# what was approved for the product as it stood must be looked at again
_VOID = """UPDATE product_revision SET status = 'SUBMITTED', checker_id = NULL, approved_hash = NULL, decided_at = NULL,
  publish_at = NULL WHERE product_id = $1 AND status = 'APPROVED'"""
_FIELDS = {"product_slug_key": "slug", "sku_gtin_key": "gtin"}


class Unpublished(NamedTuple):
    """A product that is not on the shop any more."""

    product_id: int
    slug: str
    name: str


async def publish(tx: RequestConnection, caller: Caller, held: Held) -> None:
    """Makes an approved revision, held by `moves.hold`, what the public sees. A published one: nothing changes.

    Raises:
        Refused: RevisionNotThere, RevisionOutdated, ContentNotReady, IdentifierTaken, CategoryNotFound.
    """
    live, revision = held
    if revision.status is RevisionStatus.PUBLISHED:
        return
    moves.require_status(revision, RevisionStatus.APPROVED)
    drafting.require_current(live, revision)
    content = held.content
    await moves.require_ready(live, content)
    now = clock.now()
    await _apply(tx, live, content, now)
    await tx.execute(_PUBLISHED, revision.id, now)
    after = {"status": RevisionStatus.PUBLISHED, "checker": revision.checker_id, **_told(live, content)}
    await moves.note(tx, caller, "publish revision", revision, after, scope=APPROVE)


async def publish_now(caller: Caller, revision_id: int) -> ProductRevision:
    """The approved revision, published; again: nothing changes. Refused as `publish`, and with RevisionNotFound."""
    async with db.transaction() as tx:
        await publish(tx, caller, await moves.hold(tx, revision_id))
        return (await moves.by_id([revision_id]))[0]


async def roll_back(caller: Caller, revision_id: int, reason: str) -> ProductRevision:
    """A new publication of an earlier one's content: its maker stays the maker, the caller is its checker.

    SKUs that came since stay in it, not on sale, so that what is approved is exactly what is published.
    When that content is what is published already, the publication that stands is answered and nothing changes. A draft
    that began with what is rolled back is outdated from now on.

    Raises:
        Refused: RevisionNotFound, RevisionNotThere (it was never published), OwnRevision, ContentNotReady,
            IdentifierTaken, CategoryNotFound.
        BadInput: the reason.
    """
    told = check_reason(reason)
    async with db.transaction() as tx:
        held = await moves.hold(tx, revision_id)
        live, revision = held
        moves.require_status(revision, RevisionStatus.PUBLISHED)
        checker = moves.require_checker(revision.maker_id, caller)
        content = held.content.with_skus_of(live.content)
        last = (await db.rows(ProductRevision, _LAST, live.product.id))[0]
        if live.product.status is ProductStatus.PUBLISHED and live.base_hash == content.hash == last.content_hash:
            return last
        await moves.require_ready(live, content)
        now = clock.now()
        await _apply(tx, live, content, now)
        base = live.content
        values = (content.text, content.hash, base.text, base.hash, revision.maker_id, checker, told, now)
        made = await tx.fetch(_RESTORED, live.product.id, *values, revision.id)
        new = (await moves.by_id([int(made[0]["id"])]))[0]
        after = {"status": RevisionStatus.PUBLISHED, "checker": checker, "restores": revision.id}
        await moves.note(tx, caller, "roll back product", new, after | _told(live, content), scope=APPROVE)
        return new


async def unpublish(tx: RequestConnection, caller: Caller, product_id: int, reason: str) -> bool:
    """Takes a product off the shop; whether it was on it. An approval that waits for its time is void from now on.

    Raises:
        NoTransactionError: outside a transaction.
        Refused: ProductNotFound.
        BadInput: the reason.
    """
    told = check_reason(reason)
    live = await snapshots.lock(tx, product_id)
    if live.product.status is not ProductStatus.PUBLISHED:
        return False
    await tx.execute(_UNPUBLISH, product_id, clock.now())
    await tx.execute(_VOID, product_id)
    await audit.append(
        tx,
        caller,
        scope=None if caller.id is None else UNPUBLISH,
        action="unpublish product",
        entity="Product",
        entity_id=product_id,
        before={"status": ProductStatus.PUBLISHED},
        after={"status": ProductStatus.UNPUBLISHED, "reason": told},
    )
    return True


async def unpublish_now(caller: Caller, product_id: int, reason: str) -> Unpublished:
    """The product, off the shop. Again: nothing changes.

    Raises:
        Refused: ProductNotFound, ProductNotPublished: it never was.
        BadInput: the reason.
    """
    async with db.transaction() as tx:
        await unpublish(tx, caller, product_id, reason)
        product = (await snapshots.lock(tx, product_id)).product
        if product.status is ProductStatus.DRAFT:
            raise Refused(ProductNotPublished())
        return Unpublished(product_id, product.slug, product.name)


async def _apply(tx: RequestConnection, live: Live, content: Content, now: datetime) -> None:
    try:
        await apply_content(tx, live, content, now)
    except asyncpg.UniqueViolationError as taken:  # by a transaction that ended since the check
        raise Refused(IdentifierTaken(_FIELDS.get(taken.constraint_name or "", "code"))) from None
    except asyncpg.ForeignKeyViolationError:
        raise Refused(CategoryNotFound()) from None


def _told(live: Live, content: Content) -> dict[str, Any]:
    changes = [[each.field, each.before, each.after] for each in diff(live.base, content)]
    return {"content_hash": content.hash, "base_hash": live.base_hash, "changes": changes}
