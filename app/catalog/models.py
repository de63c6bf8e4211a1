"""Tables of what the shop sells."""

from datetime import datetime

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.indexes import Index
from tortoise.models import Model

from app.catalog.enums import MediaKind, ProductStatus, ReturnPolicy, SoldBy, Storage
from app.kit.fields import check, choice, known, ref, texts, unique


def no_stars() -> list[int]:
    """The star counts of a product nobody has reviewed."""
    return [0, 0, 0, 0, 0]


class Category(Model):
    """A shelf in the shop; categories form a tree."""

    id = fields.BigIntField(primary_key=True)
    parent = ref("Category", null=True)
    parent_id: int | None
    slug = fields.CharField(max_length=60, unique=True)
    name = fields.CharField(max_length=40)
    icon = fields.CharField(max_length=8)  # an emoji
    position = fields.SmallIntField()

    class Meta:
        """A category is not its own parent; a longer circle is refused by a trigger in the migration."""

        table = "category"
        indexes = (Index(fields=("parent_id", "position", "id"), name="category_listing"),)
        constraints = (
            check("category", "not_own_parent", "parent_id <> id"),
            check("category", "slug_form", "slug ~ '^[a-z0-9-]{1,60}$'"),
        )


class Product(Model):
    """What a customer looks at: one kind of food, sold in one or more specifications (Sku)."""

    id = fields.BigIntField(primary_key=True)
    category = ref("Category")
    category_id: int
    slug = fields.CharField(max_length=80, unique=True)
    name = fields.CharField(max_length=60)
    subtitle = fields.CharField(max_length=120)
    description = fields.TextField()
    status = choice(ProductStatus, default=ProductStatus.DRAFT)
    sold_by = choice(SoldBy)
    return_policy = choice(ReturnPolicy)
    storage = choice(Storage)
    storage_min_c = fields.SmallIntField(null=True)
    storage_max_c = fields.SmallIntField(null=True)
    origin = fields.CharField(max_length=60)
    allergens = texts()
    shelf_life_days = fields.SmallIntField()
    min_days_left = fields.SmallIntField()  # promised days before expiry at pickup
    price_from_fen = fields.BigIntField(null=True)  # lowest shelf price of its SKUs: filter and sort key
    sales_count = fields.BigIntField(default=0)
    rating_sum = fields.BigIntField(default=0)
    star_counts = ArrayField(element_type="int", default=no_stars)  # of 1..5 stars, approved
    published_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        """Sums kept beside the row are rebuildable; the published listing has an index per sort."""

        table = "product"
        indexes = (Index(fields=("category_id",), name="product_by_category"),)
        constraints = (
            known("product", "status", ProductStatus),
            known("product", "sold_by", SoldBy),
            known("product", "return_policy", ReturnPolicy),
            known("product", "storage", Storage),
            check("product", "slug_form", "slug ~ '^[a-z0-9-]{1,80}$'"),
            check(
                "product",
                "published_is_complete",
                "status <> 'PUBLISHED' OR (published_at IS NOT NULL AND price_from_fen IS NOT NULL)",
            ),
            check("product", "storage_range", "storage_min_c <= storage_max_c"),
            check("product", "shelf_life", "shelf_life_days > 0 AND min_days_left BETWEEN 0 AND shelf_life_days"),
            check("product", "price_from_positive", "price_from_fen > 0"),
            check("product", "sales_not_negative", "sales_count >= 0"),
            check(
                "product",
                "rating_adds_up",
                "cardinality(star_counts) = 5 AND 0 <= ALL (star_counts) AND rating_sum = star_counts[1]"
                " + 2 * star_counts[2] + 3 * star_counts[3] + 4 * star_counts[4] + 5 * star_counts[5]",
            ),
        )


class Sku(Model):
    """A specification a customer can put into the cart, with its price."""

    id = fields.BigIntField(primary_key=True)
    product = ref("Product")
    product_id: int
    code = fields.CharField(max_length=40, unique=True)
    gtin = fields.CharField(max_length=14, unique=True)
    spec = fields.CharField(max_length=40)
    price_fen = fields.BigIntField()
    list_price_fen = fields.BigIntField(null=True)
    net_grams = fields.IntField(null=True)
    pieces = fields.SmallIntField(default=1)
    is_catch_weight = fields.BooleanField(default=False)
    max_per_order = fields.SmallIntField(default=20)
    is_active = fields.BooleanField(default=True)
    position = fields.SmallIntField()

    # the offer live at the time of reading, joined by app.storefront.queries; None: there is none
    offer_name: str | None
    offer_price_fen: int | None
    offer_ends_at: datetime | None
    offer_remaining: int | None
    # the least asked in the 7 days before the present price began, joined too; None: nothing is known of them
    lowest_before_fen: int | None

    class Meta:
        """A crossed-out price lies above the price; what is weighed has a nominal weight."""

        table = "sku"
        constraints = (
            unique("sku", "product_id", "position"),
            check("sku", "gtin_digits", "gtin ~ '^[0-9]{14}$'"),
            check("sku", "price_positive", "price_fen > 0"),
            check("sku", "list_price_above", "list_price_fen > price_fen"),
            check("sku", "net_positive", "net_grams > 0 AND pieces > 0 AND max_per_order > 0"),
            check("sku", "catch_weight_has_net", "NOT is_catch_weight OR net_grams IS NOT NULL"),
        )


class Media(Model):
    """A picture, video, panorama or set of spin frames of a product."""

    id = fields.BigIntField(primary_key=True)
    product = ref("Product")
    product_id: int
    kind = choice(MediaKind)
    position = fields.SmallIntField()
    alt = fields.CharField(max_length=120)
    storage_key = fields.CharField(max_length=200)
    poster_key = fields.CharField(max_length=200, null=True)
    width = fields.IntField()
    height = fields.IntField()
    duration_seconds = fields.SmallIntField(null=True)
    frame_count = fields.SmallIntField(default=1)

    class Meta:
        """A spin has frames, a video a length and a poster."""

        table = "media"
        constraints = (
            unique("media", "product_id", "position"),
            known("media", "kind", MediaKind),
            check("media", "size_positive", "width > 0 AND height > 0"),
            check("media", "spin_has_frames", "(kind = 'SPIN') = (frame_count > 1) AND frame_count > 0"),
            check(
                "media",
                "video_facts",
                "(kind = 'VIDEO') = (duration_seconds IS NOT NULL) AND (kind <> 'VIDEO' OR poster_key IS NOT NULL)",
            ),
        )


class PriceHistory(Model):
    """Each price a SKU was sold at, from when: the ground of the 划线价 rule. Append-only."""

    id = fields.BigIntField(primary_key=True)
    sku = ref("Sku")
    sku_id: int
    price_fen = fields.BigIntField()
    is_offer = fields.BooleanField(default=False)
    effective_at = fields.DatetimeField()

    class Meta:
        """One price of a kind begins at a time."""

        table = "price_history"
        constraints = (
            unique("price_history", "sku_id", "effective_at", "is_offer"),
            check("price_history", "price_positive", "price_fen > 0"),
        )
