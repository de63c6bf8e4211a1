"""A handler for tests of payments, in which no order hears of money."""

from app.kit import db
from app.payments import ledger
from app.payments.enums import EventSource
from app.payments.gateway import Charge, RefundReport
from app.payments.ledger import ChargeOutcome, RefundOutcome

GIVEN_BACK = "订单未成立，原路退回"


class LedgerHandler:
    """Writes the ledger, and gives back what pays for nothing; no order hears of it."""

    async def on_charge(self, payment_id: int, charge: Charge, source: EventSource) -> ChargeOutcome:
        """The charge, recorded."""
        async with db.transaction() as tx:
            outcome = await ledger.record_charge(tx, payment_id, charge, source)
            if outcome.goes_back:
                await ledger.give_back(tx, outcome, GIVEN_BACK)
            return outcome

    async def on_refund(self, report: RefundReport, source: EventSource) -> RefundOutcome:
        """The report, recorded."""
        async with db.transaction() as tx:
            return await ledger.record_refund(tx, report, source)
