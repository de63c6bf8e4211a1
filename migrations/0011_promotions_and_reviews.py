from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints
from app.reviews.enums import Moderation, ReviewSource


class Migration(migrations.Migration):
    dependencies = [("shop", "0010_coupons")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Offer",
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
                ("name", fields.CharField(max_length=40)),
                ("price_fen", fields.BigIntField()),
                ("starts_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ends_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("quota", fields.IntField(null=True)),
                ("sold", fields.IntField(default=0)),
                ("per_customer_limit", fields.SmallIntField(null=True)),
                ("is_active", fields.BooleanField(default=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "offer",
                "app": "shop",
                "indexes": [Index(fields=["sku_id", "ends_at"], name="offer_by_sku")],
                "pk_attr": "id",
                "table_description": "A lower price of a SKU for a limited time, optionally for a limited number of units.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Offer",
            [
                CheckConstraint(check="price_fen > 0", name="offer_price_positive"),
                CheckConstraint(check="starts_at < ends_at", name="offer_window"),
                CheckConstraint(check="sold >= 0 AND (quota IS NULL OR sold <= quota)", name="offer_within_quota"),
                CheckConstraint(check="per_customer_limit > 0", name="offer_per_customer_positive"),
            ],
        ),
        ops.CreateModel(
            name="Review",
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
                    "source",
                    fields.CharEnumField(description="ORDER: ORDER\nDEMO: DEMO", enum_type=ReviewSource, max_length=24),
                ),
                ("order_line_id", fields.BigIntField(null=True, unique=True)),
                (
                    "sku",
                    fields.ForeignKeyField(
                        "shop.Sku",
                        source_field="sku_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "lot",
                    fields.ForeignKeyField(
                        "shop.Lot",
                        source_field="lot_id",
                        null=True,
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
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("days_since_packed", fields.SmallIntField(null=True)),
                ("rating", fields.SmallIntField()),
                ("body", fields.TextField(unique=False)),
                ("media", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                (
                    "moderation",
                    fields.CharEnumField(
                        default=Moderation.PENDING,
                        description="PENDING: PENDING\nAPPROVED: APPROVED\nREJECTED: REJECTED",
                        enum_type=Moderation,
                        max_length=24,
                    ),
                ),
                ("moderation_reason", fields.CharField(null=True, max_length=200)),
                ("helpful_count", fields.IntField(default=0)),
                ("reply", fields.TextField(null=True, unique=False)),
                ("replied_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "review",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "What a customer says of a product, bound to the lot and the store it came from.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Review",
            [
                CheckConstraint(check="source IN ('ORDER', 'DEMO')", name="review_source_known"),
                CheckConstraint(
                    check="moderation IN ('PENDING', 'APPROVED', 'REJECTED')", name="review_moderation_known"
                ),
                CheckConstraint(check="source = 'DEMO' OR order_line_id IS NOT NULL", name="review_from_order_or_demo"),
                CheckConstraint(check="rating BETWEEN 1 AND 5", name="review_rating_stars"),
                CheckConstraint(check="helpful_count >= 0 AND days_since_packed >= 0", name="review_counts"),
                CheckConstraint(check="(reply IS NULL) = (replied_at IS NULL)", name="review_reply_has_time"),
                CheckConstraint(
                    check="moderation <> 'REJECTED' OR moderation_reason IS NOT NULL", name="review_rejected_has_reason"
                ),
                CheckConstraint(
                    check="jsonb_typeof(media) = 'array' AND jsonb_array_length(media) <= 9", name="review_media_list"
                ),
            ],
        ),
        ops.CreateModel(
            name="ReviewVote",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "review",
                    fields.ForeignKeyField(
                        "shop.Review",
                        source_field="review_id",
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
                ("voted_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "review_vote",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "That a customer found a review helpful.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="ReviewVote",
            constraint=UniqueConstraint(
                fields=("review_id", "customer_id"), name="review_vote_review_id_customer_id_key"
            ),
        ),
    ]
