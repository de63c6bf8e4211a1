"""What a customer's writes about a placed order answer."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from app.orders import errors
from resolvers import after_sales as resolve
from schema.binding import field, of
from schema.errors import AccountClosed, IdempotencyKeyReused, PickupSlotClosed, PickupSlotFull, UserError
from schema.results.order import OrderNotFound, OrderNotMovable
from schema.types.after_sales import Reordered
from schema.types.order import Order


@strawberry.type(description="Returned when the cut-off of the slot the order has is over: the shop is packing.")
@of(errors.SlotChangeTooLate)
class SlotChangeTooLate(UserError):
    """Its source is the refusal."""

    until: datetime = field(description="Until when she could change it.")


@strawberry.type(description="Returned when something bought would not keep as long as promised on the new day.")
@of(errors.LotsTooOld)
class LotsTooOld(UserError):
    """Its source is the refusal."""

    line_ids: list[strawberry.ID] = field(resolve.lines_too_old, description="The lines it is about.", list_size=5)
    possible_on: date = field(description="The last day on which all of it keeps as promised.")


ChangeSlotResult = Annotated[
    Order | OrderNotFound | OrderNotMovable | SlotChangeTooLate | PickupSlotClosed | PickupSlotFull | LotsTooOld,
    strawberry.union("ChangeSlotResult", description="The order with its new slot, or why it keeps the old one."),
]
ReorderResult = Annotated[
    Reordered | OrderNotFound | IdempotencyKeyReused | AccountClosed,
    strawberry.union("ReorderResult", description="The cart, or why nothing was put into it."),
]
