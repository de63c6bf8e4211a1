"""What money does to orders: told by a notification or by asking, more than once, late and in any order."""

from app.kit import db
from app.kit.caller import MACHINE
from app.kit.db import RequestConnection
from app.orders import events, queries, refunds
from app.orders.enums import OrderStatus, RefundReason
from app.orders.live import order_changed
from app.orders.messages import service as messages
from app.orders.messages.enums import MessageTemplate
from app.orders.models import Order
from app.orders.moves import move
from app.payments import service as payments
from app.payments.enums import ChargeKind, EventSource, RefundKind
from app.payments.gateway import Charge, RefundReport
from app.payments.ledger import ChargeOutcome, RefundOutcome

_TOO_LATE = "订单已关闭，自动退款"
_OF_REFUND = """SELECT o.id FROM customer_order o JOIN granted_refund g ON g.payment_id = o.payment_id
WHERE g.id = $1"""


class OrderOutcomes:
    """The payments' handler (app.payments.handling.Handler) of a shop with orders."""

    async def on_charge(self, payment_id: int, charge: Charge, source: EventSource) -> ChargeOutcome:
        """Money arrived: the order it pays is paid, or it goes back by itself.

        It goes back when it is another amount than the order's, when the order was closed before, and when the order
        was paid already. Repeated, nothing changes.
        """
        async with db.transaction() as tx:
            order = await queries.lock_by_payment(tx, payment_id)
            outcome = await payments.record_charge(tx, payment_id, charge, source)
            if outcome.goes_back:
                await payments.give_back(tx, outcome, _TOO_LATE)
            elif outcome.kind is ChargeKind.PAID and order is not None:
                await _paid(tx, order, charge)
        return outcome

    async def on_refund(self, report: RefundReport, source: EventSource) -> RefundOutcome:
        """WeChat told of a refund: the ledger notes it, and the customer and whoever watches the order are told."""
        async with db.transaction() as tx:
            outcome = await payments.record_refund(tx, report, source)
            found = await tx.fetch(_OF_REFUND, outcome.refund.id) if outcome.refund else []
            for order in await queries.by_ids([record["id"] for record in found]):
                order_changed(tx, order)
                if outcome.kind is RefundKind.REFUNDED and outcome.refund is not None:
                    await messages.tell(tx, order, MessageTemplate.REFUND_DONE, outcome.refund.id)
        return outcome


async def _paid(tx: RequestConnection, order: Order, charge: Charge) -> None:
    if order.status is OrderStatus.PENDING_PAYMENT:
        await move(tx, MACHINE, order, OrderStatus.PAID, at=charge.paid_at)
        await events.order_paid(tx, order)
    else:  # closed here before WeChat closed it: who releases asks WeChat first, so this is a belt beside the braces
        await refunds.grant_rest(tx, order, RefundReason.PAID_TOO_LATE, f"late:{charge.transaction_id}")
