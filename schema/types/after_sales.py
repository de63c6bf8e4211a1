"""What comes of an order after it was placed."""

import strawberry

from app.orders.again import Reordered as ReorderedValue
from app.orders.own_live import OrderNews
from resolvers import after_sales as resolve
from schema.binding import field, of
from schema.types.cart import Cart
from schema.types.order import Order, OrderLine


@strawberry.type(description="The cart after an order's lines were put into it.")
@of(ReorderedValue)
class Reordered:
    """Its source is app.orders.again.Reordered."""

    cart: Cart = field(resolve.reordered_cart, description="The customer's cart, with what stands in its way.")
    left_out: list[OrderLine] = field(
        description="Lines of the order of which the cart has fewer units than were bought: not sold now, or no room.",
        list_size=5,
    )


@strawberry.type(description="What is new about the customer's orders.")
@of(OrderNews)
class OrderUpdates:
    """Its source is a piece of news."""

    is_complete: bool = field(
        description="Whether these are all orders that are not over: forget others. False: only those that changed."
    )
    orders: list[Order] = field(
        resolve.news_orders,
        description="The orders as they are now, newest first; one that is over comes once more.",
        list_size=5,
    )
