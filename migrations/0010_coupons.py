from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.coupons.enums import CouponKind, CouponScope, RedemptionKind
from app.kit.add_constraints import AddConstraints


class Migration(migrations.Migration):
    dependencies = [("shop", "0009_inventory")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Coupon",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("code", fields.CharField(unique=True, max_length=40)),
                ("name", fields.CharField(max_length=60)),
                (
                    "kind",
                    fields.CharEnumField(
                        description="AMOUNT: AMOUNT\nPERCENT: PERCENT", enum_type=CouponKind, max_length=24
                    ),
                ),
                ("amount_fen", fields.BigIntField(null=True)),
                ("percent_off", fields.SmallIntField(null=True)),
                ("cap_fen", fields.BigIntField(null=True)),
                ("minimum_spend_fen", fields.BigIntField(default=0)),
                (
                    "scope",
                    fields.CharEnumField(
                        description="ALL: ALL\nCATEGORY: CATEGORY\nPRODUCT: PRODUCT",
                        enum_type=CouponScope,
                        max_length=24,
                    ),
                ),
                ("usage_limit", fields.IntField()),
                ("claimed_count", fields.IntField(default=0)),
                ("per_customer_limit", fields.SmallIntField(default=1)),
                ("is_stackable", fields.BooleanField(default=False)),
                ("claim_starts_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("claim_ends_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("valid_days", fields.SmallIntField(null=True)),
                ("valid_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "coupon",
                "app": "shop",
                "indexes": [Index(fields=["claim_ends_at", "id"], name="coupon_claimable")],
                "pk_attr": "id",
                "table_description": "A coupon template: what it gives, from which spend, who may claim how many until when.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Coupon",
            [
                CheckConstraint(check="kind IN ('AMOUNT', 'PERCENT')", name="coupon_kind_known"),
                CheckConstraint(check="scope IN ('ALL', 'CATEGORY', 'PRODUCT')", name="coupon_scope_known"),
                CheckConstraint(
                    check="usage_limit > 0 AND claimed_count BETWEEN 0 AND usage_limit",
                    name="coupon_claims_within_limit",
                ),
                CheckConstraint(check="per_customer_limit > 0", name="coupon_per_customer_positive"),
                CheckConstraint(check="claim_starts_at < claim_ends_at", name="coupon_claim_window"),
                CheckConstraint(
                    check="(valid_days IS NULL) <> (valid_until IS NULL) AND valid_days > 0",
                    name="coupon_validity_one_way",
                ),
                CheckConstraint(check="minimum_spend_fen >= 0", name="coupon_minimum_not_negative"),
                CheckConstraint(
                    check="CASE kind WHEN 'AMOUNT' THEN amount_fen IS NOT NULL AND amount_fen > 0 AND percent_off IS NULL AND cap_fen IS NULL AND minimum_spend_fen >= amount_fen ELSE percent_off IS NOT NULL AND percent_off BETWEEN 1 AND 99 AND amount_fen IS NULL AND cap_fen IS NOT NULL AND cap_fen > 0 END",
                    name="coupon_gives_by_kind",
                ),
            ],
        ),
        ops.CreateModel(
            name="CouponTarget",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "coupon",
                    fields.ForeignKeyField(
                        "shop.Coupon",
                        source_field="coupon_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "category",
                    fields.ForeignKeyField(
                        "shop.Category",
                        source_field="category_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "product",
                    fields.ForeignKeyField(
                        "shop.Product",
                        source_field="product_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
            ],
            options={
                "table": "coupon_target",
                "app": "shop",
                "indexes": [
                    Index(fields=["category_id"], name="coupon_target_by_category"),
                    Index(fields=["product_id"], name="coupon_target_by_product"),
                ],
                "pk_attr": "id",
                "table_description": "A category (with everything below it) or a product that a coupon is limited to.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "CouponTarget",
            [
                UniqueConstraint(fields=("coupon_id", "category_id"), name="coupon_target_coupon_id_category_id_key"),
                UniqueConstraint(fields=("coupon_id", "product_id"), name="coupon_target_coupon_id_product_id_key"),
                CheckConstraint(check="(category_id IS NULL) <> (product_id IS NULL)", name="coupon_target_one_target"),
            ],
        ),
        ops.CreateModel(
            name="CouponCode",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "coupon",
                    fields.ForeignKeyField(
                        "shop.Coupon",
                        source_field="coupon_id",
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
                ("code", fields.CharField(unique=True, max_length=20)),
                ("ordinal", fields.SmallIntField()),
                ("ordinal_limit", fields.SmallIntField()),
                ("claimed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "coupon_code",
                "app": "shop",
                "indexes": [Index(fields=["customer_id", "expires_at"], name="coupon_code_by_customer")],
                "pk_attr": "id",
                "table_description": "A coupon in a customer's hands. The n-th of a customer is a row of its own: limits are keys.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "CouponCode",
            [
                UniqueConstraint(
                    fields=("coupon_id", "customer_id", "ordinal"), name="coupon_code_coupon_id_customer_id_ordinal_key"
                ),
                CheckConstraint(check="ordinal BETWEEN 1 AND ordinal_limit", name="coupon_code_ordinal_within_limit"),
                CheckConstraint(check="expires_at > claimed_at", name="coupon_code_expires_later"),
            ],
        ),
        ops.CreateModel(
            name="CouponRedemption",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "coupon_code",
                    fields.ForeignKeyField(
                        "shop.CouponCode",
                        source_field="coupon_code_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("attempt", fields.SmallIntField()),
                (
                    "kind",
                    fields.CharEnumField(
                        description="REDEEM: REDEEM\nRESTORE: RESTORE", enum_type=RedemptionKind, max_length=24
                    ),
                ),
                ("discount_fen", fields.BigIntField()),
                ("redeemed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "coupon_redemption",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A code used up, or given back when its order fell through. Append-only.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "CouponRedemption",
            [
                UniqueConstraint(
                    fields=("coupon_code_id", "attempt", "kind"),
                    name="coupon_redemption_coupon_code_id_attempt_kind_key",
                ),
                CheckConstraint(check="kind IN ('REDEEM', 'RESTORE')", name="coupon_redemption_kind_known"),
                CheckConstraint(check="attempt > 0 AND discount_fen >= 0", name="coupon_redemption_attempt_positive"),
            ],
        ),
    ]
