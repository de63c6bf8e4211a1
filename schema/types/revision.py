"""Revisions of products, for staff."""

from datetime import datetime

import strawberry

from app.catalog.checks import ContentProblem as ProblemValue
from app.catalog.enums import (
    ChangeKind,
    ChangeSeverity,
    ContentRule,
    MediaKind,
    ReturnPolicy,
    RevisionStatus,
    SoldBy,
)
from app.catalog.publishing import Unpublished
from app.catalog.revisions import ProductRevision as Row
from resolvers import revision as resolve
from schema.binding import field, of
from schema.types.category import Category
from schema.types.money import Money
from schema.types.node import Node
from schema.types.product import Product, StorageCondition
from schema.types.staff import StaffMember


@strawberry.type(description="A specification as a revision proposes it.")
class SkuContent:
    """Its source is app.catalog.content.SkuContent."""

    code: str = field(description="The shop's own number; edits name it by this.")
    gtin: str = field(description="The trade item's GTIN, 14 digits.")
    spec: str = field(description="What one unit is.")
    price: Money = field(resolve.price, description="What one unit costs.")
    list_price: Money | None = field(
        resolve.list_price, description="The price crossed out (划线价); null without one."
    )
    net_grams: int | None = field(description="Net weight of one unit in grams; null where it is not stated.")
    pieces: int = field(description="How many pieces one unit has.")
    is_catch_weight: bool = field(description="Whether the exact weight is known only when packed.")
    max_per_order: int = field(description="How many units fit into one order.")
    is_active: bool = field(description="Whether it is on sale.")


@strawberry.type(description="A medium as a revision proposes it.")
class MediaContent:
    """Its source is app.catalog.content.MediaContent."""

    key: str = field(description="What edits name it by.")
    kind: MediaKind = field(description="What kind of medium it is.")
    url: str = field(resolve.media_url, description="Where the file is; of a spin, its first frame.")
    alt: str = field(description="What there is to see, for those who cannot.")
    width: int = field(description="Width in pixels.")
    height: int = field(description="Height in pixels.")


@strawberry.type(description="All that a revision decides about a product.")
class ProductContent:
    """Its source is app.catalog.content.Content."""

    category: Category | None = field(resolve.category, description="Where it is shelved; null: that is gone.")
    slug: str = field(description="The name in addresses.")
    name: str = field(description="The name a shopper reads.")
    subtitle: str = field(description="One line that makes one want it.")
    description: str = field(description="Some sentences about it.")
    sold_by: SoldBy = field(description="Counted or weighed.")
    return_policy: ReturnPolicy = field(description="Which return rule applies.")
    storage: StorageCondition = field(resolve.storage, description="How to keep it.")
    origin: str = field(description="Where it comes from.")
    allergens: list[str] = field(description="What one may be allergic to in it.", list_size=5)
    shelf_life_days: int = field(description="How many days it keeps from packing.")
    min_days_left: int = field(description="How many days it is promised to keep when collected.")
    skus: list[SkuContent] = field(description="Its specifications, in order.", list_size=5)
    media: list[MediaContent] = field(description="Everything there is to look at, in order.", list_size=10)


@strawberry.type(description="One thing in which a revision differs from what it began with.")
class ContentChange:
    """Its source is app.catalog.diff.Change."""

    kind: ChangeKind = field(description="What it is about.")
    severity: ChangeSeverity = field(description="How much harm a mistake here would do.")
    before: str | None = field(description="As it was, prices in fen; null: there was nothing.")
    after: str | None = field(description="As it would be; null: nothing any more.")
    field: str = field(
        description="Such as `origin`, `skus[PEAR-1].price_fen`, `media[3f0a12bc45de6789].alt` or `certificates`."
    )


@strawberry.type(description="A line of a content that keeps it from being published.")
@of(ProblemValue)
class ContentProblem:
    """Its source is app.catalog.checks.ContentProblem."""

    rule: ContentRule = field(description="What it breaks.")
    allowed: Money | None = field(
        resolve.allowed,
        description="The most a list price may be: the least asked in the 7 days before; null: nothing was asked.",
    )
    field: str = field(description="Which line, as in `changes`.")


@strawberry.type(description="A proposed content of a product. The public sees nothing of it before it is published.")
@of(Row)
class ProductRevision(Node):
    """Its source is a row."""

    status: RevisionStatus = field(description="Where it stands on its way to the public.")
    product_id: strawberry.ID = field(resolve.product_id, description="The product's id, also while it is a draft.")
    product: Product | None = field(resolve.product, description="The product; null while it is not published.")
    content: ProductContent = field(resolve.content, description="What it proposes.")
    content_hash: str = field(description="Names exactly this content: who decides or edits says it.")
    base: ProductContent | None = field(
        resolve.base, description="What was published when it began; null: nothing was."
    )
    is_outdated: bool = field(
        resolve.is_outdated, description="Whether something was published since it began: it must be rebased first."
    )
    changes: list[ContentChange] = field(
        resolve.changes,
        description="How the content differs from what it began with, and the papers of its lots while it is open.",
        list_size=10,
    )
    maker: StaffMember | None = field(resolve.maker, description="Who made it.")
    checker: StaffMember | None = field(resolve.checker, description="Who decided on it; null while nobody has.")
    reason: str | None = field(description="Why it was rejected, given back by the job, or brought back.")
    restores: "ProductRevision | None" = field(
        resolve.restores, description="The earlier publication that was rolled back to; null for others."
    )
    created_at: datetime = field(description="When it was begun.")
    submitted_at: datetime | None = field(description="When it was handed in; null while it is a draft.")
    decided_at: datetime | None = field(description="When it was decided on, or given up.")
    publish_at: datetime | None = field(description="When it is to be published; null: when somebody does it.")
    published_at: datetime | None = field(description="When it was published.")
    waiting_since: datetime = field(description="Since when it waits: handed in, or else begun.")
    waiting_seconds: int | None = field(
        resolve.waiting_seconds, description="How long that is; null once it is published or given up."
    )


@strawberry.type(description="A product that the public does not see any more.")
@of(Unpublished)
class UnpublishedProduct:
    """Its source is app.catalog.publishing.Unpublished."""

    product_id: strawberry.ID = field(resolve.product_id, description="Its id.")
    slug: str = field(description="Its name in addresses.")
    name: str = field(description="Its name.")
