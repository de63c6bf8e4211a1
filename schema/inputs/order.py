"""What is sent to buy."""

import strawberry
from strawberry import ID

_KEY = "8 to 64 visible ASCII characters of your own; sent again within a day it gives the same order."
_ORDER = "The order's id."


@strawberry.input(description="A wish to buy what is in the cart of the customer who asks.")
class StartCheckoutInput:
    """Its fields are the resolver's arguments."""

    expected_total_fen: int | None = strawberry.field(
        default=None,
        description="What the cart showed her, in fen: if it costs another amount by now, nothing is held. Null: any.",
    )


@strawberry.input(description="A checkout that needs more time.")
class ExtendCheckoutInput:
    """Its fields are the resolver's arguments."""

    quote: str = strawberry.field(description="The checkout's quote.")


@strawberry.input(description="A checkout that is given up.")
class ReleaseCheckoutInput:
    """Its fields are the resolver's arguments."""

    quote: str = strawberry.field(description="The checkout's quote.")


@strawberry.input(description="The order of a quote.")
class PlaceOrderInput:
    """Its fields are the resolver's arguments."""

    quote: str = strawberry.field(description="The checkout's quote, as it is.")
    confirms_return_exceptions: bool = strawberry.field(
        default=False,
        description=(
            "Whether she confirmed, in a step of its own, that the goods of `returnPolicy` CONFIRMED_EXCEPTION cannot"
            " be returned without a reason. Needed when there are some."
        ),
    )
    idempotency_key: str = strawberry.field(description=_KEY)


@strawberry.input(description="An order to pay.")
class PayOrderInput:
    """Its fields are the resolver's arguments."""

    order_id: ID = strawberry.field(description=_ORDER)


@strawberry.input(description="An order whose payment is asked about.")
class CheckPaymentInput:
    """Its fields are the resolver's arguments."""

    order_id: ID = strawberry.field(description=_ORDER)


@strawberry.input(description="A customer's answer to a substitute that was offered to her.")
class AnswerSubstitutionInput:
    """Its fields are the resolver's arguments."""

    substitution_id: ID = strawberry.field(description="The substitution's id.")
    accepts: bool = strawberry.field(description="Whether she takes it.")


@strawberry.input(description="An order its customer does not want any more.")
class CancelOrderInput:
    """Its fields are the resolver's arguments."""

    order_id: ID = strawberry.field(description=_ORDER)
