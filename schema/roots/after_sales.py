"""Root fields of what comes after an order."""

import strawberry

from resolvers import after_sales as resolve
from schema.binding import mutation
from schema.inputs.after_sales import ChangeSlotInput, ReorderInput
from schema.results.after_sales import ChangeSlotResult, ReorderResult
from schema.roots.customer import ME


@strawberry.type
class AfterSalesWrites:
    """Writes of the customer about orders she placed."""

    change_slot: ChangeSlotResult = mutation(
        resolve.change_slot,
        ChangeSlotInput,
        requires=ME,
        cost=10,
        description=(
            "Moves a paid order to another slot of its point, until the cut-off of the slot it has. The old place is"
            " kept when the new one cannot be had. Again, it changes nothing."
        ),
    )
    reorder: ReorderResult = mutation(
        resolve.reorder,
        ReorderInput,
        requires=ME,
        cost=20,
        description="Puts what an order had into the customer's cart, as far as it is sold and fits.",
    )
