"""What is sent about invoices."""

import strawberry
from strawberry import ID

from app.invoices.enums import InvoiceKind

_KEY = "8 to 64 visible ASCII characters of your own; sent again within a day it changes nothing twice."
_INVOICE = "The invoice, of an order at a point that you serve."


@strawberry.input(description="An invoice to be made.")
class RequestInvoiceInput:
    """Its fields are the resolver's arguments."""

    order_id: ID = strawberry.field(description="The order, one that was collected.")
    kind: InvoiceKind = strawberry.field(description="Whose name stands on it.")
    title: str = strawberry.field(description="The name on it (抬头), 1 to 100 characters.")
    tax_number: str | None = strawberry.field(
        default=None, description="A company's unified social credit code (统一社会信用代码); null for a person."
    )
    email: str = strawberry.field(description="Where it is sent.")
    idempotency_key: str = strawberry.field(description=_KEY)


@strawberry.input(description="An invoice that staff are about to make.")
class ReadInvoiceBuyerInput:
    """Its fields are the resolver's arguments."""

    invoice_id: ID = strawberry.field(description=_INVOICE)


@strawberry.input(description="An invoice that was made.")
class RecordInvoiceInput:
    """Its fields are the resolver's arguments."""

    invoice_id: ID = strawberry.field(description=_INVOICE)
    number: str = strawberry.field(description="Its number: 20 digits, or 8 where it is still printed.")
    upload_id: ID = strawberry.field(description="Its PDF, an upload of yours.")
    amount_fen: int = strawberry.field(description="What it was made out for, in fen: what the order keeps now.")


@strawberry.input(description="An invoice that is not made.")
class RejectInvoiceInput:
    """Its fields are the resolver's arguments."""

    invoice_id: ID = strawberry.field(description=_INVOICE)
    reason: str = strawberry.field(description="Why, for the customer: 1 to 200 characters on one line.")
