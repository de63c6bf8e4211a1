from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="IdempotentAnswer",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("caller", fields.CharField(max_length=60)),
                ("operation", fields.CharField(max_length=60)),
                ("key", fields.CharField(max_length=64)),
                ("input_hash", fields.BinaryField()),
                ("result", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "idempotent_answer",
                "app": "shop",
                "indexes": [Index(fields=["created_at"], name="idempotent_answer_by_age")],
                "pk_attr": "id",
                "table_description": "What a write answered, kept for a day so that a retry gets the same answer.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "IdempotentAnswer",
            [
                UniqueConstraint(
                    fields=("caller", "operation", "key"), name="idempotent_answer_caller_operation_key_key"
                ),
                CheckConstraint(check="key ~ '^[!-~]{8,64}$'", name="idempotent_answer_key_form"),
                CheckConstraint(check="octet_length(input_hash) = 32", name="idempotent_answer_hash_length"),
            ],
        ),
        ops.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("happened_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("caller", fields.CharField(max_length=60)),
                ("scope", fields.CharField(null=True, max_length=60)),
                ("action", fields.CharField(max_length=60)),
                ("entity", fields.CharField(max_length=60)),
                ("entity_id", fields.BigIntField()),
                ("before", fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ("after", fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ("trace_id", fields.CharField(null=True, max_length=32)),
            ],
            options={
                "table": "audit_entry",
                "app": "shop",
                "indexes": [
                    Index(fields=["entity", "entity_id", "id"], name="audit_entry_by_entity"),
                    Index(fields=["caller", "id"], name="audit_entry_by_caller"),
                    Index(fields=["happened_at"], name="audit_entry_by_time"),
                ],
                "pk_attr": "id",
                "table_description": "Who did what to which row. Append-only; ids and sealed values only, nothing personal in clear.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="AuditEntry",
            constraint=CheckConstraint(
                check="before IS NOT NULL OR after IS NOT NULL", name="audit_entry_changes_something"
            ),
        ),
        ops.CreateModel(
            name="DataKey",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("subject", fields.CharField(unique=True, max_length=60)),
                ("ring_key", fields.CharField(max_length=20)),
                ("wrapped", fields.BinaryField(null=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("destroyed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "data_key",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A person's own key, wrapped by the key ring; destroying it makes everything sealed with it unreadable.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="DataKey",
            constraint=CheckConstraint(
                check="(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name="data_key_destroyed_or_there"
            ),
        ),
        ops.CreateModel(
            name="Upload",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("storage_key", fields.CharField(unique=True, max_length=200)),
                ("content_type", fields.CharField(max_length=100)),
                ("size_bytes", fields.BigIntField()),
                ("sha256", fields.CharField(max_length=64)),
                ("width", fields.IntField(null=True)),
                ("height", fields.IntField(null=True)),
                ("caller", fields.CharField(max_length=60)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("referenced_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "upload",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "One stored file: its key in the object store, and what was found in it, not what a client claimed.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Upload",
            [
                CheckConstraint(check="size_bytes > 0", name="upload_size_positive"),
                CheckConstraint(check="sha256 ~ '^[0-9a-f]{64}$'", name="upload_sha256_hex"),
                CheckConstraint(
                    check="(width IS NULL) = (height IS NULL) AND width > 0 AND height > 0", name="upload_image_size"
                ),
            ],
        ),
    ]
