"""Table of offers."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.kit.fields import check, ref


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
