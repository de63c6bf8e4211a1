"""What a customer sends about an order she placed."""

import strawberry
from strawberry import ID

from app.claims.enums import DefectReason
from app.orders.messages.enums import MessageTemplate

_KEY = "8 to 64 visible ASCII characters of your own; sent again within a day it changes nothing twice."


@strawberry.input(description="Another slot for a paid order.")
class ChangeSlotInput:
    """Its fields are the resolver's arguments."""

    order_id: ID = strawberry.field(description="The order's id.")
    pickup_slot_id: ID = strawberry.field(description="The new slot, of the same pickup point.")


@strawberry.input(description="An order to buy once more.")
class ReorderInput:
    """Its fields are the resolver's arguments."""

    order_id: ID = strawberry.field(description="The order's id.")
    idempotency_key: str = strawberry.field(description=_KEY)


@strawberry.input(description="Goods that were not good. Give `quantity` or `sharePercent`, one of them.")
class ClaimDefectInput:
    """Its fields are the resolver's arguments."""

    order_line_id: ID = strawberry.field(description="The line, of an order collected in the last 48 hours.")
    quantity: int | None = strawberry.field(default=None, description="How many units of it were not good.")
    share_percent: int | None = strawberry.field(
        default=None, description="Or how much of it, 1 to 100 percent: for goods by weight, or a box of fruit."
    )
    reason: DefectReason = strawberry.field(description="What is wrong.")
    text: str = strawberry.field(description="In her words, 1 to 500 characters; no card numbers.")
    photo_upload_ids: list[ID] = strawberry.field(
        description="1 to 6 uploads of hers, pictures that stand nowhere yet."
    )
    idempotency_key: str = strawberry.field(description=_KEY)


@strawberry.input(description="What staff decide about a claim.")
class DecideDefectClaimInput:
    """Its fields are the resolver's arguments."""

    claim_id: ID = strawberry.field(description="The claim, at a point that you serve.")
    accept_percent: int = strawberry.field(description="How much of what is asked goes back, 0 to 100; 0 rejects it.")
    reason: str = strawberry.field(description="Why, for the customer: 1 to 300 characters.")


@strawberry.input(description="What the customer allowed in a prompt of `wx.requestSubscribeMessage`.")
class RecordMessageGrantInput:
    """Its fields are the resolver's arguments."""

    templates: list[MessageTemplate] = strawberry.field(
        description="The templates she accepted, 1 to 3: one message of each may be sent."
    )
    idempotency_key: str = strawberry.field(description=_KEY)
