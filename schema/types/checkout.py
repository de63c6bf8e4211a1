"""A checkout: what is held for a customer, and the signed quote for it."""

from datetime import datetime

import strawberry

from app.orders.quotes import QuoteLine as LineValue
from app.orders.quoting import Checkout as CheckoutValue
from resolvers import checkout as resolve
from resolvers import sums
from schema.binding import field, of
from schema.types.lot import Lot
from schema.types.money import Money
from schema.types.pickup import PickupPoint, PickupSlot
from schema.types.sku import Sku


@strawberry.type(description="Units of one specification at one price, as quoted.")
@of(LineValue)
class QuoteLine:
    """Its source is app.orders.quotes.QuoteLine."""

    sku: Sku | None = field(resolve.sku, description="What it is.")
    quantity: int = field(description="How many units.")
    unit_price: Money = field(sums.unit_price, description="What one costs.")
    subtotal: Money = field(sums.subtotal, description="All units before the discount.")
    discount: Money = field(sums.discount, description="This line's share of the coupon.")
    total: Money = field(sums.total, description="What is paid for the line: for weighed goods the most it costs.")
    is_gift: bool = field(description="Whether it comes free with something else.")
    lots: list[Lot | None] = field(
        resolve.line_lots, description="The lots the units come from, first to expire first.", list_size=3
    )


@strawberry.type(
    description="Stock, slot, coupon and offers held for the customer, and what they cost: honoured to the fen."
)
@of(CheckoutValue)
class Checkout:
    """Its source is app.orders.quoting.Checkout."""

    quote: str = field(resolve.text, description="The signed quote: hand it to `placeOrder` as it is.")
    ends_at: datetime = field(resolve.ends_at, description="Until when all of it is held, by the server's clock.")
    lines: list[QuoteLine] = field(resolve.lines, description="What is offered.", list_size=20)
    subtotal: Money = field(sums.quote_subtotal, description="All lines before the discount.")
    discount: Money = field(sums.quote_discount, description="What the coupon takes off.")
    total: Money = field(sums.quote_total, description="What is to be paid.")
    pickup_point: PickupPoint | None = field(resolve.pickup_point, description="Where it is collected.")
    pickup_slot: PickupSlot | None = field(resolve.pickup_slot, description="When it is collected.")
