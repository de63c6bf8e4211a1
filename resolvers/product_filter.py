"""What a client's filter of products means."""

from decimal import Decimal

from strawberry import ID

from app.catalog.enums import SoldBy, Storage
from app.kit import ids
from app.storefront.filters import ProductFilter


def chosen_products(  # noqa: PLR0917 - so that the call fits into a short resolver
    category_id: ID | None,
    storage: Storage | None,
    sold_by: SoldBy | None,
    origins: list[str] | None,
    min_price: int | None,
    price_below: int | None,
    min_rating: Decimal | None,
    in_stock_at: ID | None,
    *,
    on_offer: bool,
) -> ProductFilter:
    """The filter with keys for ids.

    Raises:
        BadId: no id of a category, or of a pickup point.
    """
    category, point = key_of("Category", category_id), key_of("PickupPoint", in_stock_at)
    places = None if origins is None else tuple(origins)
    return ProductFilter(category, storage, sold_by, places, min_price, price_below, min_rating, on_offer, point)


def key_of(kind: str, global_id: ID | None) -> int | None:
    """The key behind an id of a type, if there is one.

    Raises:
        BadId: no id of that type.
    """
    return None if global_id is None else ids.decode(global_id, kind)
