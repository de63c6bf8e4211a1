"""What partners hear of orders, by ids only."""

from app.kit import ids
from app.kit.db import RequestConnection
from app.orders.models import Order
from app.partners import events
from app.partners.enums import PartnerEventType


async def order_paid(tx: RequestConnection, order: Order) -> None:
    """An order was paid: told once, after the commit."""
    await events.emit(tx, PartnerEventType.ORDER_PAID, _told(order))


async def order_collected(tx: RequestConnection, order: Order) -> None:
    """An order was handed over: told once, after the commit."""
    await events.emit(tx, PartnerEventType.ORDER_COLLECTED, _told(order))


def _told(order: Order) -> dict[str, str]:
    return {"order": ids.encode("Order", order.id), "pickupPoint": ids.encode("PickupPoint", order.pickup_point_id)}
