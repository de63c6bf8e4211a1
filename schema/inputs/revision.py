"""What staff write about products and decide on revisions."""

from datetime import datetime

import strawberry
from strawberry import ID

from app.catalog.enums import ReturnPolicy, SoldBy, Storage

_KEY = "8 to 64 visible ASCII characters of your own; sent again within a day it does nothing twice."
_REVISION = "The revision's id."
_HASH = "Its `contentHash` as you saw it; another content is refused."
_REASON = "Why, 1 to 400 characters; people read it."


@strawberry.input(description="Between which temperatures, in Celsius.")
class TemperatureInput:
    """Both bounds at once."""

    min_c: int | None = strawberry.field(default=None, description="Not colder; null without a bound.")
    max_c: int | None = strawberry.field(default=None, description="Not warmer; null without a bound.")


@strawberry.input(description="A whole specification: new, or in place of the one with this code.")
class SkuContentInput:
    """Its fields are those of app.catalog.content.SkuContent."""

    code: str = strawberry.field(description="The shop's own number, 1 to 40 letters, digits, dots and hyphens.")
    gtin: str = strawberry.field(description="The trade item's GTIN, 14 digits.")
    spec: str = strawberry.field(description="What one unit is, at most 40 characters.")
    price: int = strawberry.field(description="What one unit costs, in fen.")
    list_price: int | None = strawberry.field(default=None, description="The price crossed out (划线价), in fen.")
    net_grams: int | None = strawberry.field(default=None, description="Net weight of one unit in grams.")
    pieces: int = strawberry.field(default=1, description="How many pieces one unit has.")
    is_catch_weight: bool = strawberry.field(default=False, description="Whether it is weighed only when packed.")
    max_per_order: int = strawberry.field(default=20, description="How many units fit into one order.")
    is_active: bool = strawberry.field(default=True, description="Whether it is on sale; a SKU is never deleted.")


@strawberry.input(description="A medium: one that is there by `key`, or a new picture by `uploadId`.")
class MediaContentInput:
    """One of the two names it."""

    key: str | None = strawberry.field(default=None, description="`key` of a medium the content has.")
    upload_id: ID | None = strawberry.field(default=None, description="A picture you sent to /uploads.")
    alt: str = strawberry.field(description="What there is to see, at most 120 characters.")


@strawberry.input(description="What changes about a product; what is null stays as it is.")
class ProductContentInput:
    """Its fields are those of app.catalog.content.Content."""

    category_id: ID | None = strawberry.field(default=None, description="Where it is shelved.")
    slug: str | None = strawberry.field(default=None, description="The name in addresses: a-z, 0-9 and hyphens.")
    name: str | None = strawberry.field(default=None, description="The name a shopper reads, at most 60.")
    subtitle: str | None = strawberry.field(default=None, description="One line, at most 120 characters.")
    description: str | None = strawberry.field(default=None, description="At most 5000 characters.")
    sold_by: SoldBy | None = strawberry.field(default=None, description="Counted or weighed.")
    return_policy: ReturnPolicy | None = strawberry.field(default=None, description="Which return rule applies.")
    storage: Storage | None = strawberry.field(default=None, description="In which kind of place it is kept.")
    temperature: TemperatureInput | None = strawberry.field(default=None, description="How warm, both bounds.")
    origin: str | None = strawberry.field(default=None, description="Where it comes from, at most 60 characters.")
    allergens: list[str] | None = strawberry.field(default=None, description="All of them, at most 30.")
    shelf_life_days: int | None = strawberry.field(default=None, description="How many days it keeps from packing.")
    min_days_left: int | None = strawberry.field(default=None, description="How many days are left when collected.")
    skus: list[SkuContentInput] = strawberry.field(
        default_factory=list, description="Those that change or are new; others stay. At most 30 in all."
    )
    media: list[MediaContentInput] | None = strawberry.field(
        default=None, description="All of them, in order: what is not named goes. At most 30."
    )


@strawberry.input(description="A new product.")
class CreateProductInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    content: ProductContentInput = strawberry.field(
        description=(
            "At least category, slug, name, soldBy, returnPolicy, storage, shelfLifeDays and minDaysLeft; the rest must"
            " be there when it is submitted."
        )
    )


@strawberry.input(description="An edit of a product.")
class EditProductInput:
    """Its fields are the resolver's arguments."""

    product_id: ID = strawberry.field(description="The product's id.")
    expected_hash: str | None = strawberry.field(
        default=None,
        description="`contentHash` of your open revision as you saw it: needed where there is one.",
    )
    rebases: bool = strawberry.field(
        default=False,
        description="Whether an outdated revision takes over what was published since, but for what it changes itself.",
    )
    content: ProductContentInput = strawberry.field(description="What changes.")


@strawberry.input(description="A draft to hand in.")
class SubmitRevisionInput:
    """Its fields are the resolver's arguments."""

    revision_id: ID = strawberry.field(description=_REVISION)
    content_hash: str = strawberry.field(description=_HASH)


@strawberry.input(description="A revision to take back.")
class WithdrawRevisionInput:
    """Its fields are the resolver's arguments."""

    revision_id: ID = strawberry.field(description=_REVISION)


@strawberry.input(description="A revision to give up.")
class DiscardRevisionInput:
    """Its fields are the resolver's arguments."""

    revision_id: ID = strawberry.field(description=_REVISION)


@strawberry.input(description="A revision to approve.")
class ApproveRevisionInput:
    """Its fields are the resolver's arguments."""

    revision_id: ID = strawberry.field(description=_REVISION)
    content_hash: str = strawberry.field(description=_HASH)
    publish_at: datetime | None = strawberry.field(
        default=None, description="When it is published, within a year; null: when somebody does it."
    )


@strawberry.input(description="A revision to reject.")
class RejectRevisionInput:
    """Its fields are the resolver's arguments."""

    revision_id: ID = strawberry.field(description=_REVISION)
    reason: str = strawberry.field(description=_REASON)


@strawberry.input(description="A revision to publish now.")
class PublishRevisionInput:
    """Its fields are the resolver's arguments."""

    revision_id: ID = strawberry.field(description=_REVISION)


@strawberry.input(description="An earlier publication to go back to.")
class RollBackProductInput:
    """Its fields are the resolver's arguments."""

    revision_id: ID = strawberry.field(description="The id of a revision that was published.")
    reason: str = strawberry.field(description=_REASON)


@strawberry.input(description="A product to take off the shop.")
class UnpublishProductInput:
    """Its fields are the resolver's arguments."""

    product_id: ID = strawberry.field(description="The product's id.")
    reason: str = strawberry.field(description=_REASON)
