"""Fields of a checkout, and the writes from it to the order."""

from collections.abc import Awaitable, Sequence
from datetime import datetime

from strawberry import Parent

from app.accounts.models import Customer
from app.accounts.rules import customer_of
from app.catalog.models import Sku
from app.orders import placing, quoting
from app.orders.models import Order
from app.orders.placing import Asked, Buyer
from app.orders.quotes import QuoteLine
from app.orders.quoting import Checkout
from app.pickup.models import PickupPoint, PickupSlot
from app.traceability.models import Lot
from resolvers.info import Info


def text(parent: Parent[Checkout]) -> str:
    """The signed quote."""
    return parent.text


def ends_at(parent: Parent[Checkout]) -> datetime:
    """Until when everything is held."""
    return parent.quote.ends_at


def lines(parent: Parent[Checkout]) -> Sequence[QuoteLine]:
    """What is offered."""
    return parent.quote.lines


def pickup_point(parent: Parent[Checkout], info: Info) -> Awaitable[PickupPoint | None]:
    """Where it is collected."""
    return info.context.loaders.points.load(parent.quote.pickup_point_id)


def pickup_slot(parent: Parent[Checkout], info: Info) -> Awaitable[PickupSlot | None]:
    """When it is collected."""
    return info.context.loaders.slots.load(parent.quote.pickup_slot_id)


def sku(parent: Parent[QuoteLine], info: Info) -> Awaitable[Sku | None]:
    """What it is a line of."""
    return info.context.loaders.skus.load(parent.sku_id)


def line_lots(parent: Parent[QuoteLine], info: Info) -> Awaitable[Sequence[Lot | None]]:
    """The lots its units come from."""
    return info.context.loaders.lots.load_many([lot_id for lot_id, _ in parent.lots])


def start(info: Info, expected_total_fen: int | None) -> Awaitable[Checkout]:
    """A new checkout."""
    till, caller = info.context.till, info.context.caller
    address = till.address_index(info.context.address)
    return quoting.start(till.quotes, caller, customer_of(caller), address, expected_total_fen)


def extend(info: Info, quote: str) -> Awaitable[Checkout]:
    """The checkout with a later end."""
    return quoting.extend(info.context.till.quotes, customer_of(info.context.caller), quote)


def give_up(info: Info, quote: str) -> Awaitable[Customer]:
    """The customer, for whom nothing of it is held any more."""
    caller = info.context.caller
    return quoting.give_up(info.context.till.quotes, caller, customer_of(caller), quote)


def place(info: Info, quote: str, idempotency_key: str, *, confirms_return_exceptions: bool) -> Awaitable[Order]:
    """The order of a quote."""
    till, caller = info.context.till, info.context.caller
    buyer = Buyer(caller, customer_of(caller), till.address_index(info.context.address))
    asked = Asked(quote, confirms_return_exceptions)
    return placing.place(till.quotes, buyer, asked, idempotency_key)
