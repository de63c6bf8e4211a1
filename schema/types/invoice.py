"""Invoices."""

from datetime import datetime

import strawberry

from app.invoices.enums import InvoiceKind, InvoiceState
from app.invoices.issuing import Buyer
from app.invoices.models import Invoice as Row
from resolvers import invoice as resolve
from resolvers import node as resolve_node
from schema.binding import field, of
from schema.types.money import Money


@strawberry.type(description="An invoice (发票) that a customer asked for, of what the shop kept of an order.")
@of(Row)
class Invoice:
    """Its source is a row."""

    id: strawberry.ID = field(resolve_node.global_id, description="Opaque.")
    order_number: str = field(description="The number of the order it is of.")
    kind: InvoiceKind = field(description="Whose name stands on it.")
    state: InvoiceState = field(description="How far it is.")
    amount: Money = field(resolve.amount, description="What it is of: what was paid and had not gone back.")
    number: str | None = field(description="The invoice's number; null before it is issued.")
    file_url: str | None = field(resolve.file_url, description="Where its PDF is; null before it is issued.")
    rejection_reason: str | None = field(description="Why it is not issued; null else.")
    requested_at: datetime = field(description="When it was asked for.")
    decided_at: datetime | None = field(description="When it was issued or rejected; null before.")


@strawberry.type(description="Whom an invoice is for, in the clear: only while it waits to be issued.")
@of(Buyer)
class InvoiceBuyer:
    """Its source is app.invoices.issuing.Buyer."""

    invoice: Invoice = field(resolve.buyer_invoice, description="The invoice.")
    title: str = field(description="The name on it (抬头).")
    tax_number: str | None = field(description="The company's tax number; null for a person.")
    email: str = field(description="Where it is sent.")
