"""What changes of an order while its customer, or the clerks of its point, watch."""

from app.kit.db import RequestConnection
from app.kit.fanout import announce
from app.orders.models import Order


def customer_topic(customer_id: int) -> str:
    """Where changes of a customer's orders are announced."""
    return f"orders.customer:{customer_id}"


def point_topic(point_id: int) -> str:
    """Where changes of the orders of a pickup point are announced."""
    return f"orders.point:{point_id}"


def order_changed(tx: RequestConnection, order: Order) -> None:
    """Tells whoever watches, once the transaction commits. Whoever writes to an order calls it.

    Raises:
        NoTransactionError: outside a transaction.
    """
    announce(tx, customer_topic(order.customer_id), {"order": order.id})
    announce(tx, point_topic(order.pickup_point_id), {"order": order.id})
