"""The lists at the root of the schema."""

from collections.abc import Awaitable
from decimal import Decimal
from typing import Annotated

import strawberry
from strawberry import ID

from app.catalog.enums import SoldBy, Storage
from app.coupons import listing as coupon_list
from app.coupons.models import Coupon
from app.kit.paging import Page
from app.pickup import queries as pickup
from app.pickup.models import PickupPoint
from app.storefront.listing import ProductPage, listing
from app.storefront.orders import ProductSort
from resolvers.arguments import After, SearchText
from resolvers.info import Info
from resolvers.product_filter import chosen_products

FirstProducts = Annotated[int, strawberry.argument(description="How many products, 1 to 50.")]
FirstCoupons = Annotated[int, strawberry.argument(description="How many coupons, 1 to 50.")]
Order = Annotated[ProductSort, strawberry.argument(description="In which order.")]


def products(
    info: Info,
    *,
    first: FirstProducts = 20,
    after: After = None,
    sort: Order = ProductSort.NEWEST,
    search: SearchText = None,
    category_id: ID | None = None,
    storage: Storage | None = None,
    sold_by: SoldBy | None = None,
    origins: list[str] | None = None,
    min_price: int | None = None,
    price_below: int | None = None,
    min_rating: Decimal | None = None,
    on_offer: bool = False,
    in_stock_at: ID | None = None,
) -> Awaitable[ProductPage]:
    """A page of the published products."""
    chosen = chosen_products(
        category_id, storage, sold_by, origins, min_price, price_below, min_rating, in_stock_at, on_offer=on_offer
    )
    asked = listing(chosen, sort, search=search, first=first, after=after)
    return info.context.loaders.product_pages.load(asked)


def coupons(info: Info, first: FirstCoupons = 20, after: After = None) -> Awaitable[Page[Coupon]]:
    """A page of the coupons that can be claimed now."""
    return coupon_list.page(info.context.now, first=first, after=after)


def pickup_points() -> Awaitable[list[PickupPoint]]:
    """Every pickup point."""
    return pickup.points()
