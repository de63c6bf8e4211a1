from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints


class Migration(migrations.Migration):
    dependencies = [("shop", "0017_audit_seals")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Upload",
            name="discarded_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddIndex(
            model_name="Upload",
            index=Index(fields=["referenced_at", "created_at"], name="upload_by_reference"),
        ),
        ops.AddConstraint(
            model_name="Upload",
            constraint=CheckConstraint(
                check="referenced_at IS NULL OR discarded_at IS NULL", name="upload_used_or_discarded"
            ),
        ),
        ops.CreateModel(
            name="UploadTicket",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("storage_key", fields.CharField(unique=True, max_length=200)),
                ("size_bytes", fields.BigIntField()),
                ("caller", fields.CharField(max_length=60)),
                (
                    "upload",
                    fields.ForeignKeyField(
                        "shop.Upload",
                        source_field="upload_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "upload_ticket",
                "app": "shop",
                "indexes": [Index(fields=["created_at"], name="upload_ticket_by_age")],
                "pk_attr": "id",
                "table_description": "The promise to take one large file directly into the store; `upload` is what became of it.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "UploadTicket",
            [
                UniqueConstraint(fields=("upload_id",), name="upload_ticket_upload_id_key"),
                CheckConstraint(check="size_bytes > 0", name="upload_ticket_size_positive"),
                CheckConstraint(check="expires_at > created_at", name="upload_ticket_expires_later"),
            ],
        ),
        ops.CreateModel(
            name="UploadBudget",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("caller", fields.CharField(max_length=60)),
                ("business_day", fields.DateField()),
                ("size_bytes", fields.BigIntField()),
            ],
            options={
                "table": "upload_budget",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "How many bytes a caller has sent on a business day, refused files included.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "UploadBudget",
            [
                UniqueConstraint(fields=("caller", "business_day"), name="upload_budget_caller_business_day_key"),
                CheckConstraint(check="size_bytes > 0", name="upload_budget_size_positive"),
            ],
        ),
    ]
