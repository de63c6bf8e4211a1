"""Root fields of revisions of products, for staff."""

import strawberry

from resolvers import revision as resolve
from schema.binding import field, mutation
from schema.inputs.revision import (
    ApproveRevisionInput,
    CreateProductInput,
    DiscardRevisionInput,
    EditProductInput,
    PublishRevisionInput,
    RejectRevisionInput,
    RollBackProductInput,
    SubmitRevisionInput,
    UnpublishProductInput,
    WithdrawRevisionInput,
)
from schema.results.revision import (
    ApproveRevisionResult,
    CreateProductResult,
    DiscardRevisionResult,
    EditProductResult,
    PublishRevisionResult,
    RejectRevisionResult,
    RollBackProductResult,
    SubmitRevisionResult,
    UnpublishProductResult,
    WithdrawRevisionResult,
)
from schema.types.page import Connection
from schema.types.revision import ProductRevision

READ, WRITE, APPROVE, UNPUBLISH = ("catalog:read",), ("catalog:write",), ("catalog:approve",), ("catalog:unpublish",)


@strawberry.type
class RevisionQueries:
    """Reads of what is not public yet, or not any more."""

    product_revisions: Connection[ProductRevision] = field(
        resolve.revisions,
        requires=READ,
        description="Revisions that stand somewhere, what has waited longest first; of a product, its history.",
    )
    product_revision: ProductRevision | None = field(
        resolve.revision, requires=READ, description="A revision by its id; null if there is none."
    )


@strawberry.type
class RevisionWrites:
    """Writes of products: made by one, decided on by another."""

    create_product: CreateProductResult = mutation(
        resolve.create,
        CreateProductInput,
        requires=WRITE,
        description="Begins a product with a first draft. Nobody but staff sees it before a revision is published.",
    )
    edit_product: EditProductResult = mutation(
        resolve.edit,
        EditProductInput,
        requires=WRITE,
        description=(
            "Makes your draft of a product, or changes it: whatever was decided about it is void. The public sees no"
            " difference. The same edit again changes nothing."
        ),
    )
    submit_revision: SubmitRevisionResult = mutation(
        resolve.submit,
        SubmitRevisionInput,
        requires=WRITE,
        description="Hands your draft in, if all that must be there is. Again: nothing changes.",
    )
    withdraw_revision: WithdrawRevisionResult = mutation(
        resolve.withdraw,
        WithdrawRevisionInput,
        requires=WRITE,
        description="Takes back what you handed in, approved or not. Again: nothing changes.",
    )
    discard_revision: DiscardRevisionResult = mutation(
        resolve.discard,
        DiscardRevisionInput,
        requires=WRITE,
        description="Gives your revision up, or anybody's that was rejected. Again: nothing changes.",
    )
    approve_revision: ApproveRevisionResult = mutation(
        resolve.approve,
        ApproveRevisionInput,
        requires=APPROVE,
        description="Approves the content with this hash, which somebody else made. Again: nothing changes.",
    )
    reject_revision: RejectRevisionResult = mutation(
        resolve.reject,
        RejectRevisionInput,
        requires=APPROVE,
        description="Gives a revision back to its maker, approved or not. Again: nothing changes.",
    )
    publish_revision: PublishRevisionResult = mutation(
        resolve.publish,
        PublishRevisionInput,
        requires=APPROVE,
        description="Shows an approved revision to the public, now. Again: nothing changes.",
    )
    roll_back_product: RollBackProductResult = mutation(
        resolve.roll_back,
        RollBackProductInput,
        requires=APPROVE,
        description="Publishes an earlier publication anew, which somebody else made. Again: nothing changes.",
    )
    unpublish_product: UnpublishProductResult = mutation(
        resolve.unpublish,
        UnpublishProductInput,
        requires=UNPUBLISH,
        description=(
            "Takes a product off the shop at once, without a second pair of hands: editors, approvers and quality"
            " managers may. It comes back only by somebody who approves. Approvals that wait are void. Again: nothing"
            " changes."
        ),
    )
