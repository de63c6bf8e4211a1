"""Root fields of what comes after an order."""

import strawberry

from resolvers import after_sales as resolve
from resolvers import claim as resolve_claim
from schema.binding import field, mutation
from schema.inputs.after_sales import (
    ChangeSlotInput,
    ClaimDefectInput,
    DecideDefectClaimInput,
    RecordMessageGrantInput,
    ReorderInput,
)
from schema.results.after_sales import (
    ChangeSlotResult,
    ClaimDefectResult,
    DecideDefectClaimResult,
    RecordMessageGrantResult,
    ReorderResult,
)
from schema.roots.customer import ME
from schema.types.order import DefectClaim
from schema.types.page import Connection

SERVICE = ("orders:service",)


@strawberry.type
class AfterSalesQueries:
    """Reads of those who answer customers about orders."""

    defect_claims: Connection[DefectClaim] = field(
        resolve_claim.queue,
        requires=SERVICE,
        description="What customers claimed at the points that you serve: what is due first comes first.",
    )


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
    claim_defect: ClaimDefectResult = mutation(
        resolve_claim.claim,
        ClaimDefectInput,
        requires=ME,
        cost=10,
        description=(
            "Says that goods were not good, within 48 hours of the hand-over. The shop decides within a day; what is"
            " late then and small is accepted by itself, up to 50 yuan in 30 days; more waits for staff, marked with"
            " `escalatedAt`. One claim for a line at a time."
        ),
    )
    decide_defect_claim: DecideDefectClaimResult = mutation(
        resolve_claim.decide,
        DecideDefectClaimInput,
        requires=SERVICE,
        cost=10,
        description=(
            "Decides a claim in writing: what is accepted goes back to the customer. The same decision again changes"
            " nothing."
        ),
    )
    record_message_grant: RecordMessageGrantResult = mutation(
        resolve.record_message_grant,
        RecordMessageGrantInput,
        requires=ME,
        description=(
            "Counts what the customer allowed: each grant is good for one message, without an end. The shop sends"
            " nothing without one."
        ),
    )
