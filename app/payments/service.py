"""Payments as orders use them: opened, prepared for the phone, looked up, closed; the ledger writes the rest.

`app.payments.ledger` holds what works inside a transaction on money that moved; it is offered here too.
"""

from dataclasses import dataclass
from datetime import datetime

from app.kit import clock, db
from app.kit.db import RequestConnection
from app.kit.vault import Vault
from app.payments import ledger, payer, queries, rules
from app.payments.enums import EventKind, EventOutcome, EventSource, PaymentState
from app.payments.errors import AlreadyPaid, GatewayUnavailable, OrderClosed, PaymentOver
from app.payments.gateway import Charge, Gateway, NewOrder, PayParameters, Trade
from app.payments.ledger import give_back, grant_refund, record_charge, record_refund
from app.payments.models import Payment

__all__ = (
    "Closed",
    "Paid",
    "close",
    "give_back",
    "grant_refund",
    "look_up",
    "open",
    "prepare",
    "record_charge",
    "record_refund",
)

# the number is made of the row's own id: unique, and of its day
OPEN = """
WITH made AS (SELECT nextval(pg_get_serial_sequence('payment', 'id')) AS id)
INSERT INTO payment (id, customer_id, out_trade_no, amount_fen, description, expires_at, created_at)
SELECT id, $1, 'YG' || $2 || lpad(id::text, 12, '0'), $3, $4, $5, $6 FROM made RETURNING id
"""
ASKED = "UPDATE payment SET asked_at = coalesce(asked_at, $2) WHERE id = $1"
# the same prepay id does not hold for longer because it was told again
PREPARED = """
UPDATE payment SET prepay_id = $2::varchar,
  prepay_until = CASE WHEN prepay_id = $2::varchar THEN prepay_until ELSE $3 END
WHERE id = $1 AND closing_at IS NULL
"""
CLOSING = "UPDATE payment SET closing_at = coalesce(closing_at, $2) WHERE id = $1"
CLOSED = "UPDATE payment SET closed_at = $2 WHERE id = $1 AND paid_at IS NULL AND closed_at IS NULL"


@dataclass(frozen=True, slots=True)
class Closed:
    """Nothing was paid, and nothing can be any more."""


@dataclass(frozen=True, slots=True)
class Paid:
    """The customer was faster: `record_charge` this instead of releasing what she paid for."""

    charge: Charge


async def open(  # noqa: A001 - read as payments.open
    tx: RequestConnection, *, customer_id: int, amount_fen: int, description: str, expires_at: datetime
) -> Payment:
    """A payment of `amount_fen` (at least 1) that ends at `expires_at`, in the transaction that places the order.

    `description` is what the customer reads in WeChat, up to 120 characters.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    now = clock.now()
    day = f"{clock.business_day(now):%Y%m%d}"
    made = await tx.fetch(OPEN, customer_id, day, amount_fen, description, expires_at, now)
    return await queries.payment(made[0]["id"])


async def prepare(gateway: Gateway, vault: Vault, payment_id: int) -> PayParameters:
    """What the customer's phone pays with. Outside transactions; repeated, it is the same order at WeChat.

    WeChat's order is made at the first call and again when its prepay id nears its end (two hours). The openid is
    unsealed by `vault` for that call only.

    Raises:
        PaymentOver: it is paid, closed, being closed, or its time is over.
        NoPayer: the customer closed her account.
        GatewayUnavailable, GatewayRefused: WeChat.
        PaymentUnknown: there is none.
    """
    payment = await queries.payment(payment_id)
    now = clock.now()
    _require_open(payment, now)
    if payment.prepay_id and payment.prepay_until and payment.prepay_until > now + rules.PREPAY_MARGIN:
        return gateway.parameters(payment.prepay_id)
    openid = await payer.openid_of(vault, payment.customer_id)
    async with db.transaction() as tx:
        _require_open(await queries.lock(tx, payment_id), now)
        await _asked(tx, payment)
    await db.current().rest()
    order = NewOrder(payment.out_trade_no, payment.description, payment.amount_fen, payment.expires_at, openid)
    try:
        prepay_id = await gateway.create(order)
    except AlreadyPaid:
        raise PaymentOver(PaymentState.PAID) from None
    except OrderClosed:
        raise PaymentOver(PaymentState.CLOSED) from None
    if await db.current().execute(PREPARED, payment_id, prepay_id, now + rules.PREPAY_HOLDS) != "UPDATE 1":
        await gateway.close(payment.out_trade_no)  # somebody closes it meanwhile, and may have been too early
        raise PaymentOver(PaymentState.CLOSED)
    return gateway.parameters(prepay_id)


async def look_up(gateway: Gateway, payment_id: int) -> Trade | None:
    """What WeChat says of a payment, for when no notification came; None when it never heard of it.

    A `charge` in the answer is to be recorded. Outside transactions.

    Raises:
        GatewayUnavailable, GatewayRefused: WeChat.
        PaymentUnknown: there is none.
    """
    payment = await queries.payment(payment_id)
    await db.current().rest()
    return await gateway.query(payment.out_trade_no)


async def close(gateway: Gateway, payment_id: int) -> Closed | Paid:
    """Ends a payment before what it paid for is released; repeated, the same answer. Outside transactions.

    First nobody here can prepare it any more, then WeChat closes it, then it is closed here. Money that arrives
    nevertheless is PAID_AFTER_CLOSE.

    Raises:
        GatewayUnavailable, GatewayRefused: WeChat; it may be closed or not, so call again.
        PaymentUnknown: there is none.
    """
    async with db.transaction() as tx:
        payment = await queries.lock(tx, payment_id)
        await tx.execute(CLOSING, payment_id, clock.now())
    if payment.closed_at is not None:
        return Closed()
    if (charge := await queries.charge_of(payment)) is not None:
        return Paid(charge)
    if payment.asked_at is not None:
        await db.current().rest()
        try:
            await gateway.close(payment.out_trade_no)
        except AlreadyPaid:
            return await _paid(gateway, payment)
    async with db.transaction() as tx:
        payment = await queries.lock(tx, payment_id)
        if await tx.execute(CLOSED, payment_id, clock.now()) == "UPDATE 1":
            await ledger.append(tx, payment_id, EventKind.CLOSE, EventOutcome.SUCCESS, EventSource.REQUEST)
    charge = await queries.charge_of(payment)
    return Closed() if charge is None else Paid(charge)


async def _paid(gateway: Gateway, payment: Payment) -> Paid:
    trade = await gateway.query(payment.out_trade_no)
    if trade is None or trade.charge is None:
        raise GatewayUnavailable("WeChat says the order was paid, and knows of no money")
    return Paid(trade.charge)


def _require_open(payment: Payment, now: datetime) -> None:
    if payment.state is not PaymentState.OPEN:
        raise PaymentOver(payment.state)
    if payment.closing_at is not None or payment.expires_at <= now:
        raise PaymentOver(PaymentState.OPEN)


async def _asked(tx: RequestConnection, payment: Payment) -> None:
    """From here on WeChat may know the number, so that closing has to ask it."""
    await tx.execute(ASKED, payment.id, clock.now())
    await ledger.append(
        tx,
        payment.id,
        EventKind.CHARGE,
        EventOutcome.REQUEST,
        EventSource.REQUEST,
        amount_fen=payment.amount_fen,
    )
