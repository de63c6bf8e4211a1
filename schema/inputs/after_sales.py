"""What a customer sends about an order she placed."""

import strawberry
from strawberry import ID

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
