from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints

# what is held beyond its time: read with every cart, and by the sweep; few rows at any time
ENDING = """CREATE INDEX gift_hold_ending ON gift_hold (gift_rule_id, expires_at) INCLUDE (quantity)
  WHERE released_at IS NULL AND expires_at IS NOT NULL"""


class Migration(migrations.Migration):
    dependencies = [("shop", "0030_reconciliation_charges")]
    initial = False
    operations = [
        ops.CreateModel(
            name="Cart",
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
                ("token_hash", fields.BinaryField(null=True)),
                ("address_index", fields.BinaryField(null=True)),
                (
                    "pickup_point",
                    fields.ForeignKeyField(
                        "shop.PickupPoint",
                        source_field="pickup_point_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "pickup_slot",
                    fields.ForeignKeyField(
                        "shop.PickupSlot",
                        source_field="pickup_slot_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "coupon_code",
                    fields.ForeignKeyField(
                        "shop.CouponCode",
                        source_field="coupon_code_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "merged_into",
                    fields.ForeignKeyField(
                        "shop.Cart",
                        source_field="merged_into_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("touched_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "cart",
                "app": "shop",
                "indexes": [
                    Index(fields=["address_index", "created_at"], name="cart_by_address"),
                    Index(fields=["merged_into_id"], name="cart_by_merged_into"),
                ],
                "pk_attr": "id",
                "table_description": "What somebody wants to buy: a customer's one cart, or a visitor's, found by a secret token (a hash is kept).",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Cart",
            [
                UniqueConstraint(fields=("customer_id",), name="cart_customer_id_key"),
                UniqueConstraint(fields=("token_hash",), name="cart_token_hash_key"),
                CheckConstraint(check="(customer_id IS NULL) <> (token_hash IS NULL)", name="cart_one_owner"),
                CheckConstraint(
                    check="(token_hash IS NULL) = (address_index IS NULL)", name="cart_visitor_has_address"
                ),
                CheckConstraint(
                    check="octet_length(token_hash) = 32 AND octet_length(address_index) = 32",
                    name="cart_token_hash_length",
                ),
                CheckConstraint(
                    check="coupon_code_id IS NULL OR customer_id IS NOT NULL", name="cart_coupons_are_of_customers"
                ),
                CheckConstraint(check="merged_into_id IS NULL OR customer_id IS NULL", name="cart_customers_stay"),
                CheckConstraint(
                    check="pickup_slot_id IS NULL OR pickup_point_id IS NOT NULL", name="cart_slot_has_point"
                ),
            ],
        ),
        ops.CreateModel(
            name="CartLine",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "cart",
                    fields.ForeignKeyField(
                        "shop.Cart",
                        source_field="cart_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "sku",
                    fields.ForeignKeyField(
                        "shop.Sku",
                        source_field="sku_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("quantity", fields.SmallIntField()),
                ("seen_price_fen", fields.BigIntField()),
                ("added_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "cart_line",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "Units of a SKU in a cart, and what one cost when the line was last written.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "CartLine",
            [
                UniqueConstraint(fields=("cart_id", "sku_id"), name="cart_line_cart_id_sku_id_key"),
                CheckConstraint(check="quantity > 0 AND seen_price_fen > 0", name="cart_line_quantity_positive"),
            ],
        ),
        ops.CreateModel(
            name="GiftRule",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "sku",
                    fields.ForeignKeyField(
                        "shop.Sku",
                        source_field="sku_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("buy_quantity", fields.SmallIntField()),
                (
                    "gift_sku",
                    fields.ForeignKeyField(
                        "shop.Sku",
                        source_field="gift_sku_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("gift_quantity", fields.SmallIntField()),
                ("starts_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ends_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("quota", fields.IntField(null=True)),
                ("given", fields.IntField(default=0)),
                ("is_active", fields.BooleanField(default=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "gift_rule",
                "app": "shop",
                "indexes": [Index(fields=["sku_id", "ends_at"], name="gift_rule_by_sku")],
                "pk_attr": "id",
                "table_description": "Buy so many units of a SKU, and get units of another for nothing, for a limited time and number.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "GiftRule",
            [
                CheckConstraint(check="buy_quantity > 0 AND gift_quantity > 0", name="gift_rule_quantities_positive"),
                CheckConstraint(check="starts_at < ends_at", name="gift_rule_window"),
                CheckConstraint(
                    check="given >= 0 AND (quota IS NULL OR given <= quota)", name="gift_rule_within_quota"
                ),
            ],
        ),
        ops.CreateModel(
            name="GiftHold",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "hold",
                    fields.ForeignKeyField(
                        "shop.Hold",
                        source_field="hold_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "gift_rule",
                    fields.ForeignKeyField(
                        "shop.GiftRule",
                        source_field="gift_rule_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("quantity", fields.IntField()),
                ("expires_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("released_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "gift_hold",
                "app": "shop",
                "indexes": [Index(fields=["hold_id"], name="gift_hold_by_hold")],
                "pk_attr": "id",
                "table_description": "Units of a gift kept for a checkout, and then for its order: counted in the rule's `given` while it lives.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "GiftHold",
            [
                UniqueConstraint(
                    fields=("gift_rule_id", "hold_id"),
                    name="gift_hold_gift_rule_id_hold_id_key",
                    condition="released_at IS NULL",
                ),
                CheckConstraint(check="quantity > 0", name="gift_hold_quantity_positive"),
            ],
        ),
        ops.RunSQL(ENDING, reverse_sql="DROP INDEX gift_hold_ending"),
    ]
