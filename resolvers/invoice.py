"""Invoices: what a customer asks for, and what staff say of it."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry
from strawberry import ID, Parent

from app.accounts.rules import customer_of
from app.invoices import issuing, queries, service
from app.invoices.enums import InvoiceKind, InvoiceState
from app.invoices.errors import InvoiceAmountChanged
from app.invoices.issuing import Buyer
from app.invoices.models import Invoice
from app.invoices.service import Wanted
from app.kit import ids
from app.kit.paging import Page
from app.orders.models import Order
from resolvers.arguments import After
from resolvers.info import Info

First = Annotated[int, strawberry.argument(description="How many invoices, 1 to 50.")]
State = Annotated[InvoiceState | None, strawberry.argument(description="Those that are so far; null: all.")]


def of_order(parent: Parent[Order], info: Info) -> Awaitable[list[Invoice]]:
    """What was asked for."""
    return info.context.loaders.invoices_by_order.load(parent.id)


def amount(parent: Parent[Invoice]) -> int:
    """What it is of."""
    fen: int = parent.amount_fen
    return fen


def file_url(parent: Parent[Invoice], info: Info) -> str | None:
    """Where its file is, once it is issued."""
    return None if parent.storage_key is None else info.context.addresses.stored(parent.storage_key)


def changed_amount(parent: Parent[InvoiceAmountChanged]) -> int:
    """What it is of now."""
    return parent.amount_fen


def buyer_invoice(parent: Parent[Buyer]) -> Invoice:
    """The invoice."""
    return parent.invoice


def queue(
    info: Info, *, state: State = InvoiceState.REQUESTED, first: First = 20, after: After = None
) -> Awaitable[Page[Invoice]]:
    """A page of invoices."""
    return queries.page(info.context.caller, state, first=first, after=after)


def request(
    info: Info,
    *,
    idempotency_key: str,
    order_id: ID,
    kind: InvoiceKind,
    title: str,
    email: str,
    tax_number: str | None = None,
) -> Awaitable[Invoice]:
    """The invoice, asked for."""
    caller, vault = info.context.caller, info.context.till.vault
    wanted = Wanted(ids.decode(order_id, "Order"), kind, title, tax_number, email)
    return service.request(vault, caller, customer_of(caller), idempotency_key=idempotency_key, wanted=wanted)


def read_buyer(info: Info, invoice_id: ID) -> Awaitable[Buyer]:
    """Whom it is for."""
    return issuing.read_buyer(info.context.till.vault, info.context.caller, ids.decode(invoice_id, "Invoice"))


def record(info: Info, *, invoice_id: ID, number: str, upload_id: ID, amount_fen: int) -> Awaitable[Invoice]:
    """The invoice, issued."""
    key, upload = ids.decode(invoice_id, "Invoice"), ids.decode(upload_id, "Upload")
    return issuing.record(info.context.caller, key, number=number, upload_id=upload, amount_fen=amount_fen)


def reject(info: Info, invoice_id: ID, reason: str) -> Awaitable[Invoice]:
    """The invoice, rejected."""
    return issuing.reject(info.context.caller, ids.decode(invoice_id, "Invoice"), reason)
