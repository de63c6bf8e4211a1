"""Reads of coupons."""

from datetime import datetime

from app.coupons.models import Coupon, CouponCode
from app.kit import db
from app.kit.rows import select

_COUPON = select(Coupon, "c")
_CLAIMABLE = "c.claim_starts_at <= $2 AND c.claim_ends_at > $2 AND c.claimed_count < c.usage_limit"
_BY_ID = f"SELECT {_COUPON} FROM coupon c WHERE c.id = ANY($1)"
_BY_PRODUCT = f"""SELECT {_COUPON}, p.id AS for_product_id
FROM product p CROSS JOIN LATERAL (
  SELECT * FROM coupon WHERE scope = 'ALL'
  UNION
  SELECT coupon.* FROM coupon JOIN coupon_target t ON t.coupon_id = coupon.id WHERE t.product_id = p.id
  UNION
  SELECT coupon.* FROM coupon JOIN coupon_target t ON t.coupon_id = coupon.id
  WHERE t.category_id IN (
    WITH RECURSIVE above AS (
      SELECT id, parent_id FROM category WHERE id = p.category_id
      UNION SELECT up.id, up.parent_id FROM category up JOIN above ON up.id = above.parent_id
    ) SELECT id FROM above)
) AS c
WHERE p.id = ANY($1) AND {_CLAIMABLE} ORDER BY c.minimum_spend_fen, c.id"""
# a code given back is not used, and one held beyond its time is not held; $2: the moment
STATE = """CASE
    WHEN (SELECT sum(CASE r.kind WHEN 'REDEEM' THEN 1 ELSE -1 END) FROM coupon_redemption r
      WHERE r.coupon_code_id = c.id) > 0 THEN 'USED'
    WHEN EXISTS (SELECT FROM coupon_hold h WHERE h.coupon_code_id = c.id AND h.released_at IS NULL
      AND (h.expires_at IS NULL OR h.expires_at > $2)) THEN 'HELD'
    WHEN c.expires_at <= $2 THEN 'EXPIRED' ELSE 'USABLE' END AS state"""
CODES = f"SELECT {select(CouponCode, 'c')}, {STATE} FROM coupon_code c"
_CODES_BY_ID = f"{CODES} WHERE c.id = ANY($1)"


async def by_id(ids: list[int]) -> list[Coupon]:
    """The coupons with these ids, in no order."""
    return await db.rows(Coupon, _BY_ID, ids)


async def claimable_by_product(product_ids: list[int], now: datetime) -> list[Coupon]:
    """The coupons one can claim at `now` for each product (`for_product_id`), least minimum spend first.

    A coupon for a category holds for every category below it.
    """
    return await db.rows(Coupon, _BY_PRODUCT, product_ids, now)


async def codes_by_id(ids: list[int], now: datetime) -> list[CouponCode]:
    """The codes with these ids, each with its state at `now`, in no order."""
    return await db.rows(CouponCode, _CODES_BY_ID, ids, now)
