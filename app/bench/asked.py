"""What the plans of the mini-program's documents are shown for: real arguments, the hard ones among them."""

import secrets
from collections.abc import Iterator, Mapping
from typing import Any

import asyncpg

from app.kit import ids
from app.storefront.orders import ProductSort

Variables = Mapping[str, Any]
_SAMPLE = """SELECT p.id, p.slug, left(p.name, 2) AS beginning, p.origin, x.id AS point, k.id AS sku,
  COALESCE(c.parent_id, c.id) AS category, l.lot_code, (SELECT s.id FROM pickup_slot s
    WHERE s.pickup_point_id = x.id AND s.cutoff_at > now() ORDER BY s.starts_at, s.id LIMIT 1) AS slot,
  (SELECT min(coupon.id) FROM coupon) AS coupon
FROM product p JOIN category c ON c.id = p.category_id
JOIN sku k ON k.product_id = p.id JOIN stock_lot t ON t.sku_id = k.id JOIN lot l ON l.id = t.lot_id
JOIN pickup_point x ON x.id = t.pickup_point_id AND x.status = 'OPEN'
WHERE p.status = 'PUBLISHED' AND t.on_hand > t.held AND c.parent_id IS NOT NULL
ORDER BY p.sales_count DESC, p.id, x.id, l.id LIMIT 1"""
_WORDS = ("番茄", "鸡", "鲜", "fq", "阳光枚瑰", "云南 苹果")
"""A word, a common character, the commonest, initials, a mistyped character, two words."""


async def known(database_url: str) -> dict[str, Any]:
    """What a variable of this name is given, from the best-selling product and a point that has it."""
    connection = await asyncpg.connect(database_url)
    try:
        found = await connection.fetchrow(_SAMPLE)
    finally:
        await connection.close()
    product = ids.encode("Product", found["id"])
    return {
        "id": product,
        "productId": product,
        "productIds": [product],
        "slug": found["slug"],
        "search": found["beginning"],
        "prefix": found["beginning"],
        "lotCode": found["lot_code"],
        "skuId": ids.encode("Sku", found["sku"]),
        "quantity": 1,
        "pickupSlotId": ids.encode("PickupSlot", found["slot"]),
        "couponId": ids.encode("Coupon", found["coupon"]),
        "idempotencyKey": secrets.token_hex(8),  # of this run: another one's would be answered without the work
        "pickupPointId": ids.encode("PickupPoint", found["point"]),
        "categoryId": ids.encode("Category", found["category"]),
        "origin": found["origin"],
    }


def variants(document: str, given: Mapping[str, Any]) -> Iterator[Variables]:
    """Other variables a document is asked with, beside those its names say."""
    point = {"pickupPointId": given["pickupPointId"]}
    each = {
        "stock": {"inStockAt": given["pickupPointId"]},
        "price": {"minPrice": 1000, "priceBelow": 5000},
        "rating": {"minRating": "4"},
        "offer": {"onOffer": True},
        "storage": {"storage": "CHILLED"},
        "origin": {"origins": [given["origin"]]},
        "category": {"categoryId": given["categoryId"]},
    }
    filters = [*each.values(), {name: value for one in each.values() for name, value in one.items()}]
    browsed = [sort for sort in ProductSort if sort is not ProductSort.RELEVANCE]
    if document == "ProductList":
        yield from ({**point, "sort": sort} for sort in browsed)
        yield from ({**point, "sort": sort, "filter": chosen} for sort in browsed for chosen in filters)
    elif document == "ProductSearch":
        yield from ({**point, "filter": chosen} for chosen in ({}, *filters))
        yield from ({**point, "search": word, "sort": "RELEVANCE"} for word in _WORDS)
        yield from ({**point, "search": "鲜", "sort": "RELEVANCE", "filter": chosen} for chosen in filters)
    elif document == "SearchSuggestions":
        yield from ({"prefix": word} for word in (*_WORDS, "f"))
    elif document == "ProductReviews":
        yield from ({"id": given["id"], "sort": sort, "rating": 5} for sort in ("NEWEST", "MOST_HELPFUL"))
        yield {"id": given["id"], "sort": "MOST_HELPFUL"}
    elif document in {"ProductDetail", "HomePage"}:
        yield {name: value for name, value in given.items() if name == "id"} if document == "ProductDetail" else {}
