"""Who is told of money."""

from typing import Protocol

from app.payments.enums import EventSource
from app.payments.gateway import Charge, RefundReport
from app.payments.ledger import ChargeOutcome, RefundOutcome


class Handler(Protocol):
    """Acts on money in a transaction of its own. Both are told more than once, late, and in any order."""

    async def on_charge(self, payment_id: int, charge: Charge, source: EventSource) -> ChargeOutcome:
        """Money arrived: calls `record_charge`, and does what its outcome means."""

    async def on_refund(self, report: RefundReport, source: EventSource) -> RefundOutcome:
        """WeChat told of a refund: calls `record_refund`, and does what its outcome means."""
