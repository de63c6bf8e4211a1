"""Specifications of products."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from app.catalog.models import Sku as Row
from resolvers import sku as resolve
from schema.binding import field, of
from schema.types.money import Money
from schema.types.node import Node
from schema.types.stock import Stock

if TYPE_CHECKING:
    from schema.types.product import Product

LazyProduct = Annotated["Product", strawberry.lazy("schema.types.product")]


@strawberry.type(description="A lower price for a limited time.")
class Offer:
    """Its source is app.promotions.rules.LiveOffer."""

    name: str = field(description="What the offer is called.")
    price: Money = field(resolve.offer_price, description="The price while it lasts.")
    ends_at: datetime = field(description="When it ends, by the server's clock.")
    remaining: int | None = field(description="How many units are left at this price; null without such a limit.")


@strawberry.type(description="A specification of a product that can be put into the cart.")
@of(Row)
class Sku(Node):
    """Its source is a row with its live offer joined."""

    code: str = field(description="The shop's own number.")
    gtin: str = field(description="The trade item's GTIN, 14 digits.")
    spec: str = field(description="What one unit is, such as 约500g/份.")
    price: Money = field(resolve.price, description="What one unit costs now, with the offer if there is one.")
    reference_price: Money | None = field(
        resolve.reference_price,
        description=(
            "The price crossed out beside it (划线价): at most the least that was asked in the seven days before this"
            " price began; null when that is not more than the price."
        ),
    )
    unit_price: Money | None = field(
        resolve.unit_price, description="What 500 g cost at this price; null where the weight is not stated."
    )
    offer: Offer | None = field(resolve.offer, description="The offer live now; null without one.", max_age=15)
    net_grams: int | None = field(description="Net weight of one unit in grams; null where it is not stated.")
    pieces: int = field(description="How many pieces one unit has.")
    is_catch_weight: bool = field(
        description="Whether the exact weight is known only when packed: one pays at most this price."
    )
    max_per_order: int = field(description="How many units fit into one order.")
    stock: Stock = field(resolve.stock, description="How much can be sold now.", max_age=15)
    product: LazyProduct | None = field(resolve.product, description="The product; null while it is not published.")
