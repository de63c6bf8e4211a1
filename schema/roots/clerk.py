"""Root fields of the clerks who pack orders and hand them over."""

import strawberry

from resolvers import clerk as resolve
from schema.binding import field, mutation
from schema.inputs.clerk import (
    CancelOrderForShopInput,
    CancelOrderLinesInput,
    HandOverInput,
    MarkReadyInput,
    OfferSubstitutionInput,
    RecordWeightInput,
    ShortPickInput,
    StartPickingInput,
)
from schema.results.clerk import (
    CancelOrderForShopResult,
    CancelOrderLinesResult,
    HandOverResult,
    MarkReadyResult,
    OfferSubstitutionResult,
    RecordWeightResult,
    ShortPickResult,
    StartPickingResult,
)
from schema.types.page import Connection
from schema.types.pickup_order import PickListLine, PickupOrder

SERVE = ("pickup:serve",)


@strawberry.type
class ClerkQueries:
    """Reads of the orders at a point."""

    pickup_orders: Connection[PickupOrder] | None = field(
        resolve.orders,
        requires=SERVE,
        description="The orders to be collected at a point, by slot; null if you do not serve it.",
    )
    pick_list: list[PickListLine] | None = field(
        resolve.pick_list,
        requires=SERVE,
        list_size=50,
        description="What is still to be packed for a slot, by specification and lot, first to expire first; null if"
        " you do not serve the point.",
    )
    order_search: Connection[PickupOrder] | None = field(
        resolve.search,
        requires=SERVE,
        cost=10,
        description="Orders at your points by number, pickup code, phone number, its last four digits or slot, in any"
        " state; null if you do not serve the point. Give one of the five, and `statuses` to narrow it.",
    )


@strawberry.type
class ClerkWrites:
    """Writes of the clerk's desk."""

    start_picking: StartPickingResult = mutation(
        resolve.start_picking,
        StartPickingInput,
        requires=SERVE,
        description="Begins to pack a paid order: its customer cannot cancel it by herself any more.",
    )
    record_weight: RecordWeightResult = mutation(
        resolve.record_weight,
        RecordWeightInput,
        requires=SERVE,
        description=(
            "Says what a line sold by weight weighs. What it weighs less goes back when the order is ready; more costs"
            " nothing. Weigh again to correct it until then."
        ),
    )
    short_pick: ShortPickResult = mutation(
        resolve.short_pick,
        ShortPickInput,
        requires=SERVE,
        description=(
            "Leaves units of a line out that cannot be packed: what was paid for them goes back. With its last unit"
            " the order is cancelled."
        ),
    )
    offer_substitution: OfferSubstitutionResult = mutation(
        resolve.offer_substitution,
        OfferSubstitutionInput,
        requires=SERVE,
        description=(
            "Offers the customer something else for units that cannot be packed, and keeps it for her. Without an"
            " answer in 30 minutes the units are left out."
        ),
    )
    mark_ready: MarkReadyResult = mutation(
        resolve.mark_ready,
        MarkReadyInput,
        requires=SERVE,
        description="Says that an order is packed and waits for its customer.",
    )
    hand_over: HandOverResult = mutation(
        resolve.hand_over,
        HandOverInput,
        requires=SERVE,
        description=(
            "Hands the order with this pickup code over. That is final: there is no undo, and the code is good once."
        ),
    )
    cancel_order_for_shop: CancelOrderForShopResult = mutation(
        resolve.cancel,
        CancelOrderForShopInput,
        requires=SERVE,
        cost=20,
        description="Cancels an order that was not collected yet: all that is left of what was paid goes back.",
    )
    cancel_order_lines: CancelOrderLinesResult = mutation(
        resolve.cancel_lines,
        CancelOrderLinesInput,
        requires=SERVE,
        description=(
            "Cancels units of an order that is not packed yet: they are on sale again, and what was paid for them goes"
            " back. With its last unit the order is cancelled."
        ),
    )
