"""Root fields of buying."""

import strawberry

from resolvers import checkout as resolve_checkout
from resolvers import order as resolve
from schema.binding import field, mutation
from schema.inputs.order import (
    AnswerSubstitutionInput,
    CancelOrderInput,
    CheckPaymentInput,
    ExtendCheckoutInput,
    PayOrderInput,
    PlaceOrderInput,
    ReleaseCheckoutInput,
    StartCheckoutInput,
)
from schema.results.order import (
    AnswerSubstitutionResult,
    CancelOrderResult,
    CheckPaymentResult,
    ExtendCheckoutResult,
    PayOrderResult,
    PlaceOrderResult,
    ReleaseCheckoutResult,
    StartCheckoutResult,
)
from schema.roots.customer import ME
from schema.types.order import Order


@strawberry.type
class OrderQueries:
    """Reads of the customer's orders; the list of them is on `me`."""

    order: Order | None = field(
        resolve.order, requires=ME, description="An order of the customer who asks; null for anybody else's."
    )


@strawberry.type
class OrderWrites:
    """Writes from the cart to the order, and of what its customer may do with it."""

    start_checkout: StartCheckoutResult = mutation(
        resolve_checkout.start,
        StartCheckoutInput,
        requires=ME,
        cost=20,
        description=(
            "Holds everything in the customer's cart for ten minutes, all or nothing: stock by lot, a place in the"
            " slot, the coupon, offers and gifts. An older checkout of hers is let go."
        ),
    )
    extend_checkout: ExtendCheckoutResult = mutation(
        resolve_checkout.extend,
        ExtendCheckoutInput,
        requires=ME,
        description="Holds it all for ten minutes more: once. Take the quote of the answer from then on.",
    )
    release_checkout: ReleaseCheckoutResult = mutation(
        resolve_checkout.give_up,
        ReleaseCheckoutInput,
        requires=ME,
        description="Puts what is held on sale again. Doing it again changes nothing.",
    )
    place_order: PlaceOrderResult = mutation(
        resolve_checkout.place,
        PlaceOrderInput,
        requires=ME,
        cost=20,
        description=(
            "Makes an order of a quote, exactly as quoted to the fen. When the hold is over everything is taken again"
            " if it can be had at the same price. Pay it until `payBy`."
        ),
    )
    pay_order: PayOrderResult = mutation(
        resolve.pay,
        PayOrderInput,
        requires=ME,
        cost=20,
        description="What `wx.requestPayment` needs. Asking again gives the same payment.",
    )
    check_payment: CheckPaymentResult = mutation(
        resolve.check_payment,
        CheckPaymentInput,
        requires=ME,
        cost=10,
        description=(
            "Asks WeChat whether the order is paid, for when she comes back from the cashier: do not trust what"
            " `wx.requestPayment` said."
        ),
    )
    answer_substitution: AnswerSubstitutionResult = mutation(
        resolve.answer_substitution,
        AnswerSubstitutionInput,
        requires=ME,
        cost=10,
        description=(
            "Takes or declines what the shop offers for something it cannot pack. Taken, what it costs less goes back;"
            " declined, all that was paid for the missing units does. The same answer again changes nothing."
        ),
    )
    cancel_order: CancelOrderResult = mutation(
        resolve.cancel,
        CancelOrderInput,
        requires=ME,
        cost=20,
        description=(
            "Cancels the customer's order: at any time before it is paid, and until the slot's cut-off after that. All"
            " she paid goes back."
        ),
    )
