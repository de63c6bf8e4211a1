"""What a customer does with an order after it was placed, and what she watches of it."""

from collections.abc import AsyncGenerator, Awaitable

from strawberry import ID, Parent

from app.accounts.models import Customer
from app.accounts.rules import customer_of
from app.carts.queries import CartView
from app.kit import ids
from app.orders import again, changing, own_live, queries
from app.orders.again import Reordered
from app.orders.errors import LotsTooOld
from app.orders.messages import service as messages
from app.orders.messages.enums import MessageTemplate
from app.orders.messages.models import MessageGrant
from app.orders.models import Order
from app.orders.own_live import OrderNews
from resolvers.info import Info


def change_slot(info: Info, order_id: ID, pickup_slot_id: ID) -> Awaitable[Order]:
    """The order, to be collected in another slot."""
    caller, slot = info.context.caller, ids.decode(pickup_slot_id, "PickupSlot")
    return changing.change_slot(caller, customer_of(caller), ids.decode(order_id, "Order"), slot)


def lines_too_old(parent: Parent[LotsTooOld]) -> list[str]:
    """Which lines, by their ids."""
    return [ids.encode("OrderLine", line_id) for line_id in parent.line_ids]


def reorder(info: Info, order_id: ID, idempotency_key: str) -> Awaitable[Reordered]:
    """The cart with the order's lines."""
    caller = info.context.caller
    return again.reorder(caller, customer_of(caller), ids.decode(order_id, "Order"), idempotency_key)


def reordered_cart(parent: Parent[Reordered]) -> CartView:
    """The cart."""
    return parent.cart


def order_news(info: Info) -> AsyncGenerator[OrderNews, None]:
    """The customer's orders that are not over, then those that change."""
    return own_live.news(info.context.subscribing().fanout, customer_of(info.context.caller))


async def news_orders(parent: Parent[OrderNews]) -> list[Order]:
    """The orders as they are now, newest first."""
    if parent.order_ids is None:
        return await queries.live(parent.customer_id)
    found = await queries.own(list(parent.order_ids), customer_id=parent.customer_id)
    return sorted(found, key=lambda order: (order.placed_at, order.id), reverse=True)


def message_grants(parent: Parent[Customer]) -> Awaitable[list[MessageGrant]]:
    """What she lets the shop send."""
    return messages.grants_of(parent.id)


def record_message_grant(info: Info, templates: list[MessageTemplate], idempotency_key: str) -> Awaitable[Customer]:
    """The customer with her grants."""
    caller = info.context.caller
    return messages.record_grants(caller, customer_of(caller), idempotency_key=idempotency_key, templates=templates)
