from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.accounts.enums import SignInEnd
from app.kit.add_constraints import AddConstraints


class Migration(migrations.Migration):
    dependencies = [("shop", "0020_availability")]
    initial = False
    operations = [
        ops.CreateModel(
            name="PhoneCode",
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
                ("code_hash", fields.BinaryField()),
                ("asked_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("bound_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "phone_code",
                "app": "shop",
                "indexes": [Index(fields=["asked_at"], name="phone_code_by_age")],
                "pk_attr": "id",
                "table_description": "A code of WeChat's getPhoneNumber that was asked about: WeChat is paid for each question, so there is one.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "PhoneCode",
            [
                UniqueConstraint(fields=("code_hash",), name="phone_code_code_hash_key"),
                CheckConstraint(check="octet_length(code_hash) = 32", name="phone_code_hash_length"),
            ],
        ),
        ops.CreateModel(
            name="SignIn",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "shop.Customer",
                        source_field="customer_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "shop.Staff",
                        source_field="staff_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("label", fields.CharField(max_length=60)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("last_seen_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("end_reason", fields.CharEnumField(null=True, enum_type=SignInEnd, max_length=24)),
            ],
            options={
                "table": "sign_in",
                "app": "shop",
                "indexes": [
                    Index(fields=["customer_id", "last_seen_at"], name="sign_in_by_customer"),
                    Index(fields=["staff_id", "last_seen_at"], name="sign_in_by_staff"),
                    Index(fields=["ended_at"], name="sign_in_by_end"),
                ],
                "pk_attr": "id",
                "table_description": "A phone or a browser somebody signed in on, from signing in to its end: what a client sees as a device.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "SignIn",
            [
                CheckConstraint(
                    check="end_reason IN ('SIGNED_OUT', 'ENDED_ELSEWHERE', 'EXPIRED', 'REUSED', 'CLOSED', 'BY_ADMINISTRATOR')",
                    name="sign_in_end_reason_known",
                ),
                CheckConstraint(check="num_nonnulls(customer_id, staff_id) = 1", name="sign_in_one_person"),
                CheckConstraint(check="(ended_at IS NULL) = (end_reason IS NULL)", name="sign_in_ended_for_a_reason"),
                CheckConstraint(
                    check="last_seen_at >= created_at AND expires_at > created_at", name="sign_in_seen_after_created"
                ),
            ],
        ),
        ops.CreateModel(
            name="RefreshToken",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "sign_in",
                    fields.ForeignKeyField(
                        "shop.SignIn",
                        source_field="sign_in_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("token_hash", fields.BinaryField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "refresh_token",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A refresh token, kept as a hash: used once for the next one. A second use means that somebody copied it.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "RefreshToken",
            [
                UniqueConstraint(fields=("token_hash",), name="refresh_token_token_hash_key"),
                UniqueConstraint(
                    fields=("sign_in_id",), name="refresh_token_sign_in_id_key", condition="used_at IS NULL"
                ),
                CheckConstraint(check="octet_length(token_hash) = 32", name="refresh_token_hash_length"),
                CheckConstraint(check="expires_at > created_at", name="refresh_token_expires_later"),
            ],
        ),
        ops.DeleteModel(name="Device"),
    ]
