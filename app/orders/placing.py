"""A quote becomes an order: what was held is the order's, and the customer has the rest of the hold's time to pay."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from app.accounts.queries import lock_customer
from app.carts import buying
from app.carts.assembling import Wanted
from app.coupons import holds as coupons
from app.holds import service as holds
from app.holds.enums import HoldOutcome
from app.holds.errors import HoldEnded
from app.kit import clock, db, idempotency
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.idempotency import Reference
from app.orders import checkout, queries, resources, rules
from app.orders.errors import QuoteChanged, QuoteInvalid, ReturnExceptionUnconfirmed
from app.orders.live import order_changed
from app.orders.models import Order
from app.orders.quotes import Quote, Quotes
from app.payments import service as payments

LEAST_TO_PAY = timedelta(minutes=2)  # WeChat takes no order that ends within a minute
DESCRIPTION = "优购生鲜 {units} 件"

_PLACE = """INSERT INTO customer_order (number, customer_id, pickup_point_id, pickup_slot_id, hold_id, payment_id,
  coupon_code_id, status, subtotal_fen, discount_fen, total_fen, placed_at, pay_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'PENDING_PAYMENT', $8, $9, $10, $11, $12) RETURNING id"""
_LINES = """INSERT INTO order_line (order_id, position, sku_id, offer_id, name, spec, quantity, unit_price_fen,
  subtotal_fen, discount_fen, total_fen, is_gift, return_policy, exception_confirmed, min_days_left,
  nominal_grams)
SELECT $1, w.position, k.id, w.offer_id, p.name, k.spec, w.quantity, w.unit_price_fen, w.subtotal_fen, w.discount_fen,
  w.subtotal_fen - w.discount_fen, w.is_gift, p.return_policy, $9 AND p.return_policy = 'CONFIRMED_EXCEPTION',
  p.min_days_left,  CASE WHEN k.is_catch_weight THEN k.net_grams * w.quantity END
FROM unnest($2::bigint[], $3::bigint[], $4::int[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bool[])
  WITH ORDINALITY AS w(sku_id, offer_id, quantity, unit_price_fen, subtotal_fen, discount_fen, is_gift, position)
JOIN sku k ON k.id = w.sku_id JOIN product p ON p.id = k.product_id"""
_LOTS = """INSERT INTO order_line_lot (order_line_id, stock_hold_id, lot_id, quantity)
SELECT l.id, h.id, w.lot_id, w.units FROM unnest($2::smallint[], $3::bigint[], $4::int[]) AS w(position, lot_id, units)
JOIN order_line l ON l.order_id = $1 AND l.position = w.position
JOIN customer_order o ON o.id = l.order_id
JOIN stock_lot s ON s.lot_id = w.lot_id AND s.sku_id = l.sku_id AND s.pickup_point_id = o.pickup_point_id
JOIN stock_hold h ON h.hold_id = o.hold_id AND h.stock_lot_id = s.id AND h.ended_at IS NULL"""
_EXCEPTIONS = """SELECT 1 FROM sku k JOIN product p ON p.id = k.product_id
WHERE k.id = ANY($1) AND p.return_policy = 'CONFIRMED_EXCEPTION' LIMIT 1"""
_BEGAN = "INSERT INTO order_event (order_id, status, caller, happened_at) VALUES ($1, 'PENDING_PAYMENT', $2, $3)"


class Buyer(NamedTuple):
    """Who buys: as whom, as which customer, and from which network address (blind)."""

    caller: Caller
    customer_id: int
    address_index: bytes


class Asked(NamedTuple):
    """A signed quote, and whether the customer confirmed what cannot be returned without a reason."""

    quote: str
    confirms_exceptions: bool


async def place(quotes: Quotes, buyer: Buyer, asked: Asked, idempotency_key: str) -> Order:
    """The order of a quote, exactly as quoted to the fen; the same key gives the same order again.

    While the hold lasts nothing is looked up anew. After it everything is taken again if it can be, and the order
    stands if that costs the same.

    Raises:
        Refused: QuoteInvalid: forged, another customer's, or placed already; QuoteChanged: it is over and costs
            something else now; ReturnExceptionUnconfirmed; what `checkout.start` raises; IdempotencyKeyReused,
            AccountClosed. Nothing is placed.
    """
    offered = quotes.read(asked.quote)
    if offered.customer_id != buyer.customer_id:
        raise Refused(QuoteInvalid())
    async with db.transaction() as tx:
        await lock_customer(tx, buyer.customer_id)

        async def act() -> Reference:
            held, until = await _held(tx, buyer, offered)
            return Reference("Order", await _write(tx, buyer.caller, held, until, asked.confirms_exceptions))

        reference = await idempotency.once(
            tx, caller=buyer.caller, operation="placeOrder", key=idempotency_key, input=asked, act=act
        )
    return (await queries.by_ids([reference.key]))[0]


async def _held(tx: RequestConnection, buyer: Buyer, offered: Quote) -> tuple[Quote, datetime]:
    """The quote with a hold whose lines have no end of their own any more, and until when it is to be paid."""
    now = clock.now()
    hold = await holds.by_id(offered.hold_id)
    if hold is None or hold.customer_id != offered.customer_id or hold.outcome is HoldOutcome.PLACED:
        raise Refused(QuoteInvalid())
    if hold.ended_at is None and hold.expires_at > now:
        await resources.lock(tx, [hold.id])
        if await resources.keep(tx, hold.id, None) != _kept(offered):
            raise Refused(HoldEnded())  # its time was over between the two looks
        return offered, max(hold.expires_at, now + LEAST_TO_PAY)
    purchase = await buying.of_wanted(_wanted(offered), now)
    renewed = await checkout.begin(tx, buyer.caller, buyer.customer_id, buyer.address_index, purchase)
    if not rules.costs_the_same(offered, renewed):
        raise Refused(QuoteChanged(offered.total_fen, renewed.total_fen))
    await resources.keep(tx, renewed.hold_id, None)
    return renewed, renewed.ends_at


def _wanted(quote: Quote) -> Wanted:
    """What a quote was for, to be bought anew; gifts come by themselves."""
    units: Counter[int] = Counter()
    for line in quote.lines:
        if not line.is_gift:
            units[line.sku_id] += line.quantity
    return Wanted(quote.customer_id, units, quote.pickup_point_id, quote.pickup_slot_id, quote.coupon_code_id)


def _kept(quote: Quote) -> tuple[int, int, int]:
    """What a hold of this quote keeps while all of it is there: lines of stock, places, codes."""
    lots = {(line.sku_id, lot_id) for line in quote.lines for lot_id, _ in line.lots}
    return len(lots), 1, 0 if quote.coupon_code_id is None else 1


async def _write(
    tx: RequestConnection,
    caller: Caller,
    quote: Quote,
    until: datetime,
    confirms_exceptions: bool,  # noqa: FBT001 - as asked
) -> int:
    now = clock.now()
    has_exceptions = bool(await tx.fetch(_EXCEPTIONS, [line.sku_id for line in quote.lines]))
    if has_exceptions and not confirms_exceptions:
        raise Refused(ReturnExceptionUnconfirmed())
    units = sum(line.quantity for line in quote.lines)
    payment = await payments.open(
        tx,
        customer_id=quote.customer_id,
        amount_fen=quote.total_fen,
        description=DESCRIPTION.format(units=units),
        expires_at=until,
    )
    number = rules.order_number(clock.business_day(now))
    placed = await tx.fetch(
        _PLACE,
        number,
        quote.customer_id,
        quote.pickup_point_id,
        quote.pickup_slot_id,
        quote.hold_id,
        payment.id,
        quote.coupon_code_id,
        quote.subtotal_fen,
        quote.discount_fen,
        quote.total_fen,
        now,
        until,
    )
    order_id = int(placed[0]["id"])
    await _write_lines(tx, order_id, quote, confirms_exceptions)
    await tx.execute(_BEGAN, order_id, str(caller), now)
    await coupons.redeem(tx, quote.hold_id, quote.discount_fen)
    await holds.pay_until(tx, quote.hold_id, until)
    await buying.bought(tx, quote.customer_id, _wanted(quote).quantities)
    order_changed(tx, (await queries.by_ids([order_id]))[0])
    return order_id


async def _write_lines(tx: RequestConnection, order_id: int, quote: Quote, confirms_exceptions: bool) -> None:  # noqa: FBT001 - as above
    columns = zip(
        *(
            (
                line.sku_id,
                line.offer_id,
                line.quantity,
                line.unit_price_fen,
                line.subtotal_fen,
                line.discount_fen,
                line.is_gift,
            )
            for line in quote.lines
        ),
        strict=True,
    )
    await tx.execute(_LINES, order_id, *map(list, columns), confirms_exceptions)
    lots: Sequence[tuple[int, int, int]] = [
        (position, lot_id, units) for position, line in enumerate(quote.lines, start=1) for lot_id, units in line.lots
    ]
    await tx.execute(_LOTS, order_id, *map(list, zip(*lots, strict=True)))
