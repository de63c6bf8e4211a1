"""The quote of a hold while it is looked at: shown, lengthened once, given up."""

from dataclasses import dataclass, replace

from app.accounts.models import Customer
from app.accounts.queries import lock_customer
from app.holds import service as holds
from app.holds.enums import HoldOutcome
from app.holds.errors import HoldEnded
from app.kit import db
from app.kit.caller import Caller
from app.kit.errors import Refused
from app.orders import checkout, resources
from app.orders.errors import QuoteInvalid
from app.orders.quotes import Quote, Quotes


@dataclass(frozen=True, slots=True)
class Checkout:
    """A quote, and its signed text for `placing.place`."""

    quote: Quote
    text: str


async def start(
    quotes: Quotes, caller: Caller, customer_id: int, address_index: bytes, expected_total_fen: int | None
) -> Checkout:
    """A new checkout of a customer's cart, as `checkout.start`."""
    quote = await checkout.start(caller, customer_id, address_index, expected_total_fen)
    return Checkout(quote, quotes.sign(quote))


async def extend(quotes: Quotes, customer_id: int, text: str) -> Checkout:
    """The same quote with a later end; once.

    Raises:
        Refused: QuoteInvalid: it is not hers; HoldEnded, HoldAlreadyExtended, AccountClosed.
    """
    quote = quotes.read(text)
    async with db.transaction() as tx:
        await lock_customer(tx, customer_id)
        hold = await holds.by_id(quote.hold_id)
        if hold is None or hold.customer_id != customer_id:
            raise Refused(QuoteInvalid())
        if hold.ended_at is not None:
            raise Refused(HoldEnded())
        until = await holds.extend(tx, hold)
        await resources.lock(tx, [hold.id])
        await resources.keep(tx, hold.id, until)
    extended = replace(quote, ends_at=until)
    return Checkout(extended, quotes.sign(extended))


async def give_up(quotes: Quotes, caller: Caller, customer_id: int, text: str) -> Customer:
    """The customer, for whom the things of this quote are not held any more; nothing happens if they were not.

    Raises:
        Refused: QuoteInvalid: it is not hers; AccountClosed.
    """
    quote = quotes.read(text)
    if quote.customer_id != customer_id:
        raise Refused(QuoteInvalid())
    async with db.transaction() as tx:
        customer = await lock_customer(tx, customer_id)
        hold = await holds.open_of(customer_id)
        if hold is not None and hold.id == quote.hold_id:
            await resources.lock(tx, [hold.id])
            await resources.let_go(tx, caller, [hold.id], HoldOutcome.RELEASED)
    return customer
