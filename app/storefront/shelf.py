"""What a customer can get of a product at a place, now."""

from dataclasses import dataclass

from app.inventory.enums import StockLevel
from app.inventory.rules import LOW_STOCK
from app.traceability.models import Lot, Producer

ANYWHERE = -1  # instead of a pickup point's id: all points together; no row and no global id has it


@dataclass(frozen=True, slots=True)
class ShelfLot:
    """Sellable units of one SKU from one lot at one pickup point."""

    sku_id: int
    available: int
    lot: Lot
    producer: Producer


@dataclass(frozen=True, slots=True)
class Stock:
    """How many units can be sold, and from which lots, the next to be sold first."""

    available: int
    lots: tuple[Lot, ...]

    @property
    def level(self) -> StockLevel:
        """The amount in a shopper's words."""
        if self.available <= 0:
            return StockLevel.OUT_OF_STOCK
        return StockLevel.LOW_STOCK if self.available <= LOW_STOCK else StockLevel.IN_STOCK

    @property
    def next_lot(self) -> Lot | None:
        """The lot the next unit comes from; None when sold out."""
        return self.lots[0] if self.lots else None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every sellable lot of a product at a place, first to expire first."""

    lots: tuple[ShelfLot, ...]

    def stock(self, sku_id: int | None = None) -> Stock:
        """What can be sold of one SKU, or of all together."""
        chosen = [entry for entry in self.lots if sku_id in {None, entry.sku_id}]
        return Stock(
            available=sum(entry.available for entry in chosen),
            lots=tuple({entry.lot.id: entry.lot for entry in chosen}.values()),
        )
