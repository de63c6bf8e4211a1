from tortoise import fields, migrations
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints


class Migration(migrations.Migration):
    dependencies = [("shop", "0029_retention_report")]
    initial = False
    operations = [
        ops.RemoveConstraint(
            model_name="ReconciliationDifference",
            name="reconciliation_difference_report_id_out_trade_no_out_refund_no_kind_key",
        ),
        ops.AddField(
            model_name="ReconciliationDifference",
            name="transaction_id",
            field=fields.CharField(null=True, max_length=32),
        ),
        AddConstraints(
            "ReconciliationDifference",
            [
                UniqueConstraint(
                    fields=("report_id", "transaction_id", "kind"),
                    name="reconciliation_difference_report_id_transaction_id_kind_key",
                ),
                UniqueConstraint(
                    fields=("report_id", "out_refund_no", "kind"),
                    name="reconciliation_difference_report_id_out_refund_no_kind_key",
                ),
                CheckConstraint(
                    check="(transaction_id IS NULL) = (out_refund_no IS NOT NULL)",
                    name="reconciliation_difference_charge_or_refund",
                ),
            ],
        ),
    ]
