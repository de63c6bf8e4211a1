"""The last four digits of customers' numbers can be looked for, blindly."""

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint

from app.kit.add_constraints import AddConstraints


class Migration(migrations.Migration):
    dependencies = [("shop", "0043_unpublish_scope")]
    initial = False
    operations = [
        ops.AddField(model_name="Customer", name="phone_tail_index", field=fields.BinaryField(null=True)),
        ops.AddIndex(model_name="Customer", index=Index(fields=["phone_tail_index"], name="customer_by_phone_tail")),
        AddConstraints(
            "Customer",
            [
                CheckConstraint(
                    check="phone_tail_index IS NULL OR phone_index IS NOT NULL", name="customer_tail_of_a_phone"
                )
            ],
        ),
    ]
