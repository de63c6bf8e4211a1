"""Fields of SKUs."""

from collections.abc import Awaitable
from datetime import datetime

from strawberry import Parent

from app.catalog.models import Product, Sku
from app.kit.money import unit_price as price_per
from app.promotions.rules import ShelfPrice, shelf_price
from app.storefront.shelf import Stock
from resolvers.arguments import PickupPointId, point_key
from resolvers.info import Info

JIN = 500  # grams: the 斤 food is compared by


def _shelf_price(sku: Sku) -> ShelfPrice:
    return shelf_price(sku.price_fen, sku.list_price_fen, sku.offer_price_fen)


def price(parent: Parent[Sku]) -> int:
    """What a unit costs now, in fen."""
    return _shelf_price(parent).price_fen


def reference_price(parent: Parent[Sku]) -> int | None:
    """The price crossed out beside it, in fen."""
    return _shelf_price(parent).reference_fen


def unit_price(parent: Parent[Sku]) -> int | None:
    """What 500 g cost now, in fen."""
    return None if parent.net_grams is None else price_per(price(parent), parent.net_grams, JIN)


def offer(parent: Parent[Sku]) -> Sku | None:
    """The row itself, whose joined columns are the live offer."""
    return None if parent.offer_price_fen is None else parent


def offer_price(parent: Parent[Sku]) -> int | None:
    """The offer's price, in fen."""
    return parent.offer_price_fen


async def stock(parent: Parent[Sku], info: Info, pickup_point_id: PickupPointId = None) -> Stock:
    """What can be sold of it."""
    return (await info.context.loaders.shelf.load((parent.product_id, point_key(pickup_point_id)))).stock(parent.id)


def product(parent: Parent[Sku], info: Info) -> Awaitable[Product | None]:
    """What it is a specification of."""
    return info.context.loaders.products.load(parent.product_id)


def offer_name(parent: Parent[Sku]) -> str | None:
    """What the offer is called."""
    return parent.offer_name


def offer_ends_at(parent: Parent[Sku]) -> datetime | None:
    """When it ends."""
    return parent.offer_ends_at


def offer_remaining(parent: Parent[Sku]) -> int | None:
    """How many units are left of it."""
    return parent.offer_remaining
