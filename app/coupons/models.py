"""Tables of coupons: templates, what they apply to, claimed codes and their use."""

from datetime import datetime

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.coupons.enums import CouponKind, CouponScope, RedemptionKind
from app.kit.fields import check, choice, known, ref, unique
from app.kit.personal import Erase, Mask, declare


class Coupon(Model):
    """A coupon template: what it gives, from which spend, who may claim how many until when."""

    id = fields.BigIntField(primary_key=True)
    code = fields.CharField(max_length=40, unique=True)
    name = fields.CharField(max_length=60)
    kind = choice(CouponKind)
    amount_fen = fields.BigIntField(null=True)
    percent_off = fields.SmallIntField(null=True)
    cap_fen = fields.BigIntField(null=True)
    minimum_spend_fen = fields.BigIntField(default=0)
    scope = choice(CouponScope)
    usage_limit = fields.IntField()
    claimed_count = fields.IntField(default=0)
    per_customer_limit = fields.SmallIntField(default=1)
    is_stackable = fields.BooleanField(default=False)
    claim_starts_at = fields.DatetimeField()
    claim_ends_at = fields.DatetimeField()
    valid_days = fields.SmallIntField(null=True)  # after claiming; null: until valid_until
    valid_until = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    for_product_id: int  # joined by app.coupons.queries: the product it was asked for

    class Meta:
        """The limit on claims is a CHECK on the counter, so it cannot be raced."""

        table = "coupon"
        indexes = (Index(fields=("claim_ends_at", "id"), name="coupon_claimable"),)
        constraints = (
            known("coupon", "kind", CouponKind),
            known("coupon", "scope", CouponScope),
            check("coupon", "claims_within_limit", "usage_limit > 0 AND claimed_count BETWEEN 0 AND usage_limit"),
            check("coupon", "per_customer_positive", "per_customer_limit > 0"),
            check("coupon", "claim_window", "claim_starts_at < claim_ends_at"),
            check(
                "coupon",
                "validity_one_way",
                "(valid_days IS NULL) <> (valid_until IS NULL) AND valid_days > 0",
            ),
            check("coupon", "minimum_not_negative", "minimum_spend_fen >= 0"),
            check(
                "coupon",
                "gives_by_kind",
                "CASE kind WHEN 'AMOUNT' THEN amount_fen IS NOT NULL AND amount_fen > 0 AND percent_off IS NULL"
                " AND cap_fen IS NULL AND minimum_spend_fen >= amount_fen"
                " ELSE percent_off IS NOT NULL AND percent_off BETWEEN 1 AND 99 AND amount_fen IS NULL"
                " AND cap_fen IS NOT NULL AND cap_fen > 0 END",
            ),
        )


class CouponTarget(Model):
    """A category (with everything below it) or a product that a coupon is limited to."""

    id = fields.BigIntField(primary_key=True)
    coupon = ref("Coupon")
    category = ref("Category", null=True)
    product = ref("Product", null=True)

    class Meta:
        """Exactly one of the two."""

        table = "coupon_target"
        indexes = (
            Index(fields=("category_id",), name="coupon_target_by_category"),
            Index(fields=("product_id",), name="coupon_target_by_product"),
        )
        constraints = (
            unique("coupon_target", "coupon_id", "category_id"),
            unique("coupon_target", "coupon_id", "product_id"),
            check("coupon_target", "one_target", "(category_id IS NULL) <> (product_id IS NULL)"),
        )


class CouponCode(Model):
    """A coupon in a customer's hands. The n-th of a customer is a row of its own: limits are keys."""

    id = fields.BigIntField(primary_key=True)
    coupon = ref("Coupon")
    customer = ref("Customer")
    code = fields.CharField(max_length=20, unique=True)
    ordinal = fields.SmallIntField()  # 1 for the customer's first of this coupon
    ordinal_limit = fields.SmallIntField()  # the template's per-customer limit when claimed
    claimed_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()

    coupon_id: int
    state: str  # joined by app.coupons.queries: a CouponState

    class Meta:
        """At most `ordinal_limit` codes of a coupon per customer, by key and CHECK."""

        table = "coupon_code"
        indexes = (Index(fields=("customer_id", "expires_at"), name="coupon_code_by_customer"),)
        constraints = (
            unique("coupon_code", "coupon_id", "customer_id", "ordinal"),
            check("coupon_code", "ordinal_within_limit", "ordinal BETWEEN 1 AND ordinal_limit"),
            check("coupon_code", "expires_later", "expires_at > claimed_at"),
        )


class CouponHold(Model):
    """A code kept for a checkout, and then for its order. Written and ended only by who has the code's row locked.

    `expires_at` is null once an order has taken it.
    """

    id = fields.BigIntField(primary_key=True)
    hold = ref("Hold")
    hold_id: int
    coupon_code = ref("CouponCode")
    coupon_code_id: int
    expires_at: datetime | None = fields.DatetimeField(null=True)
    released_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        """A code serves one hold at a time, and a hold takes one code."""

        table = "coupon_hold"
        constraints = (
            unique("coupon_hold", "coupon_code_id", where="released_at IS NULL"),
            unique("coupon_hold", "hold_id", where="released_at IS NULL"),
        )


class CouponRedemption(Model):
    """A code used up, or given back when its order fell through. Append-only."""

    id = fields.BigIntField(primary_key=True)
    coupon_code = ref("CouponCode")
    attempt = fields.SmallIntField()
    kind = choice(RedemptionKind)
    discount_fen = fields.BigIntField()
    redeemed_at = fields.DatetimeField()

    class Meta:
        """Each attempt is redeemed once and given back at most once."""

        table = "coupon_redemption"
        constraints = (
            unique("coupon_redemption", "coupon_code_id", "attempt", "kind"),
            known("coupon_redemption", "kind", RedemptionKind),
            check("coupon_redemption", "attempt_positive", "attempt > 0 AND discount_fen >= 0"),
        )


declare(
    CouponCode,
    plain=("id", "coupon_id", "code", "ordinal", "ordinal_limit", "claimed_at", "expires_at"),
    customer_id=("discount on an order", "3 years (E-Commerce Law, article 31)", Mask.HIDDEN, Erase.KEEP),
)
