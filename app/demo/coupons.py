"""Coupon templates, what they apply to, and the codes that customers hold."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from app.demo.content.coupons import COUPONS, CouponFacts
from app.demo.frame import category_ids
from app.demo.gs1 import lot_code
from app.demo.products import Product
from app.demo.tables import Ids, Rows
from app.kit.clock import days

LAST_USE_DAYS = 7
"""How long after its claim window a coupon without days of its own may be used."""


def coupon_rows(
    products: Sequence[Product], customers: Sequence[tuple[Any, ...]], now: datetime, ids: Ids, rng: Random
) -> Rows:
    """The rows of all coupons; `claimed_count` is the number of codes."""
    by_slug = {product.good.slug: product.good.id for product in products}
    rows: Rows = {"coupon": [], "coupon_target": [], "coupon_code": []}
    for facts in COUPONS:
        coupon_id = ids.take("coupon")
        starts, ends = now + days(facts.from_day), now + days(facts.to_day)
        until = None if facts.valid_days else ends + days(LAST_USE_DAYS)
        rows["coupon"].append(_coupon(coupon_id, facts, starts, ends, until))
        for slug in facts.targets:
            category = category_ids()[slug] if facts.scope == "CATEGORY" else None
            product = by_slug[slug] if facts.scope == "PRODUCT" else None
            rows["coupon_target"].append((ids.take("coupon_target"), coupon_id, category, product))
        for customer in rng.sample(customers, facts.claimed):
            claimed = starts + (min(now, ends) - starts) * rng.uniform(0.02, 0.98)
            expires = until or claimed + timedelta(days=facts.valid_days)
            code_id = ids.take("coupon_code")
            code = f"{lot_code(code_id)}{rng.randint(0, 9999):04d}"
            held = (code_id, coupon_id, customer[0], code, 1, facts.per_customer, claimed, expires)
            rows["coupon_code"].append(held)
    return rows


def _coupon(
    coupon_id: int, facts: CouponFacts, starts: datetime, ends: datetime, until: datetime | None
) -> tuple[Any, ...]:
    amount = facts.kind == "AMOUNT"
    return (
        coupon_id,
        facts.code,
        facts.name,
        facts.kind,
        facts.value if amount else None,
        None if amount else facts.value,
        None if amount else facts.cap,
        facts.minimum,
        facts.scope,
        facts.limit,
        facts.claimed,
        facts.per_customer,
        facts.stackable,
        starts,
        ends,
        facts.valid_days or None,
        until,
        starts - days(2),
    )
