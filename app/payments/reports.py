"""Tables of the daily comparison of WeChat's bill with the ledger."""

from datetime import date, datetime

from tortoise import fields
from tortoise.models import Model

from app.kit.fields import check, choice, known, ref, unique
from app.payments.enums import DifferenceKind


class ReconciliationReport(Model):
    """What came of comparing a business day: written once, with its differences. Append-only."""

    id = fields.BigIntField(primary_key=True)
    day: date = fields.DateField()
    charge_count = fields.IntField()  # of the bill
    charge_fen = fields.BigIntField()
    refund_count = fields.IntField()
    refund_fen = fields.BigIntField()
    matched = fields.IntField()  # charges and refunds that are the same on both sides
    created_at: datetime = fields.DatetimeField()

    class Meta:
        """One report per day."""

        table = "reconciliation_report"
        constraints = (
            unique("reconciliation_report", "day"),
            check(
                "reconciliation_report",
                "counts",
                "matched >= 0 AND charge_count >= 0 AND refund_count >= 0 AND charge_fen >= 0 AND refund_fen >= 0",
            ),
        )


class ReconciliationDifference(Model):
    """One charge or refund that is not the same on both sides. Append-only."""

    id = fields.BigIntField(primary_key=True)
    report = ref("ReconciliationReport")
    report_id: int
    kind = choice(DifferenceKind)
    out_trade_no = fields.CharField(max_length=32)
    transaction_id = fields.CharField(max_length=32, null=True)  # of a charge
    out_refund_no = fields.CharField(max_length=64, null=True)  # of a refund
    bill_fen = fields.BigIntField(null=True)
    ledger_fen = fields.BigIntField(null=True)
    is_healed = fields.BooleanField()  # the ledger has it now, after WeChat was asked

    class Meta:
        """A side that has nothing tells no amount."""

        table = "reconciliation_difference"
        constraints = (
            known("reconciliation_difference", "kind", DifferenceKind),
            unique("reconciliation_difference", "report_id", "transaction_id", "kind"),
            unique("reconciliation_difference", "report_id", "out_refund_no", "kind"),
            check(
                "reconciliation_difference",
                "charge_or_refund",
                "(transaction_id IS NULL) = (out_refund_no IS NOT NULL)",
            ),
            check("reconciliation_difference", "has_a_side", "bill_fen IS NOT NULL OR ledger_fen IS NOT NULL"),
        )
