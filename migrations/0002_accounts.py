from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.accounts.enums import ConsentPurpose, CustomerStatus
from app.kit.add_constraints import AddConstraints


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_kernel")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Customer",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("openid_sealed", fields.BinaryField(null=True)),
                ("openid_index", fields.BinaryField(null=True)),
                ("phone_sealed", fields.BinaryField(null=True)),
                ("phone_index", fields.BinaryField(null=True)),
                ("display_name", fields.CharField(max_length=40)),
                (
                    "avatar",
                    fields.ForeignKeyField(
                        "shop.Upload",
                        source_field="avatar_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("birth_year", fields.SmallIntField(null=True)),
                (
                    "status",
                    fields.CharEnumField(
                        default=CustomerStatus.ACTIVE,
                        description="ACTIVE: ACTIVE\nCLOSED: CLOSED",
                        enum_type=CustomerStatus,
                        max_length=24,
                    ),
                ),
                ("is_demo", fields.BooleanField(default=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "customer",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A shopper. Openid and phone are sealed under the person's own data key, found by blind index.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Customer",
            [
                CheckConstraint(check="status IN ('ACTIVE', 'CLOSED')", name="customer_status_known"),
                UniqueConstraint(fields=("openid_index",), name="customer_openid_index_key"),
                UniqueConstraint(fields=("phone_index",), name="customer_phone_index_key"),
                CheckConstraint(check="(openid_sealed IS NULL) = (openid_index IS NULL)", name="customer_openid_pair"),
                CheckConstraint(check="(phone_sealed IS NULL) = (phone_index IS NULL)", name="customer_phone_pair"),
                CheckConstraint(check="birth_year BETWEEN 1900 AND 2100", name="customer_birth_year_range"),
                CheckConstraint(check="(status = 'CLOSED') = (closed_at IS NOT NULL)", name="customer_closed_has_time"),
                CheckConstraint(
                    check="status <> 'CLOSED' OR (openid_sealed IS NULL AND phone_sealed IS NULL AND birth_year IS NULL)",
                    name="customer_closed_is_erased",
                ),
            ],
        ),
        ops.CreateModel(
            name="Consent",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
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
                    "purpose",
                    fields.CharEnumField(
                        description="PRIVACY_POLICY: PRIVACY_POLICY\nPERSONALIZATION: PERSONALIZATION\nMARKETING: MARKETING\nBIRTH_YEAR: BIRTH_YEAR\nPRECISE_LOCATION: PRECISE_LOCATION",
                        enum_type=ConsentPurpose,
                        max_length=24,
                    ),
                ),
                ("policy_version", fields.CharField(max_length=20)),
                ("granted", fields.BooleanField()),
                ("channel", fields.CharField(max_length=20)),
                ("decided_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "consent",
                "app": "shop",
                "indexes": [Index(fields=["customer_id", "purpose", "decided_at"], name="consent_latest")],
                "pk_attr": "id",
                "table_description": "One decision of a customer about one purpose: a ledger, the newest row per purpose holds.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Consent",
            constraint=CheckConstraint(
                check="purpose IN ('PRIVACY_POLICY', 'PERSONALIZATION', 'MARKETING', 'BIRTH_YEAR', 'PRECISE_LOCATION')",
                name="consent_purpose_known",
            ),
        ),
        ops.CreateModel(
            name="Device",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
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
                ("label", fields.CharField(max_length=60)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("last_seen_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "device",
                "app": "shop",
                "indexes": [Index(fields=["customer_id", "last_seen_at"], name="device_by_customer")],
                "pk_attr": "id",
                "table_description": "A phone a customer signed in on, so that she can see and end what is signed in.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Device",
            constraint=CheckConstraint(check="last_seen_at >= created_at", name="device_seen_after_created"),
        ),
        ops.CreateModel(
            name="Staff",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("username", fields.CharField(unique=True, max_length=40)),
                ("name", fields.CharField(max_length=40)),
                ("password_hash", fields.CharField(null=True, max_length=200)),
                ("totp_sealed", fields.BinaryField(null=True)),
                ("is_active", fields.BooleanField(default=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "staff",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "Someone who works for the shop.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Staff",
            constraint=CheckConstraint(check="username ~ '^[a-z0-9._-]{2,40}$'", name="staff_username_lower"),
        ),
        ops.CreateModel(
            name="Role",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("code", fields.CharField(unique=True, max_length=40)),
                ("name", fields.CharField(max_length=40)),
                ("scopes", ArrayField(default=list, element_type="TEXT")),
            ],
            options={
                "table": "role",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A job in the shop, made of scopes such as `catalog:write`.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Role",
            constraint=CheckConstraint(check="cardinality(scopes) > 0", name="role_scopes_present"),
        ),
        ops.CreateModel(
            name="StaffRole",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "shop.Staff",
                        source_field="staff_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "role",
                    fields.ForeignKeyField(
                        "shop.Role",
                        source_field="role_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("granted_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "staff_role",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "Which roles a member of staff holds.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="StaffRole",
            constraint=UniqueConstraint(fields=("staff_id", "role_id"), name="staff_role_staff_id_role_id_key"),
        ),
    ]
