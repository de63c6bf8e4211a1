"""Stock, as those see it who look after it."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from app.inventory.enums import MovementKind
from app.inventory.models import StockLot as StockLotRow
from app.inventory.models import StockMovement as MovementRow
from resolvers import node as resolve_node
from resolvers import stock as resolve
from schema.binding import field, of
from schema.types.lot import Lot
from schema.types.pickup import PickupPoint

if TYPE_CHECKING:
    from schema.types.sku import Sku

LazySku = Annotated["Sku", strawberry.lazy("schema.types.sku")]


@strawberry.type(description="What stands of one lot at one pickup point.")
@of(StockLotRow)
class StockLot:
    """Its source is a row."""

    id: strawberry.ID = field(resolve_node.global_id, description="Opaque; the mutations take it.")
    pickup_point: PickupPoint | None = field(resolve.point_of, description="Where it stands.")
    sku: LazySku | None = field(resolve.sku_of, description="What it is sold as; null while that is not published.")
    lot: Lot | None = field(resolve.lot_of, description="The lot it is of.")
    on_hand: int = field(description="How many units stand there, those held included.")
    held: int = field(description="How many of them are held for customers.")
    available: int = field(description="How many of them nobody holds.")
    updated_at: datetime = field(description="When it changed last.")


@strawberry.type(description="A change of a stock lot. None is ever changed itself: their sums are what stands there.")
@of(MovementRow)
class StockMovement:
    """Its source is a row."""

    kind: MovementKind = field(description="Why it changed.")
    on_hand_delta: int = field(description="How many units more, or fewer, stand there since.")
    held_delta: int = field(description="How many more, or fewer, are held since.")
    reason: str | None = field(description="What was said of it; null if nothing was.")
    caller: str = field(description="Who, as kind and number: staff:3, customer:7, or expiry for the end of a hold.")
    moved_at: datetime = field(description="When.")
