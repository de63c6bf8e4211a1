"""Fields of orders, and what the customer who bought does with them."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry
from strawberry import ID, Parent

from app.accounts.models import Customer
from app.accounts.rules import customer_of
from app.catalog.models import Sku
from app.kit import ids
from app.kit.paging import Page
from app.orders import queries
from app.orders import substitutions as service
from app.orders.enums import OrderStatus
from app.orders.models import Order, OrderEvent, OrderLine, OrderLineLot, OrderRefund, Substitution
from app.payments.gateway import PayParameters
from app.pickup.models import PickupPoint, PickupSlot
from app.traceability.models import Lot
from resolvers.arguments import After
from resolvers.info import Info

First = Annotated[int, strawberry.argument(description="How many orders, 1 to 50.")]
Statuses = Annotated[list[OrderStatus] | None, strawberry.argument(description="Only those in these; null: all.")]
OneOrder = Annotated[ID, strawberry.argument(description="The order's id.")]


def order(info: Info, id: OneOrder) -> Awaitable[Order | None]:  # noqa: A002 - schema name
    """The customer's own order."""
    return info.context.loaders.own_orders.load(ids.decode(id, "Order"))


def orders(
    parent: Parent[Customer], statuses: Statuses = None, first: First = 20, after: After = None
) -> Awaitable[Page[Order]]:
    """A page of her orders."""
    wanted = None if statuses is None else [status.value for status in statuses]
    return queries.page(parent.id, wanted, first=first, after=after)


def lines(parent: Parent[Order], info: Info) -> Awaitable[list[OrderLine]]:
    """What was bought."""
    return info.context.loaders.order_lines.load(parent.id)


def events(parent: Parent[Order], info: Info) -> Awaitable[list[OrderEvent]]:
    """What happened to it."""
    return info.context.loaders.order_events.load(parent.id)


def refunds(parent: Parent[Order], info: Info) -> Awaitable[list[OrderRefund]]:
    """What goes back."""
    return info.context.loaders.order_refunds.load(parent.id)


def pickup_point(parent: Parent[Order], info: Info) -> Awaitable[PickupPoint | None]:
    """Where it is collected."""
    return info.context.loaders.points.load(parent.pickup_point_id)


def pickup_slot(parent: Parent[Order], info: Info) -> Awaitable[PickupSlot | None]:
    """When it is collected."""
    return info.context.loaders.slots.load(parent.pickup_slot_id)


def sku(parent: Parent[OrderLine], info: Info) -> Awaitable[Sku | None]:
    """What it is a line of, while that is sold."""
    return info.context.loaders.skus.load(parent.sku_id)


def line_lots(parent: Parent[OrderLine], info: Info) -> Awaitable[list[OrderLineLot]]:
    """Where its units come from."""
    return info.context.loaders.order_line_lots.load(parent.id)


def lot(parent: Parent[OrderLineLot], info: Info) -> Awaitable[Lot | None]:
    """The lot."""
    return info.context.loaders.lots.load(parent.lot_id)


def substitutions(parent: Parent[OrderLine], info: Info) -> Awaitable[list[Substitution]]:
    """What was offered instead of units of it."""
    return info.context.loaders.substitutions.load(parent.id)


def substitute(parent: Parent[Substitution], info: Info) -> Awaitable[Sku | None]:
    """What is offered, while that is sold."""
    return info.context.loaders.skus.load(parent.sku_id)


def answer_substitution(info: Info, substitution_id: ID, *, accepts: bool) -> Awaitable[Order]:
    """The order with or without the substitute."""
    caller = info.context.caller
    return service.answer(caller, customer_of(caller), ids.decode(substitution_id, "Substitution"), accepts=accepts)


def pay(info: Info, order_id: ID) -> Awaitable[PayParameters]:
    """What the customer's phone pays with."""
    customer_id = customer_of(info.context.caller)
    return info.context.till.paying.prepare(customer_id, ids.decode(order_id, "Order"))


def check_payment(info: Info, order_id: ID) -> Awaitable[Order]:
    """The order, after WeChat was asked."""
    customer_id = customer_of(info.context.caller)
    return info.context.till.paying.check(customer_id, ids.decode(order_id, "Order"))


def cancel(info: Info, order_id: ID) -> Awaitable[Order]:
    """The order, cancelled by the customer."""
    caller = info.context.caller
    return info.context.till.ending.cancel_own(caller, customer_of(caller), ids.decode(order_id, "Order"))
