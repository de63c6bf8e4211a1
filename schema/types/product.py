"""Products."""

from datetime import datetime

import strawberry

from app.catalog.enums import ReturnPolicy, SoldBy, Storage
from app.catalog.models import Product as Row
from resolvers import customer as resolve_customer
from resolvers import product as resolve
from schema.binding import field, of
from schema.types.category import Category
from schema.types.coupon import Coupon
from schema.types.lot import Lot
from schema.types.media import Media
from schema.types.money import Money
from schema.types.node import Node
from schema.types.page import Connection
from schema.types.review import RatingSummary, Review
from schema.types.sku import Sku
from schema.types.stock import Stock


@strawberry.type(description="How to keep a product.")
class StorageCondition:
    """Its source is app.catalog.rules.StorageCondition."""

    kind: Storage = field(description="In which kind of place.")
    min_c: int | None = field(description="Not colder than this, in Celsius; null without a bound.")
    max_c: int | None = field(description="Not warmer than this, in Celsius; null without a bound.")


@strawberry.type(description="What a customer looks at: one kind of food, sold in one or more specifications.")
@of(Row)
class Product(Node):
    """Its source is a row."""

    slug: str = field(description="The name in addresses.")
    name: str = field(description="The name a shopper reads.")
    subtitle: str = field(description="One line that makes one want it.")
    description: str = field(description="Some sentences about it.")
    category: Category | None = field(resolve.category, description="Where it is shelved.")
    sold_by: SoldBy = field(description="Counted or weighed.")
    return_policy: ReturnPolicy = field(description="Which return rule applies.")
    storage: StorageCondition = field(resolve.storage, description="How to keep it.")
    origin: str = field(description="Where it comes from.")
    allergens: list[str] = field(description="What one may be allergic to in it; empty when there is nothing.")
    shelf_life_days: int = field(description="How many days it keeps from packing.")
    min_days_left: int = field(description="How many days it is promised to keep when collected.")
    price_from: Money | None = field(resolve.price_from, description="The lowest regular price of its SKUs.")
    sales_count: int = field(description="How many were sold.")
    rating_summary: RatingSummary = field(resolve.rating_summary, description="Its stars.")
    image: Media | None = field(resolve.image, description="Its first image; null without one.")
    media: list[Media] = field(resolve.media, description="Everything there is to look at, in order.")
    skus: list[Sku] = field(resolve.skus, description="Its specifications, in order.", max_age=15)
    stock: Stock = field(resolve.stock, description="How much can be sold now of all SKUs together.", max_age=15)
    lot: Lot | None = field(
        resolve.lot,
        description="The lot a customer would get now: first to expire, first sold. Null when sold out.",
        max_age=15,
    )
    reviews: Connection[Review] = field(resolve.reviews, description="Approved reviews.")
    coupons: list[Coupon] = field(
        resolve.coupons, description="Coupons one can claim now and use for it, least minimum spend first.", max_age=15
    )
    is_favourite: bool = field(
        resolve_customer.is_favourite, description="Whether the customer who asks has it among her favourites."
    )
    published_at: datetime | None = field(description="When it was last published.")
