"""A customer asks for an invoice of an order she collected."""

from typing import NamedTuple

from app.invoices import queries, rules
from app.invoices.enums import InvoiceKind, InvoiceState
from app.invoices.errors import InvoiceExists, NothingToInvoice
from app.invoices.models import Invoice
from app.kit import clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.free_text import written
from app.kit.idempotency import Reference, once
from app.kit.vault import Vault
from app.orders import queries as orders
from app.orders.enums import OrderStatus
from app.orders.errors import OrderNotFound, OrderNotMovable
from app.orders.models import Order
from app.orders.moves import note

TITLE, EMAIL = "invoice.buyer_title", "invoice.buyer_email"  # the places of what is sealed
CLOSED = "账户已注销"

_ASK = """INSERT INTO invoice (order_id, customer_id, pickup_point_id, kind, state, amount_fen, buyer_title_sealed,
  buyer_email_sealed, buyer_tax_number, requested_at)
VALUES ($1, $2, $3, $4, 'REQUESTED', $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING id"""
_LIVE = "SELECT state FROM invoice WHERE order_id = $1 AND state <> 'REJECTED'"
_END = """UPDATE invoice SET state = 'REJECTED', rejection_reason = $2, decided_at = $3
WHERE customer_id = $1 AND state = 'REQUESTED'"""


class Wanted(NamedTuple):
    """What is to stand on the invoice, and where it is sent."""

    order_id: int
    kind: InvoiceKind
    title: str
    tax_number: str | None
    email: str


async def request(vault: Vault, caller: Caller, customer_id: int, *, idempotency_key: str, wanted: Wanted) -> Invoice:
    """The invoice, asked for: of what was paid and has not gone back. The same key gives the same one again.

    Raises:
        BadInvoice, BadText, CardNumber: what was sent.
        Refused: TaxNumberWrong; OrderNotFound: it is not hers; OrderNotMovable: it is not collected, so that what is
            paid may change; InvoiceExists, NothingToInvoice, IdempotencyKeyReused.
    """
    title = written(wanted.title, "title", rules.MOST_TITLE, lines=False)
    email, tax_number = rules.check_email(wanted.email), rules.check_tax_number(wanted.kind, wanted.tax_number)
    plain = wanted._replace(title=title, email=email, tax_number=tax_number)
    async with db.transaction() as tx:

        async def act() -> Reference:
            order = await orders.lock(tx, plain.order_id)
            if order.customer_id != customer_id:
                raise Refused(OrderNotFound())
            if order.status is not OrderStatus.COLLECTED:
                raise Refused(OrderNotMovable(order.status))
            invoice_id = await _write(tx, vault, order, plain)
            await note(tx, caller, order, "申请发票")
            return Reference("Invoice", invoice_id)

        reference = await once(tx, caller=caller, operation="requestInvoice", key=idempotency_key, input=plain, act=act)
    return (await queries.by_ids([reference.key]))[0]


async def end_open(tx: RequestConnection, customer_id: int) -> None:
    """Rejects what a customer asked for whose account is closed: nobody could be named on it any more.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    await tx.execute(_END, customer_id, CLOSED, clock.now())


def amount_of(order: Order) -> int:
    """What the shop keeps of an order, in fen: what an invoice is of."""
    kept: int = order.total_fen - order.refund_granted_fen
    return kept


async def _write(tx: RequestConnection, vault: Vault, order: Order, wanted: Wanted) -> int:
    if amount_of(order) == 0:
        raise Refused(NothingToInvoice())
    subject = f"customer:{order.customer_id}"
    title = await vault.seal(tx, subject, TITLE, wanted.title)
    email = await vault.seal(tx, subject, EMAIL, wanted.email)
    facts = (order.id, order.customer_id, order.pickup_point_id, wanted.kind.value, amount_of(order))
    made = await tx.fetch(_ASK, *facts, title, email, wanted.tax_number, clock.now())
    if not made:
        raise Refused(InvoiceExists(InvoiceState((await tx.fetch(_LIVE, order.id))[0]["state"])))
    return int(made[0]["id"])
