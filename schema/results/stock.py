"""What the mutations of stock answer."""

from typing import Annotated

import strawberry

from app.inventory import errors
from app.inventory.enums import LotProblem
from app.pickup import errors as pickup
from schema.binding import field, of
from schema.errors import IdempotencyKeyReused, UserError
from schema.results.report import LotAmbiguous, LotNotFound
from schema.results.staff import PickupPointNotFound
from schema.types.stock_lot import StockLot


@strawberry.type(description="Returned when you do not serve the pickup point.")
@of(pickup.PickupPointNotServed)
class PickupPointNotServed(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when there is no such stock lot.")
@of(errors.StockLotNotFound)
class StockLotNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when a lot could not be sold, so that it is not taken into stock.")
@of(errors.LotNotSellable)
class LotNotSellable(UserError):
    """Its source is the refusal."""

    problem: LotProblem = field(description="Why it could not.")


@strawberry.type(description="Returned when more would be received of a lot than its receiving event says came there.")
@of(errors.ReceivedTooMuch)
class ReceivedTooMuch(UserError):
    """Its source is the refusal."""

    announced: int = field(description="How many units came there, as the event says.")
    received: int = field(description="How many of them were received before.")


@strawberry.type(description="Returned when units would go away that are held for customers, or are not there.")
@of(errors.StockHeld)
class StockHeld(UserError):
    """Its source is the refusal."""

    available: int = field(description="How many units nobody holds.")
    held: int = field(description="How many are held.")


ReceiveStockResult = Annotated[
    StockLot
    | PickupPointNotFound
    | PickupPointNotServed
    | LotNotFound
    | LotAmbiguous
    | LotNotSellable
    | ReceivedTooMuch
    | IdempotencyKeyReused,
    strawberry.union("ReceiveStockResult", description="The stock lot with what came, or why it was not taken in."),
]
AdjustStockResult = Annotated[
    StockLot | StockLotNotFound | PickupPointNotServed | StockHeld | IdempotencyKeyReused,
    strawberry.union("AdjustStockResult", description="The stock lot as counted, or why it stays as it was."),
]
WriteOffResult = Annotated[
    StockLot | StockLotNotFound | PickupPointNotServed | StockHeld | IdempotencyKeyReused,
    strawberry.union("WriteOffResult", description="The stock lot without the units, or why it stays as it was."),
]
TransferStockResult = Annotated[
    StockLot | StockLotNotFound | PickupPointNotFound | PickupPointNotServed | StockHeld | IdempotencyKeyReused,
    strawberry.union(
        "TransferStockResult", description="The stock lot that the units were brought to, or why nothing was moved."
    ),
]
