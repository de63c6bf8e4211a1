"""Root fields of payments."""

import strawberry

from resolvers import payment as resolve
from schema.binding import field, mutation
from schema.inputs.payment import RetryRefundInput
from schema.results.payment import RetryRefundResult
from schema.types.page import Connection
from schema.types.payment import GrantedRefund, ReconciliationReport

READ = ("payments:read",)


@strawberry.type
class PaymentQueries:
    """Reads of payments."""

    reconciliations: Connection[ReconciliationReport] = field(
        resolve.reconciliations,
        requires=READ,
        description="WeChat's bill of each day against the ledger, the newest report first.",
    )
    failed_refunds: Connection[GrantedRefund] = field(
        resolve.failed_refunds,
        requires=READ,
        description="Refunds that need somebody: WeChat refused them, or the bank does not take them. Newest first.",
    )


@strawberry.type
class PaymentWrites:
    """Writes of payments."""

    retry_refund: RetryRefundResult = mutation(
        resolve.retry,
        RetryRefundInput,
        requires=("payments:write",),
        description="Asks WeChat for a refund again, with the same number: nothing goes back twice.",
    )
