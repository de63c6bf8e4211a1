from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints
from app.partners.enums import PartnerKind


class Migration(migrations.Migration):
    dependencies = [("shop", "0002_accounts")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Partner",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("code", fields.CharField(unique=True, max_length=40)),
                ("name", fields.CharField(max_length=80)),
                (
                    "kind",
                    fields.CharEnumField(
                        description="LAB: LAB\nSUPPLIER: SUPPLIER\nLOGISTICS: LOGISTICS\nGROUP_LEADER: GROUP_LEADER",
                        enum_type=PartnerKind,
                        max_length=24,
                    ),
                ),
                ("is_active", fields.BooleanField(default=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "partner",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A company that calls the API with a key.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Partner",
            [
                CheckConstraint(
                    check="kind IN ('LAB', 'SUPPLIER', 'LOGISTICS', 'GROUP_LEADER')", name="partner_kind_known"
                ),
                CheckConstraint(check="code ~ '^[a-z0-9-]{2,40}$'", name="partner_code_slug"),
            ],
        ),
        ops.CreateModel(
            name="ApiKey",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "partner",
                    fields.ForeignKeyField(
                        "shop.Partner",
                        source_field="partner_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("prefix", fields.CharField(unique=True, max_length=12)),
                ("key_hash", fields.BinaryField()),
                ("scopes", ArrayField(default=list, element_type="TEXT")),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("last_used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "api_key",
                "app": "shop",
                "indexes": [Index(fields=["partner_id"], name="api_key_by_partner")],
                "pk_attr": "id",
                "table_description": "A partner's key: shown once, kept as a hash, found by its public prefix.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "ApiKey",
            [
                CheckConstraint(check="octet_length(key_hash) = 32", name="api_key_hash_length"),
                CheckConstraint(check="expires_at > created_at", name="api_key_expires_later"),
            ],
        ),
        ops.CreateModel(
            name="Webhook",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "partner",
                    fields.ForeignKeyField(
                        "shop.Partner",
                        source_field="partner_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("url", fields.CharField(max_length=300)),
                ("events", ArrayField(default=list, element_type="TEXT")),
                ("secret_sealed", fields.BinaryField()),
                ("is_active", fields.BooleanField(default=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "webhook",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "Where a partner wants to be told of events.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Webhook",
            [
                UniqueConstraint(fields=("partner_id", "url"), name="webhook_partner_id_url_key"),
                CheckConstraint(check="url ~ '^https://'", name="webhook_url_https"),
                CheckConstraint(check="cardinality(events) > 0", name="webhook_events_present"),
            ],
        ),
        ops.CreateModel(
            name="App",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("code", fields.CharField(unique=True, max_length=40)),
                (
                    "partner",
                    fields.ForeignKeyField(
                        "shop.Partner",
                        source_field="partner_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "app",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A program that sends documents: the mini-program, or a partner's.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "App",
            [
                UniqueConstraint(fields=("partner_id",), name="app_partner_id_key"),
                CheckConstraint(check="code ~ '^[a-z0-9-]{2,40}$'", name="app_code_slug"),
            ],
        ),
        ops.CreateModel(
            name="Manifest",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "app",
                    fields.ForeignKeyField(
                        "shop.App",
                        source_field="app_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("version", fields.IntField()),
                ("is_active", fields.BooleanField(default=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("retired_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "manifest",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A released version of an app's documents.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Manifest",
            [
                UniqueConstraint(fields=("app_id", "version"), name="manifest_app_id_version_key"),
                UniqueConstraint(fields=("app_id",), name="manifest_app_id_key", condition="is_active"),
                CheckConstraint(check="version > 0", name="manifest_version_positive"),
                CheckConstraint(check="retired_at IS NULL OR NOT is_active", name="manifest_retired_is_inactive"),
            ],
        ),
        ops.CreateModel(
            name="Document",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "manifest",
                    fields.ForeignKeyField(
                        "shop.Manifest",
                        source_field="manifest_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("sha256", fields.CharField(max_length=64)),
                ("name", fields.CharField(max_length=80)),
                ("text", fields.TextField(unique=False)),
            ],
            options={
                "table": "document",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "One GraphQL text, known by the sha256 of its exact bytes.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Document",
            [
                UniqueConstraint(fields=("manifest_id", "sha256"), name="document_manifest_id_sha256_key"),
                UniqueConstraint(fields=("manifest_id", "name"), name="document_manifest_id_name_key"),
                CheckConstraint(
                    check="sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex')", name="document_sha256_matches"
                ),
            ],
        ),
        ops.CreateModel(
            name="DocumentUsage",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "app",
                    fields.ForeignKeyField(
                        "shop.App",
                        source_field="app_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("sha256", fields.CharField(max_length=64)),
                ("used_on", fields.DateField()),
                ("calls", fields.BigIntField()),
                ("errors", fields.BigIntField(default=0)),
                ("last_used_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "document_usage",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "How often a document was asked for on one business day: decides when a version may go.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "DocumentUsage",
            [
                UniqueConstraint(
                    fields=("app_id", "sha256", "used_on"), name="document_usage_app_id_sha256_used_on_key"
                ),
                CheckConstraint(check="calls > 0 AND errors BETWEEN 0 AND calls", name="document_usage_counts"),
            ],
        ),
    ]
