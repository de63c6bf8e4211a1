"""What staff write about stock."""

import strawberry
from strawberry import ID

from app.inventory.enums import WriteOffReason

_KEY = "8 to 64 visible ASCII characters of your own; sent again within a day it changes nothing twice."


@strawberry.input(description="Units of a lot that came to a pickup point.")
class ReceiveStockInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    pickup_point_id: ID = strawberry.field(description="Where they came to: a point that you serve.")
    lot_id: ID | None = strawberry.field(default=None, description="The lot's id; or else give `lotCode`.")
    lot_code: str | None = strawberry.field(default=None, description="The lot's code as on the label.")
    gtin: str | None = strawberry.field(
        default=None, description="The trade item's GTIN, 14 digits; needed where several items share the code."
    )
    quantity: int = strawberry.field(description="How many units, 1 to 100,000.")


@strawberry.input(description="How many units of a stock lot were counted.")
class AdjustStockInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    stock_lot_id: ID = strawberry.field(description="The stock lot, at a point that you serve.")
    on_hand: int = strawberry.field(description="How many units stand there, 0 to 100,000, those held included.")
    reason: str = strawberry.field(description="Why it is another number than is known; at most 90 characters.")


@strawberry.input(description="Units of a stock lot that are given up.")
class WriteOffInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    stock_lot_id: ID = strawberry.field(description="The stock lot, at a point that you serve.")
    quantity: int = strawberry.field(description="How many units, 1 to 100,000; none that are held.")
    reason: WriteOffReason = strawberry.field(description="Why.")
    remark: str | None = strawberry.field(default=None, description="More about it; at most 90 characters.")


@strawberry.input(description="Units of a stock lot that are brought to another pickup point.")
class TransferStockInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    stock_lot_id: ID = strawberry.field(description="The stock lot they are taken from, at a point that you serve.")
    to_pickup_point_id: ID = strawberry.field(description="Where they are brought: another point that you serve.")
    quantity: int = strawberry.field(description="How many units, 1 to 100,000; none that are held.")
