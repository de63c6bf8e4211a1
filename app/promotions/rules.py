"""The price a shopper is told: one function for list, detail and, later, the cart."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ShelfPrice:
    """What a unit costs now, and the price crossed out beside it, in fen."""

    price_fen: int
    reference_fen: int | None


@dataclass(frozen=True, slots=True)
class LiveOffer:
    """A lower price that is being given: in fen, until when, and for how many units more (None: any number)."""

    name: str
    price_fen: int
    ends_at: datetime
    remaining: int | None


def shelf_price(price_fen: int, list_price_fen: int | None, offer_price_fen: int | None) -> ShelfPrice:
    """The price of a SKU with its live offer, if any.

    An offer that is not lower changes nothing. The reference is the price the offer undercuts, or else the
    list price; what may be set as list price is checked where it is set (明码标价和禁止价格欺诈规定, art. 16-20).
    """
    if offer_price_fen is not None and offer_price_fen < price_fen:
        return ShelfPrice(offer_price_fen, price_fen)
    return ShelfPrice(price_fen, list_price_fen)
