"""Staff read whom an invoice is for, and say what became of it."""

from dataclasses import dataclass

import asyncpg

from app.accounts.rules import staff_of
from app.files import service as files
from app.files.enums import FileKind
from app.invoices import queries, rules
from app.invoices.enums import InvoiceState
from app.invoices.errors import BadInvoice, InvoiceAmountChanged, InvoiceDecided, InvoiceNotFound
from app.invoices.models import Invoice
from app.invoices.service import EMAIL, TITLE, amount_of
from app.kit import audit, clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.free_text import written
from app.kit.vault import Vault
from app.orders import queries as orders
from app.orders.moves import note
from app.pickup.staff import serves

SCOPE = "orders:service"

_ISSUE = """UPDATE invoice SET state = 'ISSUED', number = $2, file_id = $3, amount_fen = $4, decided_at = $5,
  decided_by_id = $6 WHERE id = $1 AND state = 'REQUESTED' RETURNING id"""
_REJECT = """UPDATE invoice SET state = 'REJECTED', rejection_reason = $2, decided_at = $3, decided_by_id = $4
WHERE id = $1 AND state = 'REQUESTED' RETURNING id"""


@dataclass(frozen=True, slots=True)
class Buyer:
    """What stands on an invoice that was asked for, and where it is sent."""

    invoice: Invoice
    title: str
    email: str
    tax_number: str | None


async def read_buyer(vault: Vault, caller: Caller, invoice_id: int) -> Buyer:
    """Whom an invoice is for, in the clear; that she read it is written down.

    Raises:
        Refused: InvoiceNotFound: none at a point this member of staff serves; InvoiceDecided: nobody needs it now.
        Forbidden: the caller is no member of staff.
    """
    invoice = await _served(caller, invoice_id)
    title, email = invoice.buyer_title_sealed, invoice.buyer_email_sealed
    if invoice.state is not InvoiceState.REQUESTED or title is None or email is None:
        raise Refused(InvoiceDecided(invoice.state))
    async with db.transaction() as tx:
        await _audit(tx, caller, invoice_id, "read buyer", {"read": True})
        subject = f"customer:{invoice.customer_id}"
        clear_title = await vault.unseal(tx, subject, TITLE, title)
        clear_email = await vault.unseal(tx, subject, EMAIL, email)
    return Buyer(invoice, clear_title, clear_email, invoice.buyer_tax_number)


async def record(caller: Caller, invoice_id: int, *, number: str, upload_id: int, amount_fen: int) -> Invoice:
    """The invoice, issued: its number and its file (PDF), of `amount_fen`. The same again changes nothing.

    Raises:
        BadInvoice: the number, or one that another invoice has.
        Refused: InvoiceNotFound, InvoiceDecided; InvoiceAmountChanged: the order has kept another amount;
            UploadNotFound, UploadAlreadyUsed, UploadOfWrongKind.
        Forbidden: the caller is no member of staff.
    """
    rules.check_number(number)
    staff_id, invoice = staff_of(caller), await _served(caller, invoice_id)
    if (invoice.state, invoice.number, invoice.file_id) == (InvoiceState.ISSUED, number, upload_id):
        return invoice
    async with db.transaction() as tx:
        order = await orders.lock(tx, invoice.order_id)
        await _require_open(invoice_id)
        if amount_of(order) != amount_fen:
            raise Refused(InvoiceAmountChanged(amount_of(order)))
        await files.reference(tx, upload_id, caller, {FileKind.DOCUMENT})
        try:
            await tx.fetch(_ISSUE, invoice_id, number, upload_id, amount_fen, clock.now(), staff_id)
        except asyncpg.UniqueViolationError:
            raise BadInvoice("another invoice has this number") from None
        after = {"state": InvoiceState.ISSUED, "number": number, "amount_fen": amount_fen}
        await _audit(tx, caller, invoice_id, "issue invoice", after)
        await note(tx, caller, order, "发票已开具")
    return (await queries.by_ids([invoice_id]))[0]


async def reject(caller: Caller, invoice_id: int, reason: str) -> Invoice:
    """The invoice, rejected for a reason its customer reads; she may ask again. The same again changes nothing.

    Raises:
        BadText, CardNumber: the reason.
        Refused: InvoiceNotFound, InvoiceDecided.
        Forbidden: the caller is no member of staff.
    """
    why = written(reason, "reason", rules.MOST_REASON, lines=False)
    staff_id, invoice = staff_of(caller), await _served(caller, invoice_id)
    if (invoice.rejection_reason, invoice.decided_by_id) == (why, staff_id):
        return invoice
    async with db.transaction() as tx:
        order = await orders.lock(tx, invoice.order_id)
        await _require_open(invoice_id)
        await tx.fetch(_REJECT, invoice_id, why, clock.now(), staff_id)
        await _audit(tx, caller, invoice_id, "reject invoice", {"state": InvoiceState.REJECTED})
        await note(tx, caller, order, "发票申请被退回")
    return (await queries.by_ids([invoice_id]))[0]


async def _served(caller: Caller, invoice_id: int) -> Invoice:
    found = await queries.by_ids([invoice_id])
    if not found or not await serves(caller, [found[0].pickup_point_id]):
        raise Refused(InvoiceNotFound())
    return found[0]


async def _require_open(invoice_id: int) -> None:
    """Under the lock of its order, which each decision takes."""
    state = (await queries.by_ids([invoice_id]))[0].state
    if state is not InvoiceState.REQUESTED:
        raise Refused(InvoiceDecided(state))


async def _audit(tx: RequestConnection, caller: Caller, invoice_id: int, action: str, after: dict[str, object]) -> None:
    await audit.append(tx, caller, scope=SCOPE, action=action, entity="Invoice", entity_id=invoice_id, after=after)
