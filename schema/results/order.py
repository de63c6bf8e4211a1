"""What buying answers."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from app.holds import errors as holds
from app.inventory.rules import Shortage as ShortageValue
from app.orders import errors
from app.orders.enums import OrderStatus, SubstitutionState
from app.promotions import errors as promotions
from resolvers import refused_order as resolve
from schema.binding import field, of
from schema.errors import (
    AccountClosed,
    CartEmpty,
    CouponNotApplicable,
    IdempotencyKeyReused,
    PickupNotChosen,
    PickupSlotClosed,
    PickupSlotFull,
    QuantityOutOfRange,
    UserError,
)
from schema.types.checkout import Checkout
from schema.types.customer import Customer
from schema.types.money import Money
from schema.types.order import Order, PayParameters
from schema.types.sku import Sku


@strawberry.type(description="A line that cannot be had as wanted.")
@of(ShortageValue)
class Shortage:
    """Its source is app.inventory.rules.Shortage."""

    sku: Sku | None = field(resolve.short_sku, description="What is short.")
    wanted: int = field(description="How many units were wanted.")
    available: int = field(description="How many units there are for that day.")
    possible_on: date | None = field(
        description="The nearest day for which all units can be had here: what stands here keeps no longer. Null: none."
    )


@strawberry.type(description="Returned when some lines cannot be had at this point for this day; nothing is held then.")
@of(errors.InsufficientStock)
class InsufficientStock(UserError):
    """Its source is the refusal."""

    lines: list[Shortage] = field(description="Those lines.", list_size=5)


@strawberry.type(description="Returned when units of an offer are gone, or the offer is over.")
@of(promotions.OfferUnitsGone)
class OfferUnitsGone(UserError):
    """Its source is the refusal."""

    available: int = field(description="How many units she can still have at the offer's price.")


@strawberry.type(description="Returned when a gift the cart had earned was given away meanwhile.")
@of(promotions.GiftGone)
class GiftGone(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when too many checkouts were begun lately that came to no order.")
@of(holds.HoldBudgetSpent)
class HoldBudgetSpent(UserError):
    """Its source is the refusal."""

    again_at: datetime = field(description="When to try again.")


@strawberry.type(description="Returned when what was held is on sale again: check out once more.")
@of(holds.HoldEnded)
class HoldEnded(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the time was extended before: that goes once.")
@of(holds.HoldAlreadyExtended)
class HoldAlreadyExtended(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the quote is none of this customer's, was changed, or was placed before.")
@of(errors.QuoteInvalid)
class QuoteInvalid(UserError):
    """Its source is the refusal."""


@strawberry.type(
    description="Returned when it costs something else by now: show her the new price and check out again."
)
@of(errors.QuoteChanged)
class QuoteChanged(UserError):
    """Its source is the refusal."""

    quoted: Money = field(resolve.quoted, description="What was said before.")
    total: Money = field(resolve.now_total, description="What it costs now.")


@strawberry.type(description="Returned when goods that cannot be returned without a reason were not confirmed.")
@of(errors.ReturnExceptionUnconfirmed)
class ReturnExceptionUnconfirmed(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when there is no such order that the caller may change.")
@of(errors.OrderNotFound)
class OrderNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the order is paid or closed.")
@of(errors.OrderNotPayable)
class OrderNotPayable(UserError):
    """Its source is the refusal."""

    status: OrderStatus = field(description="Where it stands.")


@strawberry.type(description="Returned when the payment service does not answer just now: nothing changed, try again.")
@of(errors.PaymentUnavailable)
class PaymentUnavailable(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the slot's cut-off has passed and the order is being packed.")
@of(errors.CancelTooLate)
class CancelTooLate(UserError):
    """Its source is the refusal."""

    until: datetime = field(description="Until when she could cancel.")


@strawberry.type(description="Returned when the order is not where this step begins.")
@of(errors.OrderNotMovable)
class OrderNotMovable(UserError):
    """Its source is the refusal."""

    status: OrderStatus = field(description="Where it stands.")


@strawberry.type(description="Returned when no such substitute was offered to the customer.")
@of(errors.SubstitutionNotFound)
class SubstitutionNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the offer was answered otherwise before, or its time is over.")
@of(errors.SubstitutionOver)
class SubstitutionOver(UserError):
    """Its source is the refusal."""

    state: SubstitutionState = field(description="What became of it.")


StartCheckoutResult = Annotated[
    Checkout
    | CartEmpty
    | PickupNotChosen
    | QuantityOutOfRange
    | InsufficientStock
    | PickupSlotFull
    | PickupSlotClosed
    | CouponNotApplicable
    | OfferUnitsGone
    | GiftGone
    | QuoteChanged
    | HoldBudgetSpent
    | AccountClosed,
    strawberry.union("StartCheckoutResult", description="What is held and what it costs, or why nothing is held."),
]
ExtendCheckoutResult = Annotated[
    Checkout | QuoteInvalid | HoldEnded | HoldAlreadyExtended | AccountClosed,
    strawberry.union("ExtendCheckoutResult", description="The checkout with its later end, or why it has none."),
]
ReleaseCheckoutResult = Annotated[
    Customer | QuoteInvalid | AccountClosed,
    strawberry.union("ReleaseCheckoutResult", description="The customer, for whom nothing is held, or why not."),
]
PlaceOrderResult = Annotated[
    Order
    | QuoteInvalid
    | QuoteChanged
    | ReturnExceptionUnconfirmed
    | HoldEnded
    | CartEmpty
    | PickupNotChosen
    | QuantityOutOfRange
    | InsufficientStock
    | PickupSlotFull
    | PickupSlotClosed
    | CouponNotApplicable
    | OfferUnitsGone
    | GiftGone
    | HoldBudgetSpent
    | IdempotencyKeyReused
    | AccountClosed,
    strawberry.union("PlaceOrderResult", description="The order, exactly as quoted, or why there is none."),
]
PayOrderResult = Annotated[
    PayParameters | OrderNotFound | OrderNotPayable | PaymentUnavailable | AccountClosed,
    strawberry.union("PayOrderResult", description="What the phone pays with, or why it cannot."),
]
CheckPaymentResult = Annotated[
    Order | OrderNotFound | PaymentUnavailable,
    strawberry.union("CheckPaymentResult", description="The order as it is after WeChat was asked, or why not."),
]
CancelOrderResult = Annotated[
    Order | OrderNotFound | CancelTooLate | OrderNotMovable | PaymentUnavailable,
    strawberry.union("CancelOrderResult", description="The order, cancelled, or why it is not."),
]
AnswerSubstitutionResult = Annotated[
    Order | SubstitutionNotFound | SubstitutionOver,
    strawberry.union("AnswerSubstitutionResult", description="The order after the answer, or why it is none."),
]
