"""Paying an order: what the customer's phone needs, and asking WeChat when no notification came."""

from app.accounts.errors import AccountClosed
from app.kit import clock
from app.kit.errors import Refused
from app.kit.vault import Vault
from app.orders import queries
from app.orders.enums import OrderStatus
from app.orders.errors import OrderNotFound, OrderNotPayable, PaymentUnavailable
from app.orders.models import Order
from app.orders.outcomes import OrderOutcomes
from app.payments import service as payments
from app.payments.enums import EventSource
from app.payments.errors import GatewayRefused, GatewayUnavailable, NoPayer, PaymentOver
from app.payments.gateway import Gateway, PayParameters


class Paying:
    """What talks to the gateway about payments of orders."""

    def __init__(self, gateway: Gateway, vault: Vault) -> None:
        self._gateway = gateway
        self._vault = vault

    async def prepare(self, customer_id: int, order_id: int) -> PayParameters:
        """What `wx.requestPayment` takes for a customer's own order; asked again, it is the same payment.

        Raises:
            Refused: OrderNotFound, OrderNotPayable, AccountClosed: WeChat's name for her is gone; PaymentUnavailable.
        """
        order = await self._own(customer_id, order_id)
        if order.status is not OrderStatus.PENDING_PAYMENT or clock.now() >= order.pay_by:
            raise Refused(OrderNotPayable(order.status))
        try:
            return await payments.prepare(self._gateway, self._vault, order.payment_id)
        except PaymentOver as over:
            raise Refused(OrderNotPayable(order.status)) from over
        except NoPayer as nobody:
            raise Refused(AccountClosed()) from nobody
        except (GatewayUnavailable, GatewayRefused) as failed:
            raise Refused(PaymentUnavailable()) from failed

    async def check(self, customer_id: int, order_id: int) -> Order:
        """A customer's own order, after WeChat was asked whether it is paid: for when she is back from the cashier.

        Raises:
            Refused: OrderNotFound, PaymentUnavailable.
        """
        order = await self._own(customer_id, order_id)
        if order.status is OrderStatus.PENDING_PAYMENT:
            try:
                await self._look_up(order.payment_id)
            except (GatewayUnavailable, GatewayRefused) as failed:
                raise Refused(PaymentUnavailable()) from failed
        return (await queries.by_ids([order_id]))[0]

    async def _look_up(self, payment_id: int) -> None:
        trade = await payments.look_up(self._gateway, payment_id)
        if trade is not None and trade.charge is not None:
            await OrderOutcomes().on_charge(payment_id, trade.charge, EventSource.QUERY)

    async def _own(self, customer_id: int, order_id: int) -> Order:
        found = [order for order in await queries.by_ids([order_id]) if order.customer_id == customer_id]
        if not found:
            raise Refused(OrderNotFound())
        return found[0]
