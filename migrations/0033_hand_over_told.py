from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint

from app.kit.add_constraints import AddConstraints


class Migration(migrations.Migration):
    dependencies = [("shop", "0032_stock_scopes")]
    initial = False
    operations = [
        ops.AddField(
            model_name="Payment",
            name="handed_over_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Payment",
            name="shipped_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddIndex(model_name="Payment", index=Index(fields=["handed_over_at"], name="payment_by_hand_over")),
        AddConstraints(
            "Payment",
            [
                CheckConstraint(
                    check="handed_over_at IS NULL OR paid_at IS NOT NULL", name="payment_handed_over_was_paid"
                ),
                CheckConstraint(
                    check="shipped_at IS NULL OR handed_over_at IS NOT NULL", name="payment_shipped_was_handed_over"
                ),
            ],
        ),
    ]
