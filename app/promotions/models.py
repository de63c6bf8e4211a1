"""Tables of offers and gifts, and of their units kept for checkouts."""

from datetime import datetime

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.kit.fields import check, ref, unique


class Offer(Model):
    """A lower price of a SKU for a limited time, optionally for a limited number of units."""

    id = fields.BigIntField(primary_key=True)
    sku = ref("Sku")
    sku_id: int
    name = fields.CharField(max_length=40)
    price_fen = fields.BigIntField()
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    quota = fields.IntField(null=True)
    sold = fields.IntField(default=0)
    per_customer_limit = fields.SmallIntField(null=True)
    is_active = fields.BooleanField(default=True)
    created_at = fields.DatetimeField()

    class Meta:
        """Active offers of a SKU do not overlap (migration: EXCLUDE); units sold stay within the quota."""

        table = "offer"
        indexes = (Index(fields=("sku_id", "ends_at"), name="offer_by_sku"),)
        constraints = (
            check("offer", "price_positive", "price_fen > 0"),
            check("offer", "window", "starts_at < ends_at"),
            check("offer", "within_quota", "sold >= 0 AND (quota IS NULL OR sold <= quota)"),
            check("offer", "per_customer_positive", "per_customer_limit > 0"),
        )


class OfferHold(Model):
    """Units of an offer kept for a checkout, and then for its order: counted in the offer's `sold` while it lives.

    Written and ended only by who has the offer's row locked. `expires_at` is null once an order has taken it.
    """

    id = fields.BigIntField(primary_key=True)
    hold = ref("Hold")
    hold_id: int
    offer = ref("Offer")
    offer_id: int
    quantity = fields.IntField()
    expires_at: datetime | None = fields.DatetimeField(null=True)
    released_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        """A hold has one live line per offer."""

        table = "offer_hold"
        indexes = (Index(fields=("hold_id",), name="offer_hold_by_hold"),)
        constraints = (
            unique("offer_hold", "offer_id", "hold_id", where="released_at IS NULL"),
            check("offer_hold", "quantity_positive", "quantity > 0"),
        )


class GiftRule(Model):
    """Buy so many units of a SKU, and get units of another for nothing, for a limited time and number."""

    id = fields.BigIntField(primary_key=True)
    sku = ref("Sku")
    sku_id: int
    buy_quantity = fields.SmallIntField()
    gift_sku = ref("Sku")
    gift_sku_id: int
    gift_quantity = fields.SmallIntField()  # for each whole `buy_quantity`
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    quota = fields.IntField(null=True)  # units of the gift
    given = fields.IntField(default=0)
    is_active = fields.BooleanField(default=True)
    created_at = fields.DatetimeField()

    class Meta:
        """Units given, or kept for a checkout, stay within the quota."""

        table = "gift_rule"
        indexes = (Index(fields=("sku_id", "ends_at"), name="gift_rule_by_sku"),)
        constraints = (
            check("gift_rule", "quantities_positive", "buy_quantity > 0 AND gift_quantity > 0"),
            check("gift_rule", "window", "starts_at < ends_at"),
            check("gift_rule", "within_quota", "given >= 0 AND (quota IS NULL OR given <= quota)"),
        )


class GiftHold(Model):
    """Units of a gift kept for a checkout, and then for its order: counted in the rule's `given` while it lives.

    Written and ended only by who has the rule's row locked. `expires_at` is null once an order has taken it.
    """

    id = fields.BigIntField(primary_key=True)
    hold = ref("Hold")
    hold_id: int
    gift_rule = ref("GiftRule")
    gift_rule_id: int
    quantity = fields.IntField()
    expires_at: datetime | None = fields.DatetimeField(null=True)
    released_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        """A hold has one live line per rule."""

        table = "gift_hold"
        indexes = (Index(fields=("hold_id",), name="gift_hold_by_hold"),)
        constraints = (
            unique("gift_hold", "gift_rule_id", "hold_id", where="released_at IS NULL"),
            check("gift_hold", "quantity_positive", "quantity > 0"),
        )
