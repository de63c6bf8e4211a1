"""A customer's coupons: in which state each is, and what it gives."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from app.coupons.enums import CouponKind, CouponReason, CouponScope, CouponState
from app.kit import db
from app.promotions.price import CouponTerms, Item, Priced, price

# a code given back is not used, and one held beyond its time is not held
_OF_CUSTOMER = """SELECT c.id, c.coupon_id, c.expires_at, t.kind, t.amount_fen, t.percent_off, t.cap_fen,
  t.minimum_spend_fen, t.scope, w.product_ids, w.category_ids, CASE
    WHEN (SELECT sum(CASE r.kind WHEN 'REDEEM' THEN 1 ELSE -1 END) FROM coupon_redemption r
      WHERE r.coupon_code_id = c.id) > 0 THEN 'USED'
    WHEN EXISTS (SELECT FROM coupon_hold h WHERE h.coupon_code_id = c.id AND h.released_at IS NULL
      AND (h.expires_at IS NULL OR h.expires_at > $2) AND h.hold_id IS DISTINCT FROM $3) THEN 'HELD'
    WHEN c.expires_at <= $2 THEN 'EXPIRED' ELSE 'USABLE' END AS state
FROM coupon_code c JOIN coupon t ON t.id = c.coupon_id CROSS JOIN LATERAL (
  SELECT array_agg(g.product_id) FILTER (WHERE g.product_id IS NOT NULL) AS product_ids,
    array_agg(g.category_id) FILTER (WHERE g.category_id IS NOT NULL) AS category_ids
  FROM coupon_target g WHERE g.coupon_id = t.id) w
WHERE c.customer_id = $1"""
_ONE = f"{_OF_CUSTOMER} AND c.id = $4"
MOST = 100  # of a wallet, those that expire soonest
_LIVE = f"{_OF_CUSTOMER} AND c.expires_at > $2 ORDER BY c.expires_at, c.id LIMIT {MOST}"

_REASONS = {
    CouponState.USED: CouponReason.USED,
    CouponState.HELD: CouponReason.USED,
    CouponState.EXPIRED: CouponReason.EXPIRED,
}


@dataclass(frozen=True, slots=True)
class Held:
    """A code in a customer's wallet."""

    code_id: int
    coupon_id: int
    expires_at: datetime
    state: CouponState
    terms: CouponTerms

    @property
    def reason(self) -> CouponReason | None:
        """Why it can be used for nothing at all; None when it can."""
        return _REASONS.get(self.state)


@dataclass(frozen=True, slots=True)
class Tried:
    """What a cart costs with a code, or why the code changes nothing."""

    held: Held
    priced: Priced
    reason: CouponReason | None


async def code_of(customer_id: int, code_id: int, now: datetime, own_hold_id: int | None) -> Held | None:
    """A code of this customer; None when she has no such code. Kept by `own_hold_id` it is usable."""
    found = await db.fetch(_ONE, customer_id, now, own_hold_id, code_id)
    return _held(found[0]) if found else None


async def live_codes(customer_id: int, now: datetime, own_hold_id: int | None) -> list[Held]:
    """Her codes that have not expired, the soonest first; MOST of them."""
    return [_held(record) for record in await db.fetch(_LIVE, customer_id, now, own_hold_id)]


def tried(items: list[Item], codes: Iterable[Held]) -> list[Tried]:
    """Each code tried on these items, best first: least price, then earliest end, then id; those that fail last."""
    bare = price(items)
    found = []
    for held in codes:
        priced = bare if held.reason else price(items, held.terms)
        found.append(Tried(held, priced, held.reason or priced.reason))
    return sorted(
        found,
        key=lambda each: (
            each.reason is not None,
            each.priced.total_fen,
            each.held.expires_at,
            each.held.code_id,
        ),
    )


def _held(record: asyncpg.Record) -> Held:
    is_limited = record["scope"] != CouponScope.ALL.value
    terms = CouponTerms(
        kind=CouponKind(record["kind"]),
        amount_fen=record["amount_fen"],
        percent_off=record["percent_off"],
        cap_fen=record["cap_fen"],
        minimum_spend_fen=record["minimum_spend_fen"],
        product_ids=frozenset(record["product_ids"] or ()) if is_limited else None,
        category_ids=frozenset(record["category_ids"] or ()) if is_limited else None,
    )
    return Held(record["id"], record["coupon_id"], record["expires_at"], CouponState(record["state"]), terms)
