"""What writes of invoices answer."""

from typing import Annotated

import strawberry

from app.invoices import errors
from app.invoices.enums import InvoiceState
from resolvers import invoice as resolve
from schema.binding import field, of
from schema.errors import IdempotencyKeyReused, UserError
from schema.results.files import UploadAlreadyUsed, UploadNotFound, UploadOfWrongKind
from schema.results.order import OrderNotFound, OrderNotMovable
from schema.types.invoice import Invoice, InvoiceBuyer
from schema.types.money import Money


@strawberry.type(description="Returned when the tax number is no unified social credit code: let her check it.")
@of(errors.TaxNumberWrong)
class TaxNumberWrong(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the order has an invoice, or one is asked for.")
@of(errors.InvoiceExists)
class InvoiceExists(UserError):
    """Its source is the refusal."""

    state: InvoiceState = field(description="How far that one is.")


@strawberry.type(description="Returned when all that was paid has gone back.")
@of(errors.NothingToInvoice)
class NothingToInvoice(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when there is no such invoice at a point that you serve.")
@of(errors.InvoiceNotFound)
class InvoiceNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the invoice was issued or rejected before.")
@of(errors.InvoiceDecided)
class InvoiceDecided(UserError):
    """Its source is the refusal."""

    state: InvoiceState = field(description="What was decided.")


@strawberry.type(description="Returned when money went back since the invoice was asked for.")
@of(errors.InvoiceAmountChanged)
class InvoiceAmountChanged(UserError):
    """Its source is the refusal."""

    amount: Money = field(resolve.changed_amount, description="What it is of now.")


RequestInvoiceResult = Annotated[
    Invoice
    | TaxNumberWrong
    | OrderNotFound
    | OrderNotMovable
    | InvoiceExists
    | NothingToInvoice
    | IdempotencyKeyReused,
    strawberry.union("RequestInvoiceResult", description="The invoice, asked for, or why not."),
]
ReadInvoiceBuyerResult = Annotated[
    InvoiceBuyer | InvoiceNotFound | InvoiceDecided,
    strawberry.union("ReadInvoiceBuyerResult", description="Whom it is for, or why that is not told."),
]
RecordInvoiceResult = Annotated[
    Invoice
    | InvoiceNotFound
    | InvoiceDecided
    | InvoiceAmountChanged
    | UploadNotFound
    | UploadAlreadyUsed
    | UploadOfWrongKind,
    strawberry.union("RecordInvoiceResult", description="The invoice, issued, or why not."),
]
RejectInvoiceResult = Annotated[
    Invoice | InvoiceNotFound | InvoiceDecided,
    strawberry.union("RejectInvoiceResult", description="The invoice, rejected, or why not."),
]
