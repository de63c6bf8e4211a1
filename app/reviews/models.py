"""Tables of reviews and the votes on them."""

from tortoise import fields
from tortoise.models import Model

from app.kit.fields import check, choice, document, known, ref, unique
from app.kit.personal import Erase, Mask, declare
from app.reviews.enums import Moderation, ReviewSource


class Review(Model):
    """What a customer says of a product, bound to the lot and the store it came from."""

    id = fields.BigIntField(primary_key=True)
    product = ref("Product")
    product_id: int
    customer = ref("Customer")
    customer_id: int
    source = choice(ReviewSource)
    order_line_id = fields.BigIntField(null=True, unique=True)  # a foreign key once orders exist
    sku = ref("Sku", null=True)
    sku_id: int | None
    lot = ref("Lot", null=True)
    lot_id: int | None
    pickup_point = ref("PickupPoint", null=True)
    pickup_point_id: int | None
    days_since_packed = fields.SmallIntField(null=True)
    rating = fields.SmallIntField()
    body = fields.TextField()
    media = document(default=list)  # [{kind, key, width, height}], in the author's order
    moderation = choice(Moderation, default=Moderation.PENDING)
    moderation_reason = fields.CharField(max_length=200, null=True)
    helpful_count = fields.IntField(default=0)
    reply = fields.TextField(null=True)
    replied_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    author_name: str  # joined by app.reviews.queries: the customer's display name

    class Meta:
        """A review comes from an order line, or is marked as a demo; listing indexes are partial (migration)."""

        table = "review"
        constraints = (
            known("review", "source", ReviewSource),
            known("review", "moderation", Moderation),
            check("review", "from_order_or_demo", "source = 'DEMO' OR order_line_id IS NOT NULL"),
            check("review", "rating_stars", "rating BETWEEN 1 AND 5"),
            check("review", "counts", "helpful_count >= 0 AND days_since_packed >= 0"),
            check("review", "reply_has_time", "(reply IS NULL) = (replied_at IS NULL)"),
            check("review", "rejected_has_reason", "moderation <> 'REJECTED' OR moderation_reason IS NOT NULL"),
            check("review", "media_list", "jsonb_typeof(media) = 'array' AND jsonb_array_length(media) <= 9"),
        )


class ReviewVote(Model):
    """That a customer found a review helpful."""

    id = fields.BigIntField(primary_key=True)
    review = ref("Review")
    customer = ref("Customer")
    voted_at = fields.DatetimeField()

    class Meta:
        """One vote each."""

        table = "review_vote"
        constraints = (unique("review_vote", "review_id", "customer_id"),)


declare(
    Review,
    plain=[
        "id",
        "product_id",
        "source",
        "order_line_id",
        "sku_id",
        "lot_id",
        "pickup_point_id",
        "days_since_packed",
        "rating",
        "moderation",
        "moderation_reason",
        "helpful_count",
        "reply",
        "replied_at",
        "created_at",
    ],
    customer_id=("author of the review", "until closure", Mask.HIDDEN, Erase.ANONYMISE),
    body=("what other customers read", "3 years (E-Commerce Law, article 39)", Mask.HIDDEN, Erase.KEEP),
    media=("what other customers see", "3 years (E-Commerce Law, article 39)", Mask.HIDDEN, Erase.KEEP),
)
declare(
    ReviewVote,
    plain=("id", "review_id", "voted_at"),
    customer_id=("one vote per customer", "until closure", Mask.HIDDEN, Erase.DELETE_ROW),
)
