"""The choices among the products of a list."""

from collections.abc import Awaitable
from decimal import Decimal
from typing import Annotated

import strawberry
from strawberry import ID, Parent

from app.catalog.enums import SoldBy, Storage
from app.storefront import facets as choices
from app.storefront.facets import PriceBandCount, ProductFacets
from resolvers.arguments import SearchText
from resolvers.info import Info
from resolvers.product_filter import chosen_products, key_of

StockPoint = Annotated[
    ID | None,
    strawberry.argument(description="Where stock is counted; without it where `filter.inStockAt` says, if anywhere."),
]


def facets(
    info: Info,
    *,
    search: SearchText = None,
    pickup_point_id: StockPoint = None,
    category_id: ID | None = None,
    storage: Storage | None = None,
    sold_by: SoldBy | None = None,
    origins: list[str] | None = None,
    min_price: int | None = None,
    price_below: int | None = None,
    min_rating: Decimal | None = None,
    on_offer: bool = False,
    in_stock_at: ID | None = None,
) -> Awaitable[ProductFacets]:
    """The choices among the published products."""
    chosen = chosen_products(
        category_id, storage, sold_by, origins, min_price, price_below, min_rating, in_stock_at, on_offer=on_offer
    )
    point = key_of("PickupPoint", pickup_point_id)
    return choices.facets(choices.faceting(chosen, search=search, point_id=point), info.context.now)


def at_least(parent: Parent[PriceBandCount]) -> int | None:
    """Where the band begins, in fen."""
    return parent.at_least_fen


def below(parent: Parent[PriceBandCount]) -> int | None:
    """Where it ends, in fen."""
    return parent.below_fen
