"""Revisions of products: what staff write, judge and publish."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Annotated, Any

import strawberry
from strawberry import ID, Parent

from app.accounts.models import Staff
from app.catalog import approving, drafting, publishing, waiting
from app.catalog.checks import ContentProblem
from app.catalog.content import Content, MediaContent, SkuContent, from_json
from app.catalog.diff import Change, diff
from app.catalog.editing import Edit, MediaChoice, edit_of, sku_of
from app.catalog.enums import OPEN, RevisionStatus
from app.catalog.errors import RevisionByAnother
from app.catalog.models import Category, Product
from app.catalog.publishing import Unpublished
from app.catalog.revisions import ProductRevision
from app.catalog.rules import StorageCondition
from app.kit import ids
from app.kit.clock import business_day
from app.kit.paging import Page
from resolvers.arguments import After
from resolvers.info import Info
from resolvers.media import Width

First = Annotated[int, strawberry.argument(description="How many revisions, 1 to 50.")]
Status = Annotated[RevisionStatus | None, strawberry.argument(description="Those that stand there; null: all.")]
OfProduct = Annotated[ID | None, strawberry.argument(description="Those of this product; null: of all.")]
OneId = Annotated[ID, strawberry.argument(description="The revision's id.")]


def revisions(
    *,
    status: Status = RevisionStatus.SUBMITTED,
    product_id: OfProduct = None,
    first: First = 20,
    after: After = None,
) -> Awaitable[Page[ProductRevision]]:
    """A page of revisions."""
    product = None if product_id is None else ids.decode(product_id, "Product")
    return waiting.page(status, product, first=first, after=after)


def revision(info: Info, id: OneId) -> Awaitable[ProductRevision | None]:  # noqa: A002 - schema name
    """The revision with this id."""
    return info.context.loaders.revisions.load(_key(id))


def product_id(parent: Parent[ProductRevision | Unpublished]) -> str:
    """Whose revision it is."""
    return ids.encode("Product", parent.product_id)


def product(parent: Parent[ProductRevision], info: Info) -> Awaitable[Product | None]:
    """The product as the public sees it."""
    return info.context.loaders.products.load(parent.product_id)


def content(parent: Parent[ProductRevision]) -> Content:
    """What it proposes."""
    return from_json(parent.content)


def base(parent: Parent[ProductRevision]) -> Content | None:
    """What it began with."""
    return None if parent.base is None else from_json(parent.base)


async def changes(parent: Parent[ProductRevision], info: Info) -> list[Change]:
    """How the two differ; while it is open, also how the certificates changed since it was begun."""
    begun = (parent.product_id, business_day(parent.created_at))
    papers = await info.context.loaders.certificate_changes.load(begun) if parent.status in OPEN else []
    return [*diff(base(parent), content(parent)), *papers]


def maker(parent: Parent[ProductRevision], info: Info) -> Awaitable[Staff | None]:
    """Who made it."""
    return info.context.loaders.staff.load(parent.maker_id)


async def checker(parent: Parent[ProductRevision], info: Info) -> Staff | None:
    """Who decided."""
    return None if parent.checker_id is None else await info.context.loaders.staff.load(parent.checker_id)


async def restores(parent: Parent[ProductRevision], info: Info) -> ProductRevision | None:
    """What was brought back."""
    return None if parent.restores_id is None else await info.context.loaders.revisions.load(parent.restores_id)


async def is_outdated(parent: Parent[ProductRevision], info: Info) -> bool:
    """Whether something was published since it began."""
    if parent.status not in OPEN:
        return False
    published = await info.context.loaders.published_hash.load(parent.product_id)
    return published is not None and published != parent.base_hash


def waiting_seconds(parent: Parent[ProductRevision], info: Info) -> int | None:
    """How long it has waited where it is."""
    is_open = parent.status in OPEN
    return max(0, int((info.context.now - parent.waiting_since).total_seconds())) if is_open else None


def category(parent: Parent[Content], info: Info) -> Awaitable[Category | None]:
    """Where it is to be shelved."""
    return info.context.loaders.categories.load(parent.category_id)


def storage(parent: Parent[Content]) -> StorageCondition:
    """How it is to be kept."""
    return StorageCondition(parent.storage, parent.storage_min_c, parent.storage_max_c)


def price(parent: Parent[SkuContent]) -> int:
    """Its price."""
    return parent.price_fen


def list_price(parent: Parent[SkuContent]) -> int | None:
    """The price crossed out."""
    return parent.list_price_fen


def media_url(parent: Parent[MediaContent], info: Info, width: Width = None) -> str:
    """Where the file is."""
    key = f"{parent.storage_key}/01.webp" if parent.kind == "SPIN" else parent.storage_key
    return info.context.addresses.public(key, None if parent.kind == "VIDEO" else width)


def revision_id(parent: Parent[RevisionByAnother]) -> str:
    """Which one it is."""
    return ids.encode("ProductRevision", parent.revision_id)


def allowed(parent: Parent[ContentProblem]) -> int | None:
    """The most a list price may be."""
    return parent.allowed_fen


def create(info: Info, *, idempotency_key: str, content: Any) -> Awaitable[ProductRevision]:
    """The first draft of a new product."""
    return drafting.create_product(info.context.caller, idempotency_key=idempotency_key, edit=_edit(content))


def edit(
    info: Info, *, product_id: ID, expected_hash: str | None, rebases: bool, content: Any
) -> Awaitable[ProductRevision]:
    """The draft, changed."""
    key, caller = ids.decode(product_id, "Product"), info.context.caller
    return drafting.edit_product(caller, key, _edit(content), expected_hash=expected_hash, rebases=rebases)


def submit(info: Info, revision_id: ID, content_hash: str) -> Awaitable[ProductRevision]:
    """The revision, handed in."""
    return drafting.submit(info.context.caller, _key(revision_id), content_hash)


def withdraw(info: Info, revision_id: ID) -> Awaitable[ProductRevision]:
    """The revision, a draft again."""
    return drafting.withdraw(info.context.caller, _key(revision_id))


def discard(info: Info, revision_id: ID) -> Awaitable[ProductRevision]:
    """The revision, given up."""
    return drafting.discard(info.context.caller, _key(revision_id))


def approve(info: Info, revision_id: ID, content_hash: str, publish_at: datetime | None) -> Awaitable[ProductRevision]:
    """The revision, approved."""
    return approving.approve(info.context.caller, _key(revision_id), content_hash, publish_at=publish_at)


def reject(info: Info, revision_id: ID, reason: str) -> Awaitable[ProductRevision]:
    """The revision, rejected."""
    return approving.reject(info.context.caller, _key(revision_id), reason)


def publish(info: Info, revision_id: ID) -> Awaitable[ProductRevision]:
    """The revision, published."""
    return publishing.publish_now(info.context.caller, _key(revision_id))


def roll_back(info: Info, revision_id: ID, reason: str) -> Awaitable[ProductRevision]:
    """The new publication."""
    return publishing.roll_back(info.context.caller, _key(revision_id), reason)


def unpublish(info: Info, product_id: ID, reason: str) -> Awaitable[Unpublished]:
    """The product, taken off."""
    return publishing.unpublish_now(info.context.caller, ids.decode(product_id, "Product"), reason)


def _edit(content: Any) -> Edit:
    """The input as the domain knows it."""
    given = {**vars(content), "category_id": content.category_id and ids.decode(content.category_id, "Category")}
    chosen = content.media and [_choice(each) for each in content.media]
    return edit_of(given, [sku_of(vars(each)) for each in content.skus], chosen)


def _choice(given: Any) -> MediaChoice:
    upload = None if given.upload_id is None else ids.decode(given.upload_id, "Upload")
    return MediaChoice(given.alt, given.key, upload)


def _key(revision_id: ID) -> int:
    return ids.decode(revision_id, "ProductRevision")
