"""Fields of SKUs."""

from collections.abc import Awaitable

from strawberry import Parent

from app.catalog.models import Product, Sku
from app.kit.money import unit_price as price_per
from app.promotions.rules import LiveOffer, ShelfPrice, shelf_price
from app.storefront.shelf import Stock
from resolvers.arguments import PickupPointId, point_key
from resolvers.info import Info

JIN = 500  # grams: the 斤 food is compared by


def _shelf_price(sku: Sku) -> ShelfPrice:
    return shelf_price(sku.price_fen, sku.list_price_fen, sku.offer_price_fen, sku.lowest_before_fen)


def price(parent: Parent[Sku]) -> int:
    """What a unit costs now, in fen."""
    return _shelf_price(parent).price_fen


def reference_price(parent: Parent[Sku]) -> int | None:
    """The price crossed out beside it, in fen."""
    return _shelf_price(parent).reference_fen


def unit_price(parent: Parent[Sku]) -> int | None:
    """What 500 g cost now, in fen."""
    return None if parent.net_grams is None else price_per(price(parent), parent.net_grams, JIN)


def offer(parent: Parent[Sku]) -> LiveOffer | None:
    """The joined offer, if there is one and it lowers the price as `shelf_price` does."""
    name, fen, ends_at = parent.offer_name, parent.offer_price_fen, parent.offer_ends_at
    if name is None or fen is None or ends_at is None or fen >= parent.price_fen:
        return None
    return LiveOffer(name, fen, ends_at, parent.offer_remaining)


def offer_price(parent: Parent[LiveOffer]) -> int:
    """The offer's price, in fen."""
    return parent.price_fen


async def stock(parent: Parent[Sku], info: Info, pickup_point_id: PickupPointId = None) -> Stock:
    """What can be sold of it."""
    return (await info.context.loaders.shelf.load((parent.product_id, point_key(pickup_point_id)))).stock(parent.id)


def product(parent: Parent[Sku], info: Info) -> Awaitable[Product | None]:
    """What it is a specification of."""
    return info.context.loaders.products.load(parent.product_id)
