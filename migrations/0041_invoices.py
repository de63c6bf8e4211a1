"""Invoices."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.invoices.enums import InvoiceKind, InvoiceState
from app.kit.add_constraints import AddConstraints


class Migration(migrations.Migration):
    dependencies = [("shop", "0040_claims")]
    initial = False
    operations = [
        ops.CreateModel(
            name="Invoice",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "order",
                    fields.ForeignKeyField(
                        "shop.Order",
                        source_field="order_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "shop.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "pickup_point",
                    fields.ForeignKeyField(
                        "shop.PickupPoint",
                        source_field="pickup_point_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("kind", fields.CharEnumField(enum_type=InvoiceKind, max_length=24)),
                ("state", fields.CharEnumField(default=InvoiceState.REQUESTED, enum_type=InvoiceState, max_length=24)),
                ("amount_fen", fields.BigIntField()),
                ("buyer_title_sealed", fields.BinaryField(null=True)),
                ("buyer_email_sealed", fields.BinaryField(null=True)),
                ("buyer_tax_number", fields.CharField(null=True, max_length=18)),
                ("number", fields.CharField(null=True, unique=True, max_length=20)),
                (
                    "file",
                    fields.ForeignKeyField(
                        "shop.Upload",
                        source_field="file_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("rejection_reason", fields.CharField(null=True, max_length=200)),
                ("requested_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "decided_by",
                    fields.ForeignKeyField(
                        "shop.Staff",
                        source_field="decided_by_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
            ],
            options={
                "table": "invoice",
                "app": "shop",
                "indexes": [
                    Index(fields=["order_id", "id"], name="invoice_by_order"),
                    Index(fields=["state", "id"], name="invoice_queue"),
                ],
                "pk_attr": "id",
                "table_description": "An invoice a customer asked for, of what the shop kept of an order, and what became of it.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Invoice",
            [
                CheckConstraint(check="kind IN ('PERSONAL', 'COMPANY')", name="invoice_kind_known"),
                CheckConstraint(check="state IN ('REQUESTED', 'ISSUED', 'REJECTED')", name="invoice_state_known"),
                UniqueConstraint(fields=("order_id",), name="invoice_order_id_key", condition="state <> 'REJECTED'"),
                UniqueConstraint(fields=("file_id",), name="invoice_file_id_key"),
                CheckConstraint(check="amount_fen > 0", name="invoice_amount_positive"),
                CheckConstraint(
                    check="kind = 'COMPANY' OR buyer_tax_number IS NULL", name="invoice_person_has_no_tax_number"
                ),
                CheckConstraint(check="(state = 'REQUESTED') = (decided_at IS NULL)", name="invoice_decided_has_time"),
                CheckConstraint(
                    check="(state = 'ISSUED') = (number IS NOT NULL) AND (state = 'ISSUED') = (file_id IS NOT NULL)",
                    name="invoice_issued_is_whole",
                ),
                CheckConstraint(
                    check="(state = 'REJECTED') = (rejection_reason IS NOT NULL)", name="invoice_rejected_for_a_reason"
                ),
            ],
        ),
    ]
