"""Which lots a cart is taken from: a decision without I/O."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter


@dataclass(frozen=True, slots=True)
class LotOnSale:
    """Units of a SKU from one lot at one pickup point, and until when they can be handed out."""

    stock_lot_id: int
    lot_id: int
    sku_id: int
    available: int
    expires_on: date
    min_days_left: int  # promised to the customer on the day she collects

    @property
    def collectable_until(self) -> date:
        """The last day on which a customer can collect it with the promised days left."""
        return self.expires_on - timedelta(days=self.min_days_left)


@dataclass(frozen=True, slots=True)
class Taken:
    """So many units of one stock lot."""

    stock_lot_id: int
    lot_id: int
    sku_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """What stops a line: how many units there are for the wanted day, and the nearest day for which all are there.

    `possible_on` is an earlier day: what stands on the shelves now keeps no longer. None: not even today.
    """

    sku_id: int
    wanted: int
    available: int
    possible_on: date | None


def allocate(
    wanted: Mapping[int, int], lots: Iterable[LotOnSale], pickup_on: date, today: date
) -> tuple[list[Taken], list[Shortage]]:
    """The units to take for a whole cart (`wanted`: units by SKU), or else why it cannot be had.

    First expired, first out, against the day of pickup: of each SKU the lots that expire first, of those that leave
    the promised days on `pickup_on`. So no unit is taken that would do for a later day while one that would not stands
    beside it. One shortage refuses the whole cart: then nothing is taken. Both by SKU; lots also in the order taken.
    """
    of_sku = {
        sku_id: sorted(own, key=lambda lot: (lot.expires_on, lot.stock_lot_id))
        for sku_id, own in groupby(sorted(lots, key=attrgetter("sku_id")), key=attrgetter("sku_id"))
    }
    taken: list[Taken] = []
    short: list[Shortage] = []
    for sku_id, quantity in sorted(wanted.items()):
        own = of_sku.get(sku_id, [])
        chosen, missing = _take(quantity, [lot for lot in own if lot.collectable_until >= pickup_on])
        taken += chosen
        if missing:
            short.append(Shortage(sku_id, quantity, quantity - missing, _possible_on(quantity, own, today)))
    return ([], short) if short else (taken, [])


def _take(quantity: int, lots: list[LotOnSale]) -> tuple[list[Taken], int]:
    taken = []
    for lot in lots:
        units = min(quantity, lot.available)
        if units > 0:
            taken.append(Taken(lot.stock_lot_id, lot.lot_id, lot.sku_id, units))
            quantity -= units
    return taken, quantity


def _possible_on(quantity: int, lots: list[LotOnSale], today: date) -> date | None:
    """The last day for which the lots that keep longest are enough together."""
    for lot in sorted(lots, key=lambda lot: lot.collectable_until, reverse=True):
        quantity -= max(lot.available, 0)
        if quantity <= 0:
            return lot.collectable_until if lot.collectable_until >= today else None
    return None
