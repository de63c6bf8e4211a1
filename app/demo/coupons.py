"""Coupon templates, what they apply to, and the codes that customers hold."""

from collections.abc import Sequence
from datetime import datetime
from random import Random

from app.demo.content.coupons import COUPONS, CouponFacts
from app.demo.frame import category_ids
from app.demo.gs1 import lot_code
from app.demo.products import Product
from app.demo.tables import Book
from app.kit.clock import days

LAST_USE_DAYS = 7
"""How long after its claim window a coupon without days of its own may be used."""


def enter(products: Sequence[Product], customers: Sequence[int], now: datetime, book: Book, rng: Random) -> None:
    """Enters all coupons; `claimed_count` is the number of codes."""
    by_slug = {product.good.slug: product.good.id for product in products}
    for facts in COUPONS:
        starts, ends = now + days(facts.from_day), now + days(facts.to_day)
        until = None if facts.valid_days else ends + days(LAST_USE_DAYS)
        validity = (facts.valid_days or None, until, starts - days(2))
        limits = (facts.limit, facts.claimed, facts.per_customer, facts.stackable, starts, ends)
        coupon_id = book.add(
            "coupon", facts.code, facts.name, facts.kind, *_gift(facts), facts.minimum, facts.scope, *limits, *validity
        )
        for slug in facts.targets:
            category = category_ids()[slug] if facts.scope == "CATEGORY" else None
            product = by_slug[slug] if facts.scope == "PRODUCT" else None
            book.add("coupon_target", coupon_id, category, product)
        for customer in rng.sample(customers, facts.claimed):
            claimed = starts + (min(now, ends) - starts) * rng.uniform(0.02, 0.98)
            expires = until or claimed + days(facts.valid_days)
            code_id = book.ids.take("coupon_code")
            code = f"{lot_code(code_id)}{rng.randint(0, 9999):04d}"
            book.enter("coupon_code", code_id, coupon_id, customer, code, 1, facts.per_customer, claimed, expires)


def _gift(facts: CouponFacts) -> tuple[int | None, int | None, int | None]:
    """Amount, percent and cap: one or the other two."""
    return (facts.value, None, None) if facts.kind == "AMOUNT" else (None, facts.value, facts.cap)
