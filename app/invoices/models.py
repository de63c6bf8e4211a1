"""Table of invoices."""

from datetime import datetime

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.invoices.enums import InvoiceKind, InvoiceState
from app.kit.fields import check, choice, known, ref, unique
from app.kit.personal import Erase, Mask, declare


class Invoice(Model):
    """An invoice a customer asked for, of what the shop kept of an order, and what became of it.

    The buyer's title and e-mail address are sealed under the customer's key.
    """

    id = fields.BigIntField(primary_key=True)
    order = ref("Order")
    order_id: int
    customer = ref("Customer")
    customer_id: int
    pickup_point = ref("PickupPoint")
    pickup_point_id: int
    kind = choice(InvoiceKind)
    state = choice(InvoiceState, default=InvoiceState.REQUESTED)
    amount_fen = fields.BigIntField()
    buyer_title_sealed: bytes | None = fields.BinaryField(null=True)
    buyer_email_sealed: bytes | None = fields.BinaryField(null=True)
    buyer_tax_number = fields.CharField(max_length=18, null=True)
    number = fields.CharField(max_length=20, null=True, unique=True)
    file = ref("Upload", null=True)
    file_id: int | None
    rejection_reason = fields.CharField(max_length=200, null=True)
    requested_at: datetime = fields.DatetimeField()
    decided_at: datetime | None = fields.DatetimeField(null=True)
    decided_by = ref("Staff", null=True)  # null: nobody yet, or the account was closed before
    decided_by_id: int | None

    # of its order and file, joined by app.invoices.queries
    order_number: str
    storage_key: str | None

    class Meta:
        """One that counts for each order."""

        table = "invoice"
        indexes = (
            Index(fields=("order_id", "id"), name="invoice_by_order"),
            Index(fields=("state", "id"), name="invoice_queue"),
        )
        constraints = (
            known("invoice", "kind", InvoiceKind),
            known("invoice", "state", InvoiceState),
            unique("invoice", "order_id", where="state <> 'REJECTED'"),
            unique("invoice", "file_id"),
            check("invoice", "amount_positive", "amount_fen > 0"),
            check("invoice", "person_has_no_tax_number", "kind = 'COMPANY' OR buyer_tax_number IS NULL"),
            check("invoice", "decided_has_time", "(state = 'REQUESTED') = (decided_at IS NULL)"),
            check(
                "invoice",
                "issued_is_whole",
                "(state = 'ISSUED') = (number IS NOT NULL) AND (state = 'ISSUED') = (file_id IS NOT NULL)",
            ),
            check("invoice", "rejected_for_a_reason", "(state = 'REJECTED') = (rejection_reason IS NOT NULL)"),
        )


_WHY, _TERM = "invoicing", "until closure; what was issued is kept in the tax bureau's system"

declare(
    Invoice,
    plain=(
        *("id", "order_id", "pickup_point_id", "kind", "state", "amount_fen", "number", "file_id"),
        *("rejection_reason", "requested_at", "decided_at", "decided_by_id"),
    ),
    customer_id=(_WHY, "with its order (E-Commerce Law, article 31)", Mask.HIDDEN, Erase.KEEP),
    buyer_title_sealed=(_WHY, _TERM, Mask.NAME, Erase.NULL),
    buyer_email_sealed=(_WHY, _TERM, Mask.HIDDEN, Erase.NULL),
    buyer_tax_number=(_WHY, _TERM, Mask.HIDDEN, Erase.NULL),
)
