"""Fields of products."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry
from strawberry import ID, Parent

from app.catalog.models import Category, Media, Product, Sku
from app.catalog.rules import RatingSummary, StorageCondition
from app.coupons.models import Coupon
from app.kit import ids
from app.kit.errors import BadInput
from app.reviews.queries import ReviewPage, ReviewSort, listing
from app.storefront.shelf import Stock
from app.traceability.models import Lot
from resolvers.arguments import After, PickupPointId, point_key
from resolvers.info import Info

ById = Annotated[ID | None, strawberry.argument(description="The product's id; give this or `slug`.")]
BySlug = Annotated[str | None, strawberry.argument(description="The product's name in addresses; give this or `id`.")]
Stars = Annotated[int | None, strawberry.argument(description="Only reviews with exactly this many stars, 1 to 5.")]
FirstReviews = Annotated[int, strawberry.argument(description="How many reviews, 1 to 50.")]
Order = Annotated[ReviewSort, strawberry.argument(description="In which order.")]


def product(info: Info, id: ById = None, slug: BySlug = None) -> Awaitable[Product | None]:  # noqa: A002 - schema name
    """The published product with this id or slug."""
    if (id is None) == (slug is None):
        raise BadInput("give either id or slug")
    if slug is not None:
        return info.context.loaders.products_by_slug.load(slug)
    return info.context.loaders.products.load(ids.decode(str(id), "Product"))


def category(parent: Parent[Product], info: Info) -> Awaitable[Category | None]:
    """Where the product is shelved."""
    return info.context.loaders.categories.load(parent.category_id)


def storage(parent: Parent[Product]) -> StorageCondition:
    """How it is kept."""
    return StorageCondition(parent.storage, parent.storage_min_c, parent.storage_max_c)


def rating_summary(parent: Parent[Product]) -> RatingSummary:
    """Its stars, counted."""
    return RatingSummary(tuple(parent.star_counts))


def price_from(parent: Parent[Product]) -> int | None:
    """The lowest price of its SKUs, in fen."""
    fen: int | None = parent.price_from_fen
    return fen


def image(parent: Parent[Product], info: Info) -> Awaitable[Media | None]:
    """Its first image."""
    return info.context.loaders.cover_by_product.load(parent.id)


def media(parent: Parent[Product], info: Info) -> Awaitable[list[Media]]:
    """Everything there is to look at."""
    return info.context.loaders.media_by_product.load(parent.id)


def skus(parent: Parent[Product], info: Info) -> Awaitable[list[Sku]]:
    """Its specifications."""
    return info.context.loaders.skus_by_product.load(parent.id)


async def stock(parent: Parent[Product], info: Info, pickup_point_id: PickupPointId = None) -> Stock:
    """What can be sold of all its SKUs."""
    return (await info.context.loaders.shelf.load((parent.id, point_key(pickup_point_id)))).stock()


async def lot(parent: Parent[Product], info: Info, pickup_point_id: PickupPointId = None) -> Lot | None:
    """The lot the next unit comes from."""
    return (await info.context.loaders.shelf.load((parent.id, point_key(pickup_point_id)))).stock().next_lot


def reviews(
    parent: Parent[Product],
    info: Info,
    *,
    first: FirstReviews = 10,
    after: After = None,
    rating: Stars = None,
    sort: Order = ReviewSort.NEWEST,
) -> Awaitable[ReviewPage]:
    """A page of its approved reviews."""
    asked = listing(parent, sort=sort, rating=rating, first=first, after=after)
    return info.context.loaders.review_pages.load(asked)


def coupons(parent: Parent[Product], info: Info) -> Awaitable[list[Coupon]]:
    """Coupons that can be claimed for it."""
    return info.context.loaders.coupons_by_product.load(parent.id)
