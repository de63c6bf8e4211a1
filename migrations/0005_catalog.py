from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.catalog.enums import MediaKind, ProductStatus, ReturnPolicy, SoldBy, Storage
from app.catalog.models import no_stars
from app.kit.add_constraints import AddConstraints


class Migration(migrations.Migration):
    dependencies = [("shop", "0004_pickup")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Category",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "parent",
                    fields.ForeignKeyField(
                        "shop.Category",
                        source_field="parent_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("slug", fields.CharField(unique=True, max_length=60)),
                ("name", fields.CharField(max_length=40)),
                ("icon", fields.CharField(max_length=8)),
                ("position", fields.SmallIntField()),
            ],
            options={
                "table": "category",
                "app": "shop",
                "indexes": [Index(fields=["parent_id", "position", "id"], name="category_listing")],
                "pk_attr": "id",
                "table_description": "A shelf in the shop; categories form a tree.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Category",
            [
                CheckConstraint(check="parent_id <> id", name="category_not_own_parent"),
                CheckConstraint(check="slug ~ '^[a-z0-9-]{1,60}$'", name="category_slug_form"),
            ],
        ),
        ops.CreateModel(
            name="Product",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "category",
                    fields.ForeignKeyField(
                        "shop.Category",
                        source_field="category_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("slug", fields.CharField(unique=True, max_length=80)),
                ("name", fields.CharField(max_length=60)),
                ("subtitle", fields.CharField(max_length=120)),
                ("description", fields.TextField(unique=False)),
                (
                    "status",
                    fields.CharEnumField(
                        default=ProductStatus.DRAFT,
                        description="DRAFT: DRAFT\nPUBLISHED: PUBLISHED\nUNPUBLISHED: UNPUBLISHED",
                        enum_type=ProductStatus,
                        max_length=24,
                    ),
                ),
                (
                    "sold_by",
                    fields.CharEnumField(description="EACH: EACH\nWEIGHT: WEIGHT", enum_type=SoldBy, max_length=24),
                ),
                (
                    "return_policy",
                    fields.CharEnumField(
                        description="FRESH: FRESH\nSTANDARD: STANDARD\nCONFIRMED_EXCEPTION: CONFIRMED_EXCEPTION",
                        enum_type=ReturnPolicy,
                        max_length=24,
                    ),
                ),
                (
                    "storage",
                    fields.CharEnumField(
                        description="AMBIENT: AMBIENT\nCHILLED: CHILLED\nFROZEN: FROZEN",
                        enum_type=Storage,
                        max_length=24,
                    ),
                ),
                ("storage_min_c", fields.SmallIntField(null=True)),
                ("storage_max_c", fields.SmallIntField(null=True)),
                ("origin", fields.CharField(max_length=60)),
                ("allergens", ArrayField(default=list, element_type="TEXT")),
                ("shelf_life_days", fields.SmallIntField()),
                ("min_days_left", fields.SmallIntField()),
                ("price_from_fen", fields.BigIntField(null=True)),
                ("sales_count", fields.BigIntField(default=0)),
                ("rating_sum", fields.BigIntField(default=0)),
                ("star_counts", ArrayField(default=no_stars, element_type="INT")),
                ("published_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("updated_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "product",
                "app": "shop",
                "indexes": [Index(fields=["category_id"], name="product_by_category")],
                "pk_attr": "id",
                "table_description": "What a customer looks at: one kind of food, sold in one or more specifications (Sku).",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Product",
            [
                CheckConstraint(check="status IN ('DRAFT', 'PUBLISHED', 'UNPUBLISHED')", name="product_status_known"),
                CheckConstraint(check="sold_by IN ('EACH', 'WEIGHT')", name="product_sold_by_known"),
                CheckConstraint(
                    check="return_policy IN ('FRESH', 'STANDARD', 'CONFIRMED_EXCEPTION')",
                    name="product_return_policy_known",
                ),
                CheckConstraint(check="storage IN ('AMBIENT', 'CHILLED', 'FROZEN')", name="product_storage_known"),
                CheckConstraint(check="slug ~ '^[a-z0-9-]{1,80}$'", name="product_slug_form"),
                CheckConstraint(
                    check="status <> 'PUBLISHED' OR (published_at IS NOT NULL AND price_from_fen IS NOT NULL)",
                    name="product_published_is_complete",
                ),
                CheckConstraint(check="storage_min_c <= storage_max_c", name="product_storage_range"),
                CheckConstraint(
                    check="shelf_life_days > 0 AND min_days_left BETWEEN 0 AND shelf_life_days",
                    name="product_shelf_life",
                ),
                CheckConstraint(check="price_from_fen > 0", name="product_price_from_positive"),
                CheckConstraint(check="sales_count >= 0", name="product_sales_not_negative"),
                CheckConstraint(
                    check="cardinality(star_counts) = 5 AND 0 <= ALL (star_counts) AND rating_sum = star_counts[1] + 2 * star_counts[2] + 3 * star_counts[3] + 4 * star_counts[4] + 5 * star_counts[5]",
                    name="product_rating_adds_up",
                ),
            ],
        ),
        ops.CreateModel(
            name="Sku",
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
                ("code", fields.CharField(unique=True, max_length=40)),
                ("gtin", fields.CharField(unique=True, max_length=14)),
                ("spec", fields.CharField(max_length=40)),
                ("price_fen", fields.BigIntField()),
                ("list_price_fen", fields.BigIntField(null=True)),
                ("net_grams", fields.IntField(null=True)),
                ("pieces", fields.SmallIntField(default=1)),
                ("is_catch_weight", fields.BooleanField(default=False)),
                ("max_per_order", fields.SmallIntField(default=20)),
                ("is_active", fields.BooleanField(default=True)),
                ("position", fields.SmallIntField()),
            ],
            options={
                "table": "sku",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A specification a customer can put into the cart, with its price.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Sku",
            [
                UniqueConstraint(fields=("product_id", "position"), name="sku_product_id_position_key"),
                CheckConstraint(check="gtin ~ '^[0-9]{14}$'", name="sku_gtin_digits"),
                CheckConstraint(check="price_fen > 0", name="sku_price_positive"),
                CheckConstraint(check="list_price_fen > price_fen", name="sku_list_price_above"),
                CheckConstraint(check="net_grams > 0 AND pieces > 0 AND max_per_order > 0", name="sku_net_positive"),
                CheckConstraint(check="NOT is_catch_weight OR net_grams IS NOT NULL", name="sku_catch_weight_has_net"),
            ],
        ),
        ops.CreateModel(
            name="Media",
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
                    "kind",
                    fields.CharEnumField(
                        description="IMAGE: IMAGE\nVIDEO: VIDEO\nPANORAMA: PANORAMA\nSPIN: SPIN",
                        enum_type=MediaKind,
                        max_length=24,
                    ),
                ),
                ("position", fields.SmallIntField()),
                ("alt", fields.CharField(max_length=120)),
                ("storage_key", fields.CharField(max_length=200)),
                ("poster_key", fields.CharField(null=True, max_length=200)),
                ("width", fields.IntField()),
                ("height", fields.IntField()),
                ("duration_seconds", fields.SmallIntField(null=True)),
                ("frame_count", fields.SmallIntField(default=1)),
            ],
            options={
                "table": "media",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A picture, video, panorama or set of spin frames of a product.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Media",
            [
                UniqueConstraint(fields=("product_id", "position"), name="media_product_id_position_key"),
                CheckConstraint(check="kind IN ('IMAGE', 'VIDEO', 'PANORAMA', 'SPIN')", name="media_kind_known"),
                CheckConstraint(check="width > 0 AND height > 0", name="media_size_positive"),
                CheckConstraint(
                    check="(kind = 'SPIN') = (frame_count > 1) AND frame_count > 0", name="media_spin_has_frames"
                ),
                CheckConstraint(
                    check="(kind = 'VIDEO') = (duration_seconds IS NOT NULL) AND (kind <> 'VIDEO' OR poster_key IS NOT NULL)",
                    name="media_video_facts",
                ),
            ],
        ),
        ops.CreateModel(
            name="PriceHistory",
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
                ("price_fen", fields.BigIntField()),
                ("is_offer", fields.BooleanField(default=False)),
                ("effective_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "price_history",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "Each price a SKU was sold at, from when: the ground of the 划线价 rule. Append-only.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "PriceHistory",
            [
                UniqueConstraint(
                    fields=("sku_id", "effective_at", "is_offer"), name="price_history_sku_id_effective_at_is_offer_key"
                ),
                CheckConstraint(check="price_fen > 0", name="price_history_price_positive"),
            ],
        ),
    ]
