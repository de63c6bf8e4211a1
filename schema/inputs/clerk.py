"""What clerks send about orders."""

import strawberry
from strawberry import ID

from app.orders.enums import CancelReason

_KEY = "8 to 64 visible ASCII characters of your own; sent again within a day it changes nothing twice."
_ORDER = "The order, at a point that you serve."
_LINE = "The line of an order that is being picked, at a point that you serve."
_REASON = "Why, for the customer; at most 90 characters."
_FATE = "Whether the missing units are written off (spoilt, lost); false: they are on sale again."


@strawberry.input(description="An order that a clerk begins to pack.")
class StartPickingInput:
    """Its fields are the resolver's arguments."""

    order_id: ID = strawberry.field(description=_ORDER)


@strawberry.input(description="What the units of a line weigh.")
class RecordWeightInput:
    """Its fields are the resolver's arguments."""

    order_line_id: ID = strawberry.field(description=_LINE)
    grams: int = strawberry.field(description="All units that are packed of it together, in grams: 1 to 200,000.")


@strawberry.input(description="Units of a line that cannot be packed.")
class ShortPickInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    order_line_id: ID = strawberry.field(description=_LINE)
    quantity: int = strawberry.field(description="How many units, no more than are left of the line.")
    writes_off: bool = strawberry.field(description=_FATE)
    reason: str = strawberry.field(description=_REASON)


@strawberry.input(description="Something else for units of a line that cannot be packed.")
class OfferSubstitutionInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    order_line_id: ID = strawberry.field(description=_LINE)
    sku_id: ID = strawberry.field(description="What is offered: it costs no more a unit, and is not weighed.")
    quantity: int = strawberry.field(description="How many units, for as many of the line.")
    writes_off: bool = strawberry.field(description=_FATE)
    reason: str = strawberry.field(description=_REASON)


@strawberry.input(description="An order that is packed.")
class MarkReadyInput:
    """Its fields are the resolver's arguments."""

    order_id: ID = strawberry.field(description=_ORDER)


@strawberry.input(description="A customer who is here, by her pickup code.")
class HandOverInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    pickup_point_id: ID = strawberry.field(description="Where: a point that you serve.")
    pickup_code: str = strawberry.field(description="What she shows or reads out; small letters and blanks are right.")


@strawberry.input(description="An order that the shop cancels.")
class CancelOrderForShopInput:
    """Its fields are the resolver's arguments."""

    order_id: ID = strawberry.field(description=_ORDER)
    reason: CancelReason = strawberry.field(description="Why.")
    note: str = strawberry.field(description="More about it, for the customer; at most 90 characters.")


@strawberry.input(description="Units of a line of an order.")
class OrderLineUnitsInput:
    """Read by the resolver as it is."""

    order_line_id: ID = strawberry.field(description="The line.")
    quantity: int = strawberry.field(description="How many units of it, no more than are left.")


@strawberry.input(description="Units of an order that the shop cancels.")
class CancelOrderLinesInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    order_id: ID = strawberry.field(description=_ORDER)
    lines: list[OrderLineUnitsInput] = strawberry.field(description="Which units: 1 to 100 lines, each once.")
    reason: CancelReason = strawberry.field(description="Why the order is cancelled if nothing is left of it.")
