"""Stock, as a shopper sees it."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from app.inventory.enums import StockLevel
from schema.binding import field

if TYPE_CHECKING:
    from schema.types.lot import Lot

LazyLot = Annotated["Lot", strawberry.lazy("schema.types.lot")]


@strawberry.type(description="How much can be sold now, of lots that keep long enough.")
class Stock:
    """Its source is app.storefront.shelf.Stock."""

    available: int = field(description="How many units.")
    level: StockLevel = field(description="The amount in a word.")
    next_lot: LazyLot | None = field(
        description="The lot the next unit comes from: first to expire, first sold. Null when sold out."
    )
    lots: list[LazyLot] = field(description="Every lot it would come from, first to expire first.")
