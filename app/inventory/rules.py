"""Which lots a cart is taken from, and which are taken into stock: decisions without I/O."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

from app.inventory.enums import LotProblem
from app.kit.errors import BadInput
from app.kit.free_text import no_card_number

LOW_STOCK = 10
"""Units of a SKU at a point at or below which a shopper is told to hurry, and partners that it runs low."""
MOST_UNITS = 100_000  # in one movement
MOST_REASON = 90  # characters, so that what a ledger's row says besides fits in it


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


@dataclass(frozen=True, slots=True)
class LotPapers:
    """What decides whether a lot may be sold at all."""

    sku_id: int | None
    status: str
    expires_on: date | None
    licence_expires_on: date | None  # its producer's; None: nobody told who made it
    has_failed: bool  # an accepted report says so


def lot_problem(papers: LotPapers, today: date) -> LotProblem | None:
    """Why a lot is not taken into stock, the gravest reason first; None if it may be sold today.

    What nobody could sell does not go on a shelf (Food Safety Law, articles 34 and 53).
    """
    found = (
        (papers.status == "RECALLED", LotProblem.RECALLED),
        (papers.has_failed, LotProblem.REPORT_FAILED),
        (papers.status != "SELLABLE", LotProblem.ON_HOLD),
        (papers.sku_id is None, LotProblem.NOT_SOLD),
        (papers.expires_on is None, LotProblem.NO_EXPIRY),
        (papers.expires_on is not None and papers.expires_on < today, LotProblem.EXPIRED),
        (papers.licence_expires_on is None, LotProblem.NO_PRODUCER),
        (papers.licence_expires_on is not None and papers.licence_expires_on < today, LotProblem.LICENCE_EXPIRED),
    )
    return next((problem for is_so, problem in found if is_so), None)


def check_units(quantity: int, *, least: int = 1) -> int:
    """The number of units, if one movement may be of so many.

    Raises:
        BadInput: less than `least`, or more than MOST_UNITS.
    """
    if not least <= quantity <= MOST_UNITS:
        raise BadInput(f"quantity must be from {least} to {MOST_UNITS}")
    return quantity


def check_reason(text: str) -> str:
    """What somebody wrote as reason, without blanks around it.

    Raises:
        BadInput: it is blank, of several lines or longer than MOST_REASON.
        CardNumber: there is one in it.
    """
    if not text.strip() or len(text) > MOST_REASON or not text.isprintable():
        raise BadInput(f"a reason is 1 to {MOST_REASON} characters on one line")
    return no_card_number(text.strip())
