"""Orders that nobody paid in time, or that are cancelled: WeChat is asked to close first, then things are released.

An order WeChat says was paid meanwhile is paid (ORDERPAID), so that nothing is released that somebody paid for.
"""

from datetime import timedelta
from typing import Any

import structlog

from app.inventory.rules import check_reason
from app.kit import audit, clock, db
from app.kit.caller import MACHINE, Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.orders import queries, refunds, resources, rules
from app.orders.enums import CancelReason, OrderStatus, RefundReason
from app.orders.errors import CancelTooLate, OrderNotFound, OrderNotMovable, PaymentUnavailable
from app.orders.models import Order
from app.orders.moves import move
from app.orders.outcomes import OrderOutcomes
from app.payments import service as payments
from app.payments.enums import EventSource
from app.payments.errors import GatewayRefused, GatewayUnavailable
from app.payments.gateway import Gateway
from app.pickup.queries import slots_by_ids
from app.pickup.staff import serves

BATCH = 50
GRACE = timedelta(seconds=5)  # after the time to pay: WeChat's own clock ends the order then

_NO_ANSWERS = """UPDATE substitution SET state = 'LAPSED', answered_at = $2 WHERE state = 'OFFERED'
AND order_line_id IN (SELECT id FROM order_line WHERE order_id = $1)"""

_log = structlog.get_logger("orders")


class Ending:
    """What ends orders: it talks to the gateway, so it has one."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def expire_late(self, _: dict[str, Any]) -> None:
        """The job that ends every order whose time to pay is over, a batch at a time; harmless to repeat.

        One that WeChat cannot be asked about just now stays as it is, with all it holds, until the next time; it keeps
        none behind it waiting.
        """
        over, last = clock.now() - GRACE, 0
        while late := await queries.late(over, last, BATCH):
            for order_id in late:
                try:
                    await self.expire(order_id)
                except (GatewayUnavailable, GatewayRefused):
                    _log.warning("an order could not be closed yet", order_id=order_id, exc_info=True)
            last = late[-1]

    async def expire(self, order_id: int) -> None:
        """Ends one order nobody paid; one that was paid, or ended, or has time left, stays as it is.

        Raises:
            GatewayUnavailable, GatewayRefused: WeChat.
        """
        order = (await queries.by_ids([order_id]))[0]
        if order.status is not OrderStatus.PENDING_PAYMENT or clock.now() < order.pay_by:
            return
        await self._close_payment(order)
        async with db.transaction() as tx:
            order = await queries.lock(tx, order_id)
            if order.status is OrderStatus.PENDING_PAYMENT:
                await _release(tx, MACHINE, order)
                await move(tx, MACHINE, order, OrderStatus.EXPIRED)

    async def cancel_own(self, caller: Caller, customer_id: int, order_id: int) -> Order:
        """A customer's order, cancelled by her: all she paid goes back, all that was held is on sale again.

        Raises:
            Refused: OrderNotFound: it is not hers; CancelTooLate: past the cut-off; OrderNotMovable: it is over;
                PaymentUnavailable: WeChat could not be asked to close it.
        """
        order = await _own(customer_id, order_id)
        if order.status is OrderStatus.PENDING_PAYMENT:
            await self._close_or_refuse(order)
        cutoff_at = (await slots_by_ids([order.pickup_slot_id], clock.now()))[0].cutoff_at
        async with db.transaction() as tx:
            order = await queries.lock(tx, order_id)
            if not rules.customer_may_cancel(order.status, cutoff_at, clock.now()):
                picking = order.status in {OrderStatus.PAID, OrderStatus.PICKING, OrderStatus.READY}
                raise Refused(CancelTooLate(cutoff_at) if picking else OrderNotMovable(order.status))
            await cancel(tx, caller, order, CancelReason.CUSTOMER, None)
        return (await queries.by_ids([order_id]))[0]

    async def cancel_for_shop(self, caller: Caller, order_id: int, reason: CancelReason, text: str) -> Order:
        """An order the shop cancels, at any time before it is collected: everything that is left goes back.

        Raises:
            BadInput: the text.
            Refused: OrderNotFound: none at a point this member of staff serves; OrderNotMovable, PaymentUnavailable.
            Forbidden: the caller is no member of staff.
        """
        note = check_reason(text)
        found = await queries.by_ids([order_id])
        if not found or not await serves(caller, [found[0].pickup_point_id]):
            raise Refused(OrderNotFound())
        if found[0].status is OrderStatus.PENDING_PAYMENT:
            await self._close_or_refuse(found[0])
        async with db.transaction() as tx:
            order = await queries.lock(tx, order_id)
            before = {"status": order.status}
            await cancel(tx, caller, order, reason, note)
            await audit.append(
                tx,
                caller,
                scope="pickup:serve",
                action="cancel order",
                entity="Order",
                entity_id=order.id,
                before=before,
                after={"status": order.status, "reason": reason},
            )
        return (await queries.by_ids([order_id]))[0]

    async def _close_or_refuse(self, order: Order) -> None:
        try:
            await self._close_payment(order)
        except (GatewayUnavailable, GatewayRefused) as failed:
            raise Refused(PaymentUnavailable()) from failed

    async def _close_payment(self, order: Order) -> None:
        ended = await payments.close(self._gateway, order.payment_id)
        if isinstance(ended, payments.Paid):
            await OrderOutcomes().on_charge(order.payment_id, ended.charge, EventSource.QUERY)


async def _own(customer_id: int, order_id: int) -> Order:
    found = [order for order in await queries.by_ids([order_id]) if order.customer_id == customer_id]
    if not found:
        raise Refused(OrderNotFound())
    return found[0]


async def cancel(tx: RequestConnection, caller: Caller, order: Order, reason: CancelReason, text: str | None) -> None:
    """Cancels an order, locked before, that WeChat takes no money for any more: what is left of it goes back.

    Raises:
        Refused: OrderNotMovable.
    """
    was_paid = order.paid_at is not None
    if not rules.may_become(order.status, OrderStatus.CANCELLED):
        raise Refused(OrderNotMovable(order.status))
    await _release(tx, caller, order)
    if was_paid:
        await refunds.grant_rest(tx, order, RefundReason.CANCELLATION, "cancel")
    await move(tx, caller, order, OrderStatus.CANCELLED, reason=reason, text=text)


async def _release(tx: RequestConnection, caller: Caller, order: Order) -> None:
    held = [order.hold_id, *await queries.substitutes_held(order.id)]
    await resources.lock(tx, held)
    await resources.release(tx, caller, held)
    await tx.execute(_NO_ANSWERS, order.id, clock.now())
