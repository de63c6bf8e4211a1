"""Root fields of invoices."""

import strawberry

from resolvers import invoice as resolve
from schema.binding import field, mutation
from schema.inputs.invoice import ReadInvoiceBuyerInput, RecordInvoiceInput, RejectInvoiceInput, RequestInvoiceInput
from schema.results.invoice import (
    ReadInvoiceBuyerResult,
    RecordInvoiceResult,
    RejectInvoiceResult,
    RequestInvoiceResult,
)
from schema.roots.after_sales import SERVICE
from schema.roots.customer import ME
from schema.types.invoice import Invoice
from schema.types.page import Connection


@strawberry.type
class InvoiceQueries:
    """Reads of those who make invoices."""

    invoices: Connection[Invoice] = field(
        resolve.queue,
        requires=SERVICE,
        description="What customers asked for at the points that you serve: who asked first comes first.",
    )


@strawberry.type
class InvoiceWrites:
    """Writes of invoices."""

    request_invoice: RequestInvoiceResult = mutation(
        resolve.request,
        RequestInvoiceInput,
        requires=ME,
        description=(
            "Asks for an invoice of a collected order, of what was paid and has not gone back. Read it in"
            " `order { invoices }`."
        ),
    )
    read_invoice_buyer: ReadInvoiceBuyerResult = mutation(
        resolve.read_buyer,
        ReadInvoiceBuyerInput,
        requires=SERVICE,
        description="Whom an invoice is for, in the clear; that you read it is written down.",
    )
    record_invoice: RecordInvoiceResult = mutation(
        resolve.record,
        RecordInvoiceInput,
        requires=SERVICE,
        description="Says that an invoice was made, with its number and file. The same again changes nothing.",
    )
    reject_invoice: RejectInvoiceResult = mutation(
        resolve.reject,
        RejectInvoiceInput,
        requires=SERVICE,
        description="Says why an invoice is not made; the customer may ask again. The same again changes nothing.",
    )
