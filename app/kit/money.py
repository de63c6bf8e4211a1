"""Arithmetic on money: integers of fen only (DESIGN rule 1)."""

from collections.abc import Sequence
from decimal import Decimal


def unit_price(price_fen: int, net_grams: int, per_grams: int) -> int:
    """The price in fen of `per_grams` of goods that cost `price_fen` per `net_grams`; halves round up.

    Raises:
        ValueError: a weight that is not positive, or a negative price.
    """
    if net_grams <= 0 or per_grams <= 0 or price_fen < 0:
        raise ValueError("weights are positive and a price is not negative")
    return (2 * price_fen * per_grams + net_grams) // (2 * net_grams)


def share(total_fen: int, weights: Sequence[int]) -> list[int]:
    """Splits `total_fen` in proportion to `weights`, in their order, by largest remainder (Hamilton).

    The parts add up to the total, each is within one fen of its exact proportion, equal remainders go
    to the earlier position, and a weight of zero gets nothing.

    Raises:
        ValueError: a negative total or weight, or a total to split over nothing but zeros.
    """
    whole = sum(weights)
    if total_fen < 0 or any(weight < 0 for weight in weights):
        raise ValueError("a total and its weights are not negative")
    if whole == 0:
        if total_fen:
            raise ValueError("there is nothing to share a total over")
        return [0] * len(weights)
    parts = [total_fen * weight // whole for weight in weights]
    remainders = [total_fen * weight % whole for weight in weights]
    largest = sorted(range(len(weights)), key=lambda position: (-remainders[position], position))
    for position in largest[: total_fen - sum(parts)]:
        parts[position] += 1
    return parts


def to_yuan(fen: int) -> Decimal:
    """`fen` as yuan with exactly two decimals: 1990 is 19.90."""
    return Decimal(fen).scaleb(-2)
