"""The lists at the root of the schema."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry
from strawberry import ID

from app.catalog.enums import SoldBy, Storage
from app.coupons import listing as coupon_list
from app.coupons.models import Coupon
from app.kit import ids
from app.kit.paging import Page
from app.pickup import queries as pickup
from app.pickup.models import PickupPoint
from app.storefront.listing import ProductFilter, ProductPage, ProductSort, listing
from resolvers.arguments import After
from resolvers.info import Info

FirstProducts = Annotated[int, strawberry.argument(description="How many products, 1 to 50.")]
FirstCoupons = Annotated[int, strawberry.argument(description="How many coupons, 1 to 50.")]
Order = Annotated[ProductSort, strawberry.argument(description="In which order.")]


def products(
    info: Info,
    *,
    first: FirstProducts = 20,
    after: After = None,
    sort: Order = ProductSort.NEWEST,
    category_id: ID | None = None,
    storage: Storage | None = None,
    sold_by: SoldBy | None = None,
) -> Awaitable[ProductPage]:
    """A page of the published products."""
    category = None if category_id is None else ids.decode(category_id, "Category")
    asked = listing(ProductFilter(category, storage, sold_by), sort, first=first, after=after)
    return info.context.loaders.product_pages.load(asked)


def coupons(info: Info, first: FirstCoupons = 20, after: After = None) -> Awaitable[Page[Coupon]]:
    """A page of the coupons that can be claimed now."""
    return coupon_list.page(info.context.now, first=first, after=after)


def pickup_points() -> Awaitable[list[PickupPoint]]:
    """Every pickup point."""
    return pickup.points()
