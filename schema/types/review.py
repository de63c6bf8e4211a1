"""Reviews."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import strawberry

from app.reviews.models import Review as Row
from resolvers import review as resolve
from schema.binding import field, of
from schema.types.media import ReviewMedia
from schema.types.node import Node

if TYPE_CHECKING:
    from schema.types.lot import Lot
    from schema.types.pickup import PickupPoint
    from schema.types.product import Product
    from schema.types.sku import Sku

LazyProduct = Annotated["Product", strawberry.lazy("schema.types.product")]
LazySku = Annotated["Sku", strawberry.lazy("schema.types.sku")]
LazyLot = Annotated["Lot", strawberry.lazy("schema.types.lot")]
LazyPickupPoint = Annotated["PickupPoint", strawberry.lazy("schema.types.pickup")]


@strawberry.type(description="How approved reviews rate a product.")
class RatingSummary:
    """Its source is app.catalog.rules.RatingSummary."""

    average: Decimal | None = field(description="Mean of the stars to one decimal; null without a review.")
    count: int = field(description="How many reviews.")
    star_counts: list[int] = field(description="Five numbers: how many gave 1, 2, 3, 4 and 5 stars.")


@strawberry.type(description="Who wrote a review, as others see it.")
class ReviewAuthor:
    """Its source is app.reviews.rules.ReviewAuthor."""

    name: str = field(description="The chosen name, masked.")


@strawberry.type(description="What a customer says of a product.")
@of(Row)
class Review(Node):
    """Its source is a row with its author's name joined."""

    rating: int = field(description="1 to 5 stars.")
    body: str = field(description="The text.")
    author: ReviewAuthor = field(resolve.author, description="Who wrote it.")
    media: list[ReviewMedia] = field(resolve.media, description="Pictures, at most nine.")
    helpful_count: int = field(description="How many found it helpful.")
    days_since_packed: int | None = field(
        description="How old the goods were when reviewed, in days since packing; null if unknown."
    )
    reply: str | None = field(description="The shop's answer; null without one.")
    replied_at: datetime | None = field(description="When the shop answered.")
    created_at: datetime = field(description="When it was written.")
    is_demo: bool = field(resolve.is_demo, description="Whether it is made up for a demonstration.")
    product: LazyProduct | None = field(
        resolve.product, description="What it is about; null while that is not published."
    )
    sku: LazySku | None = field(
        resolve.sku, description="Which specification; null if unknown or no longer sold.", max_age=15
    )
    lot: LazyLot | None = field(resolve.lot, description="Which lot it came from; null if unknown.")
    pickup_point: LazyPickupPoint | None = field(
        resolve.pickup_point, description="Where it was collected; null if unknown."
    )
