"""Fields of reviews."""

from collections.abc import Awaitable

from strawberry import Parent

from app.catalog.models import Product, Sku
from app.pickup.models import PickupPoint
from app.reviews import rules
from app.reviews.enums import ReviewSource
from app.reviews.models import Review
from app.reviews.rules import ReviewAuthor, ReviewMedia
from app.traceability.models import Lot
from resolvers.info import Info


def author(parent: Parent[Review]) -> ReviewAuthor:
    """Who wrote it."""
    return rules.author(parent.author_name)


def media(parent: Parent[Review]) -> list[ReviewMedia]:
    """Its pictures."""
    return rules.review_media(parent.media)


def is_demo(parent: Parent[Review]) -> bool:
    """Whether it is made up for a demonstration."""
    return parent.source is ReviewSource.DEMO


def product(parent: Parent[Review], info: Info) -> Awaitable[Product | None]:
    """What it is about."""
    return info.context.loaders.products.load(parent.product_id)


async def sku(parent: Parent[Review], info: Info) -> Sku | None:
    """Which specification."""
    return None if parent.sku_id is None else await info.context.loaders.skus.load(parent.sku_id)


async def lot(parent: Parent[Review], info: Info) -> Lot | None:
    """Which lot."""
    return None if parent.lot_id is None else await info.context.loaders.lots.load(parent.lot_id)


async def pickup_point(parent: Parent[Review], info: Info) -> PickupPoint | None:
    """Where it was collected."""
    return None if parent.pickup_point_id is None else await info.context.loaders.points.load(parent.pickup_point_id)
