"""Rows made by hand: whatever a test does not name is valid and of no interest."""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

import asyncpg
import orjson

from app.partners.rules import new_key
from tests.shop import NOW

TODAY = NOW.date()


class Rows:
    """Writes rows as the owner into the tests' stage; each answers its id. `tables` are those written to."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection
        self.tables: set[str] = set()
        self._numbers = count(1)

    async def insert(self, table: str, **values: Any) -> int:
        """A row of any table; lists and dictionaries are its JSON."""
        self.tables.add(table)
        names = ", ".join(values)
        places = ", ".join(f"${place}" for place in range(1, len(values) + 1))
        given = [
            orjson.dumps(value).decode() if name in {"items", "media"} else value for name, value in values.items()
        ]
        sql = f"INSERT INTO {table} ({names}) VALUES ({places}) RETURNING id"
        return int(await self.connection.fetchval(sql, *given))

    async def category(self, **values: Any) -> int:
        """A category at the top."""
        number = next(self._numbers)
        given = {"slug": f"category-{number}", "name": f"类目{number}", "icon": "🍑", "position": number % 1000}
        return await self.insert("category", **given | values)

    async def product(self, **values: Any) -> int:
        """A published product; its category is made when none is given."""
        number = next(self._numbers)
        given = {
            "category_id": values.get("category_id") or await self.category(),
            "slug": f"product-{number}",
            "name": f"商品{number}",
            "subtitle": "一句话",
            "description": "说明。",
            "status": "PUBLISHED",
            "sold_by": "EACH",
            "return_policy": "FRESH",
            "storage": "CHILLED",
            "origin": "云南",
            "allergens": [],
            "shelf_life_days": 30,
            "min_days_left": 2,
            "price_from_fen": 1000,
            "sales_count": 0,
            "rating_sum": 0,
            "star_counts": [0] * 5,
            "published_at": NOW - timedelta(days=30),
            "created_at": NOW - timedelta(days=40),
            "updated_at": NOW - timedelta(days=30),
        }
        return await self.insert("product", **given | values)

    async def sku(self, product_id: int, **values: Any) -> int:
        """An active SKU at 10 yuan."""
        number = next(self._numbers)
        given = {
            "product_id": product_id,
            "code": f"SKU-{number}",
            "gtin": f"{number:014}",
            "spec": "一份",
            "price_fen": 1000,
            "pieces": 1,
            "is_catch_weight": False,
            "max_per_order": 20,
            "is_active": True,
            "position": number,
        }
        return await self.insert("sku", **given | values)

    async def offer(self, sku_id: int, **values: Any) -> int:
        """An offer at 8 yuan, live from an hour ago for two."""
        given = {
            "sku_id": sku_id,
            "name": "限时特惠",
            "price_fen": 800,
            "starts_at": NOW - timedelta(hours=1),
            "ends_at": NOW + timedelta(hours=1),
            "sold": 0,
            "is_active": True,
            "created_at": NOW - timedelta(days=1),
        }
        return await self.insert("offer", **given | values)

    async def producer(self, **values: Any) -> int:
        """A farm whose licence holds."""
        number = next(self._numbers)
        given = {
            "code": f"PRODUCER-{number}",
            "name": f"农场{number}",
            "kind": "FARM",
            "province": "云南省",
            "city": "昆明市",
            "story": "故事。",
            "licence_number": f"LICENCE-{number}",
            "licence_expires_on": TODAY + timedelta(days=300),
            "created_at": NOW,
        }
        return await self.insert("producer", **given | values)

    async def lot(self, sku_id: int | None, **values: Any) -> int:
        """A sellable lot that keeps for ten days."""
        number = next(self._numbers)
        given = {
            "gtin": f"{number:014}",
            "lot_code": f"LOT-{number}",
            "sku_id": sku_id,
            "producer_id": values.get("producer_id") or await self.producer(),
            "status": "SELLABLE",
            "packed_on": TODAY - timedelta(days=1),
            "expires_on": TODAY + timedelta(days=10),
            "created_at": NOW,
        }
        return await self.insert("lot", **given | values)

    async def point(self, **values: Any) -> int:
        """An open store."""
        number = next(self._numbers)
        given = {
            "code": f"POINT-{number}",
            "name": f"门店{number}",
            "kind": "STORE",
            "status": "OPEN",
            "city": "昆明市",
            "district": "五华区",
            "address": "某路1号",
            "phone": "0871-65100000",
            "latitude": 25,
            "longitude": 102,
            "opens_at": time(8),
            "closes_at": time(21),
            "prep_minutes": 45,
            "position": number,
            "created_at": NOW,
        }
        return await self.insert("pickup_point", **given | values)

    async def stock(self, point: int, sku_id: int, lot_id: int, on_hand: int = 5, held: int = 0) -> int:
        """Units of a lot at a point."""
        given = {"pickup_point_id": point, "sku_id": sku_id, "lot_id": lot_id, "on_hand": on_hand, "held": held}
        return await self.insert("stock_lot", **given, updated_at=NOW)

    async def customer(self, **values: Any) -> int:
        """A demo customer."""
        given = {"display_name": "王小明", "status": "ACTIVE", "is_demo": True, "created_at": NOW}
        return await self.insert("customer", **given | values)

    async def review(self, product_id: int, customer_id: int, **values: Any) -> int:
        """An approved demo review of five stars; the product's star counts are the test's."""
        given = {
            "product_id": product_id,
            "customer_id": customer_id,
            "source": "DEMO",
            "rating": 5,
            "body": "好吃。",
            "media": [],
            "moderation": "APPROVED",
            "helpful_count": 0,
            "created_at": NOW - timedelta(days=1),
        }
        return await self.insert("review", **given | values)

    async def coupon(self, **values: Any) -> int:
        """A coupon of 5 yuan off 39 for everything, to be claimed for a day."""
        number = next(self._numbers)
        given = {
            "code": f"COUPON-{number}",
            "name": "满39减5",
            "kind": "AMOUNT",
            "amount_fen": 500,
            "minimum_spend_fen": 3900,
            "scope": "ALL",
            "usage_limit": 100,
            "claimed_count": 0,
            "per_customer_limit": 1,
            "is_stackable": False,
            "claim_starts_at": NOW - timedelta(days=1),
            "claim_ends_at": NOW + timedelta(days=1),
            "valid_days": 7,
            "created_at": NOW - timedelta(days=2),
        }
        return await self.insert("coupon", **given | values)

    async def partner(self, **values: Any) -> int:
        """An active lab."""
        number = next(self._numbers)
        given = {"code": f"lab-{number}", "name": f"检测中心{number}", "kind": "LAB", "is_active": True}
        return await self.insert("partner", **given | {"created_at": NOW} | values)

    async def upload(self, caller: str, **values: Any) -> int:
        """A PDF that nothing uses yet."""
        number = next(self._numbers)
        given = {
            "storage_key": f"uploads/{number}",
            "content_type": "application/pdf",
            "size_bytes": 1000,
            "sha256": f"{number:064x}",
            "caller": caller,
            "created_at": NOW,
        }
        return await self.insert("upload", **given | values)

    async def api_key(self, partner_id: int, **values: Any) -> str:
        """A key that holds from yesterday for a year; answers its text."""
        key = new_key()
        given = {
            "partner_id": partner_id,
            "prefix": key.prefix,
            "key_hash": key.key_hash,
            "scopes": ["reports:file"],
            "created_at": NOW - timedelta(days=1),
            "expires_at": NOW + timedelta(days=364),
        }
        await self.insert("api_key", **given | values)
        return key.text


def days(count_: int) -> date:
    """The business day so many days from today."""
    return TODAY + timedelta(days=count_)


def hours(count_: float) -> datetime:
    """The moment so many hours from now."""
    return NOW + timedelta(hours=count_)
