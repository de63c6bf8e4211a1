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


def shelf_price(
    price_fen: int, list_price_fen: int | None, offer_price_fen: int | None, lowest_before_fen: int | None
) -> ShelfPrice:
    """The price of a SKU with its live offer, if any.

    An offer that is not lower changes nothing. The reference is the price the offer undercuts, or else the
    list price, but never more than `lowest_before_fen`, the least asked in the 7 days before the present price
    began; without such a price, or when it is no higher, nothing is crossed out (明码标价和禁止价格欺诈规定, art. 17).
    """
    if offer_price_fen is not None and offer_price_fen < price_fen:
        return ShelfPrice(offer_price_fen, _reference(offer_price_fen, price_fen, lowest_before_fen))
    return ShelfPrice(price_fen, _reference(price_fen, list_price_fen, lowest_before_fen))


def _reference(asked_fen: int, compared_fen: int | None, lowest_before_fen: int | None) -> int | None:
    if compared_fen is None or lowest_before_fen is None:
        return None
    allowed = min(compared_fen, lowest_before_fen)
    return allowed if allowed > asked_fen else None
