"""What the mutations of clerks answer."""

from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import ID

from app.orders import errors
from resolvers import clerk as resolve
from schema.binding import field, of
from schema.errors import IdempotencyKeyReused, UserError
from schema.results.order import InsufficientStock, OrderNotFound, OrderNotMovable, PaymentUnavailable
from schema.results.stock import PickupPointNotServed
from schema.types.money import Money
from schema.types.pickup_order import PickupOrder


@strawberry.type(description="Returned when a line has fewer units left that are not decided about.")
@of(errors.LineUnitsExceeded)
class LineUnitsExceeded(UserError):
    """Its source is the refusal."""

    left: int = field(description="How many units there are to decide about.")


@strawberry.type(
    description="Returned when WeChat takes no more refunds of the order's payment one by one: 50 is all, the last ten"
    " of them are for what ends an order and for claims. Gather what is missing, or cancel all of it."
)
@of(errors.RefundsExhausted)
class RefundsExhausted(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when a line is sold by the piece, so that nothing is weighed.")
@of(errors.NotSoldByWeight)
class NotSoldByWeight(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when lines are still to be weighed, or wait for the customer's answer.")
@of(errors.LinesNotReady)
class LinesNotReady(UserError):
    """Its source is the refusal."""

    line_ids: list[ID] = field(resolve.late_lines, description="Those lines.", list_size=5)


@strawberry.type(
    description="Returned when it cannot be offered: it is the same, not on sale, weighed when packed, or another offer"
    " for the line is open."
)
@of(errors.SubstituteNotPossible)
class SubstituteNotPossible(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when a substitute costs more than what it stands for.")
@of(errors.SubstituteDearer)
class SubstituteDearer(UserError):
    """Its source is the refusal."""

    most: Money = field(resolve.most, description="What one unit may cost.")


@strawberry.type(description="Returned when no order waits at this point under this code; you are locked after five.")
@of(errors.PickupCodeUnknown)
class PickupCodeUnknown(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the day of pickup is over: cancel the order, or agree on something.")
@of(errors.PickupDayOver)
class PickupDayOver(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when you gave too many wrong codes at this point.")
@of(errors.HandOverLocked)
class HandOverLocked(UserError):
    """Its source is the refusal."""

    until: datetime = field(description="When to try again.")


StartPickingResult = Annotated[
    PickupOrder | OrderNotFound | OrderNotMovable,
    strawberry.union("StartPickingResult", description="The order, being packed, or why it is not."),
]
RecordWeightResult = Annotated[
    PickupOrder | OrderNotFound | OrderNotMovable | NotSoldByWeight | LineUnitsExceeded,
    strawberry.union("RecordWeightResult", description="The order with the weight, or why it has none."),
]
ShortPickResult = Annotated[
    PickupOrder | OrderNotFound | OrderNotMovable | LineUnitsExceeded | RefundsExhausted | IdempotencyKeyReused,
    strawberry.union("ShortPickResult", description="The order without the units, or why it stays as it was."),
]
OfferSubstitutionResult = Annotated[
    PickupOrder
    | OrderNotFound
    | OrderNotMovable
    | LineUnitsExceeded
    | SubstituteNotPossible
    | SubstituteDearer
    | InsufficientStock
    | RefundsExhausted
    | IdempotencyKeyReused,
    strawberry.union("OfferSubstitutionResult", description="The order with the offer, or why nothing is offered."),
]
MarkReadyResult = Annotated[
    PickupOrder | OrderNotFound | OrderNotMovable | LinesNotReady,
    strawberry.union("MarkReadyResult", description="The order that can be collected, or why it cannot."),
]
HandOverResult = Annotated[
    PickupOrder
    | PickupPointNotServed
    | PickupCodeUnknown
    | OrderNotMovable
    | PickupDayOver
    | HandOverLocked
    | IdempotencyKeyReused,
    strawberry.union("HandOverResult", description="The order that leaves with its customer, or why none does."),
]
CancelOrderForShopResult = Annotated[
    PickupOrder | OrderNotFound | OrderNotMovable | PaymentUnavailable,
    strawberry.union("CancelOrderForShopResult", description="The order, cancelled, or why it is not."),
]
CancelOrderLinesResult = Annotated[
    PickupOrder | OrderNotFound | OrderNotMovable | LineUnitsExceeded | RefundsExhausted | IdempotencyKeyReused,
    strawberry.union("CancelOrderLinesResult", description="The order without the units, or why it stays as it was."),
]
