from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.documents.enums import OperationKind
from app.kit.add_constraints import AddConstraints

# No program wrote these tables before. What stands there all the same (after a way back) lacks what is needed to serve
# it, and is pushed again by `yougou migrate`.
EMPTY = """
DELETE FROM document_usage;
DELETE FROM document;
DELETE FROM manifest;
DELETE FROM app
"""


class Migration(migrations.Migration):
    dependencies = [("shop", "0021_sign_ins")]

    initial = False

    operations = [
        ops.RunSQL(EMPTY, reverse_sql=EMPTY),
        ops.AddField(
            model_name="App",
            name="revision",
            field=fields.BigIntField(default=0),
        ),
        ops.AddField(
            model_name="Document",
            name="alias",
            field=fields.CharField(null=True, max_length=128),
        ),
        ops.AddField(
            model_name="Document",
            name="cost",
            field=fields.IntField(),
        ),
        ops.AddField(
            model_name="Document",
            name="kind",
            field=fields.CharEnumField(
                description="QUERY: QUERY\nMUTATION: MUTATION\nSUBSCRIPTION: SUBSCRIPTION",
                enum_type=OperationKind,
                max_length=24,
            ),
        ),
        ops.AddField(
            model_name="Document",
            name="scopes",
            field=ArrayField(default=list, element_type="TEXT"),
        ),
        ops.AddIndex(
            model_name="Document",
            index=Index(fields=["sha256"], name="document_by_sha256"),
        ),
        AddConstraints(
            "Document",
            [
                CheckConstraint(check="kind IN ('QUERY', 'MUTATION', 'SUBSCRIPTION')", name="document_kind_known"),
                UniqueConstraint(fields=("manifest_id", "alias"), name="document_manifest_id_alias_key"),
                CheckConstraint(check="alias ~ '^[A-Za-z0-9._:~-]{1,128}$'", name="document_alias_form"),
            ],
        ),
        ops.AddField(
            model_name="DocumentUsage",
            name="latency",
            field=ArrayField(element_type="BIGINT"),
        ),
        ops.AddIndex(
            model_name="DocumentUsage",
            index=Index(fields=["app_id", "id"], name="document_usage_by_app"),
        ),
        ops.AddConstraint(
            model_name="DocumentUsage",
            constraint=CheckConstraint(check="cardinality(latency) = 50", name="document_usage_latency_buckets"),
        ),
        ops.AddField(
            model_name="Manifest",
            name="activated_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Manifest",
            name="content_hash",
            field=fields.CharField(max_length=64),
        ),
        ops.AddField(
            model_name="Manifest",
            name="dropped_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        AddConstraints(
            "Manifest",
            [
                CheckConstraint(check="activated_at IS NOT NULL OR NOT is_active", name="manifest_active_since"),
                CheckConstraint(
                    check="dropped_at IS NULL OR retired_at IS NOT NULL", name="manifest_dropped_is_retired"
                ),
                CheckConstraint(check="content_hash ~ '^[0-9a-f]{64}$'", name="manifest_content_hash_form"),
            ],
        ),
    ]
