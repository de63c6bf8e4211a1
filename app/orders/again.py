"""Buying again what was bought before: the order's lines go into the customer's cart."""

from collections import Counter
from dataclasses import dataclass

from app.carts import queries as carts
from app.carts import service
from app.carts.queries import CartView
from app.carts.service import Adding
from app.kit import clock, db, idempotency
from app.kit.caller import Caller
from app.kit.errors import Refused
from app.kit.idempotency import Reference
from app.orders import queries
from app.orders.errors import OrderNotFound
from app.orders.models import OrderLine


@dataclass(frozen=True, slots=True)
class Reordered:
    """The cart with its problems, and the lines of the order of which it has fewer units than were bought."""

    cart: CartView
    left_out: list[OrderLine]


async def reorder(caller: Caller, customer_id: int, order_id: int, idempotency_key: str) -> Reordered:
    """The customer's cart with as much of an order of hers as is sold and fits; the same key adds it once.

    Gifts are left out: the cart earns its own. What cannot be had now is a problem of the cart, or is left out.

    Raises:
        Refused: OrderNotFound: it is not hers; AccountClosed, IdempotencyKeyReused.
    """
    if not await queries.own([order_id], customer_id=customer_id):
        raise Refused(OrderNotFound())
    lines = [line for line in await queries.lines_by_order([order_id]) if not line.is_gift]
    units: Counter[int] = Counter()
    for line in lines:
        units[line.sku_id] += line.quantity
    async with db.transaction() as tx:
        cart_id = await service.cart_of(tx, customer_id)

        async def act() -> Reference:
            await service.add_many(tx, customer_id, cart_id, [Adding(sku, count) for sku, count in units.items()])
            return Reference("Cart", cart_id)

        await idempotency.once(tx, caller=caller, operation="reorder", key=idempotency_key, input=order_id, act=act)
    view = await carts.of_customer(customer_id, clock.now())
    if view is None:
        raise RuntimeError("the cart was made above")
    there = view.assembled.wanted.quantities
    return Reordered(view, [line for line in lines if there.get(line.sku_id, 0) < units[line.sku_id]])
