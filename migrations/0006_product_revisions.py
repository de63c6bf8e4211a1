from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint

from app.catalog.enums import RevisionStatus
from app.kit.add_constraints import AddConstraints


class Migration(migrations.Migration):
    dependencies = [("shop", "0005_catalog")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ProductRevision",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "product",
                    fields.ForeignKeyField(
                        "shop.Product",
                        source_field="product_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("content", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("content_hash", fields.CharField(max_length=64)),
                (
                    "status",
                    fields.CharEnumField(
                        default=RevisionStatus.DRAFT,
                        description="DRAFT: DRAFT\nSUBMITTED: SUBMITTED\nAPPROVED: APPROVED\nREJECTED: REJECTED\nPUBLISHED: PUBLISHED",
                        enum_type=RevisionStatus,
                        max_length=24,
                    ),
                ),
                (
                    "maker",
                    fields.ForeignKeyField(
                        "shop.Staff",
                        source_field="maker_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "checker",
                    fields.ForeignKeyField(
                        "shop.Staff",
                        source_field="checker_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("approved_hash", fields.CharField(null=True, max_length=64)),
                ("reason", fields.CharField(null=True, max_length=400)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("submitted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("publish_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "product_revision",
                "app": "shop",
                "indexes": [Index(fields=["product_id", "created_at"], name="product_revision_by_product")],
                "pk_attr": "id",
                "table_description": "A proposed content of a product, approved by its hash and never by its maker.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "ProductRevision",
            [
                CheckConstraint(
                    check="status IN ('DRAFT', 'SUBMITTED', 'APPROVED', 'REJECTED', 'PUBLISHED')",
                    name="product_revision_status_known",
                ),
                CheckConstraint(check="maker_id <> checker_id", name="product_revision_maker_is_not_checker"),
                CheckConstraint(check="content_hash ~ '^[0-9a-f]{64}$'", name="product_revision_hash_hex"),
                CheckConstraint(
                    check="status NOT IN ('APPROVED', 'PUBLISHED') OR (approved_hash IS NOT NULL AND approved_hash = content_hash AND checker_id IS NOT NULL)",
                    name="product_revision_approved_content",
                ),
                CheckConstraint(
                    check="status <> 'REJECTED' OR (checker_id IS NOT NULL AND reason IS NOT NULL)",
                    name="product_revision_rejected_has_reason",
                ),
            ],
        ),
    ]
