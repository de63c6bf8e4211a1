"""Staff try a refund again that was left to them."""

from app.kit import audit, clock, db, jobs
from app.kit.caller import Caller
from app.kit.errors import Refused
from app.payments import queries
from app.payments.errors import RefundNotFailed
from app.payments.ledger import REFUND_JOB
from app.payments.models import GrantedRefund

SCOPE = "payments:write"
AGAIN = "UPDATE granted_refund SET failure = NULL, tries = 0, next_try_at = $2 WHERE id = $1 AND failure IS NOT NULL"


async def retry(caller: Caller, refund_id: int) -> GrantedRefund:
    """Asks WeChat again, with the same number, so that nothing can go back twice.

    Raises:
        Refused: RefundNotFailed: it is done, on its way, or not there.
    """
    async with db.transaction() as tx:
        before = await queries.refund(refund_id)
        if before is None:
            raise Refused(RefundNotFailed())
        await queries.lock(tx, before.payment_id)  # the payment first, as everywhere
        if await tx.execute(AGAIN, refund_id, clock.now()) != "UPDATE 1":
            raise Refused(RefundNotFailed())
        await jobs.enqueue(tx, REFUND_JOB, {"refund": refund_id})
        await audit.append(
            tx,
            caller,
            scope=SCOPE,
            action="retry",
            entity="GrantedRefund",
            entity_id=refund_id,
            before={"failure": before.failure},
            after={"failure": None},
        )
    found = await queries.refund(refund_id)
    return found or before
