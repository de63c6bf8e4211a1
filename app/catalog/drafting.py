"""What makers do: begin a product, change a draft, hand it in, take it back, drop it. The public sees none of it."""

from typing import Any

import asyncpg

from app.accounts.rules import staff_of
from app.catalog import checks, editing, moves, snapshots
from app.catalog.content import Content, MediaContent, from_json
from app.catalog.diff import merge
from app.catalog.editing import Edit
from app.catalog.enums import MediaKind, ProductStatus, RevisionStatus
from app.catalog.errors import (
    CategoryNotFound,
    ContentMoved,
    IdentifierTaken,
    NothingChanged,
    RevisionByAnother,
    RevisionNotThere,
    RevisionOutdated,
)
from app.catalog.revisions import ProductRevision
from app.catalog.snapshots import Live
from app.files.enums import FileKind
from app.files.models import Upload
from app.files.service import reference_all
from app.kit import clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.idempotency import Reference, once
from app.kit.rows import select

_INSERT_PRODUCT = """INSERT INTO product
  (category_id, slug, name, subtitle, description, status, sold_by, return_policy, storage, origin, allergens,
  shelf_life_days, min_days_left, sales_count, rating_sum, star_counts, created_at, updated_at)
VALUES ($1, $2, $3, '', '', 'DRAFT', $4, $5, $6, '', '{}', $7, $8, 0, 0, '{0,0,0,0,0}', $9, $9) RETURNING id"""
_INSERT = f"""INSERT INTO product_revision AS r
  (product_id, content, content_hash, base, base_hash, status, maker_id, created_at)
VALUES ($1, $2, $3, $4, $5, 'DRAFT', $6, $7) RETURNING {moves.COLUMNS}"""
_CHANGE = """UPDATE product_revision SET content = $2, content_hash = $3, base = $4, base_hash = $5, status = 'DRAFT',
  checker_id = NULL, approved_hash = NULL, reason = NULL, decided_at = NULL, publish_at = NULL, submitted_at = NULL
WHERE id = $1"""
_SUBMIT = "UPDATE product_revision SET status = 'SUBMITTED', submitted_at = $2 WHERE id = $1"
_BACK = """UPDATE product_revision SET status = 'DRAFT', submitted_at = NULL, checker_id = NULL, approved_hash = NULL,
  reason = NULL, decided_at = NULL, publish_at = NULL WHERE id = $1"""
_DISCARD = """UPDATE product_revision SET status = 'DISCARDED', approved_hash = NULL, publish_at = NULL, decided_at = $2
WHERE id = $1"""
_HERS = f"SELECT {select(Upload, 'u')} FROM upload u WHERE u.id = ANY($1) AND u.caller = $2"
_SHELF = "SELECT FROM category WHERE id = $1"


async def create_product(caller: Caller, *, idempotency_key: str, edit: Edit) -> ProductRevision:
    """The first draft of a new product; `edit` has at least what `editing.first` asks for.

    Raises:
        Refused: IdentifierTaken (slug), CategoryNotFound, IdempotencyKeyReused, and what uploads refuse.
        BadInput: a field's form, or the key's.
    """
    maker = staff_of(caller)
    empty = editing.first(edit)
    async with db.transaction() as tx:

        async def act() -> Reference:
            content = await _edited(tx, caller, empty, edit)
            product_id = await _begin(tx, content)
            made = await _insert(tx, product_id, maker, content, base=None)
            await moves.note(tx, caller, "create product", made, {"status": RevisionStatus.DRAFT})
            return Reference("ProductRevision", made.id)

        told = repr(edit)
        reference = await once(tx, caller=caller, operation="createProduct", key=idempotency_key, input=told, act=act)
    return (await moves.by_id([reference.key]))[0]


async def edit_product(
    caller: Caller, product_id: int, edit: Edit, *, expected_hash: str | None, rebases: bool
) -> ProductRevision:
    """The caller's draft of a product, made or changed; a submitted, approved or rejected one is a draft again.

    `expected_hash` is that of the content the caller changes: of her open revision, where it must be given, or of what
    is published. `rebases` brings an outdated draft up to date first: what she did not change is taken from what is
    published now. The same edit again changes nothing.

    Raises:
        Refused: ProductNotFound, RevisionByAnother, ContentMoved, RevisionOutdated, CategoryNotFound, and what uploads
            refuse.
        BadInput: a field's form.
    """
    async with db.transaction() as tx:
        live = await snapshots.lock(tx, product_id)
        there = await moves.open_of(tx, product_id)
        if there is None:
            content = await _edited(tx, caller, live.content, edit)
            if expected_hash is not None and expected_hash != live.content.hash:
                raise Refused(ContentMoved(live.content.hash))
            made = await _insert(tx, product_id, staff_of(caller), content, base=live.base)
            await moves.note(tx, caller, "begin revision", made, {"status": RevisionStatus.DRAFT})
            return made
        moves.require_maker(there, caller)
        await _change(tx, caller, live, there, edit, expected_hash=expected_hash, rebases=rebases)
        return (await moves.by_id([there.id]))[0]


async def submit(caller: Caller, revision_id: int, content_hash: str) -> ProductRevision:
    """The draft, handed in for somebody else to decide on. Again: nothing changes.

    Raises:
        Refused: RevisionNotFound, RevisionByAnother, ContentMoved, RevisionNotThere, RevisionOutdated, NothingChanged,
            ContentNotReady.
    """
    async with db.transaction() as tx:
        held = await moves.hold(tx, revision_id)
        moves.require_maker(held.revision, caller)
        moves.require_hash(held.revision, content_hash)
        if held.revision.status is RevisionStatus.SUBMITTED:
            return held.revision
        moves.require_status(held.revision, RevisionStatus.DRAFT)
        require_current(held.live, held.revision)
        if held.live.product.status is ProductStatus.PUBLISHED and content_hash == held.live.base_hash:
            raise Refused(NothingChanged())
        await moves.require_ready(held.live, held.content)
        await tx.execute(_SUBMIT, revision_id, clock.now())
        await moves.note(tx, caller, "submit revision", held.revision, {"status": RevisionStatus.SUBMITTED})
        return (await moves.by_id([revision_id]))[0]


async def withdraw(caller: Caller, revision_id: int) -> ProductRevision:
    """The maker's revision as a draft again, whatever was decided about it. Again: nothing changes.

    Raises:
        Refused: RevisionNotFound, RevisionByAnother, RevisionNotThere.
    """
    async with db.transaction() as tx:
        _, revision = await moves.hold(tx, revision_id)
        moves.require_maker(revision, caller)
        if revision.status is RevisionStatus.DRAFT:
            return revision
        moves.require_status(revision, RevisionStatus.SUBMITTED, RevisionStatus.APPROVED)
        await tx.execute(_BACK, revision_id)
        await moves.note(tx, caller, "withdraw revision", revision, {"status": RevisionStatus.DRAFT})
        return (await moves.by_id([revision_id]))[0]


async def discard(caller: Caller, revision_id: int) -> ProductRevision:
    """The revision, given up for good: by its maker, or by any editor once it was rejected. Again: nothing changes.

    Raises:
        Refused: RevisionNotFound, RevisionByAnother, RevisionNotThere.
    """
    async with db.transaction() as tx:
        _, revision = await moves.hold(tx, revision_id)
        if revision.status is not RevisionStatus.REJECTED and revision.maker_id != staff_of(caller):
            raise Refused(RevisionByAnother(revision.id))
        if revision.status is RevisionStatus.DISCARDED:
            return revision
        if revision.status is RevisionStatus.PUBLISHED:
            raise Refused(RevisionNotThere(revision.status))
        await tx.execute(_DISCARD, revision_id, clock.now())
        await moves.note(tx, caller, "discard revision", revision, {"status": RevisionStatus.DISCARDED})
        return (await moves.by_id([revision_id]))[0]


def require_current(live: Live, revision: ProductRevision) -> None:
    """Raises Refused (RevisionOutdated) when something was published since the revision began."""
    if live.base is not None and live.base_hash != revision.base_hash:
        raise Refused(RevisionOutdated(live.base.hash))


async def _change(
    tx: RequestConnection,
    caller: Caller,
    live: Live,
    there: ProductRevision,
    edit: Edit,
    *,
    expected_hash: str | None,
    rebases: bool,
) -> None:
    content, base = from_json(there.content), there.base and from_json(there.base)
    is_outdated = live.base_hash is not None and live.base_hash != there.base_hash
    if is_outdated and rebases:
        content = merge(base, content, live.content) if base else content
        base = live.base
    elif is_outdated:
        raise Refused(RevisionOutdated(live.content.hash))
    wanted = await _edited(tx, caller, content, edit)
    if wanted.hash == there.content_hash and not is_outdated:
        return
    if expected_hash != there.content_hash:
        raise Refused(ContentMoved(there.content_hash))
    values = (wanted.text, wanted.hash, base and base.text, base and base.hash)
    await tx.execute(_CHANGE, there.id, *values)
    after = {"status": RevisionStatus.DRAFT, "content_hash": wanted.hash}
    await moves.note(tx, caller, "edit revision", there, after)


async def _edited(tx: RequestConnection, caller: Caller, content: Content, edit: Edit) -> Content:
    asked = [each.upload_id for each in edit.media or () if each.upload_id is not None]
    known = {row.id: _picture(row) for row in await db.rows(Upload, _HERS, asked, str(caller))} if asked else {}
    new = editing.new_uploads(content, edit, known)
    if new:
        known |= {row.id: _picture(row) for row in await reference_all(tx, new, caller, {FileKind.IMAGE})}
    wanted = editing.apply(content, edit, known)
    checks.check_form(wanted)
    if not await tx.fetch(_SHELF, wanted.category_id):
        raise Refused(CategoryNotFound())
    return wanted


def _picture(row: Upload) -> MediaContent:
    """What a new picture is; its words come with the choice. A film has no size here and is refused as one."""
    kind = MediaKind.IMAGE.value
    return MediaContent(row.storage_key, kind, "", None, row.width or 1, row.height or 1, None, 1)


async def _begin(tx: RequestConnection, content: Content) -> int:
    values = (content.sold_by, content.return_policy, content.storage, content.shelf_life_days, content.min_days_left)
    try:
        made = await tx.fetch(_INSERT_PRODUCT, content.category_id, content.slug, content.name, *values, clock.now())
    except asyncpg.UniqueViolationError:
        raise Refused(IdentifierTaken("slug")) from None
    return int(made[0]["id"])


async def _insert(
    tx: RequestConnection, product_id: int, maker: int, content: Content, *, base: Content | None
) -> ProductRevision:
    tx.require_transaction()
    before: tuple[Any, Any] = (None, None) if base is None else (base.text, base.hash)
    values = (product_id, content.text, content.hash, *before, maker, clock.now())
    return (await db.rows(ProductRevision, _INSERT, *values))[0]
