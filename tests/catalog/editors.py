"""The people who write and judge products, over the rows of a test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from app.catalog import approving, drafting, publishing, snapshots
from app.catalog.content import Content, SkuContent
from app.catalog.editing import Edit
from app.catalog.revisions import ProductRevision
from app.kit import clock
from app.kit.caller import Caller, CallerKind
from app.tables import Database
from tests.conftest import STAFF_TABLES
from tests.rows import Rows
from tests.shop import NOW

GTIN = "06971000000007"


@dataclass
class Editors:
    """A maker, another maker and two checkers; `product` is published with one SKU at 10 yuan and two pictures."""

    database: Database
    rows: Rows
    maker: Caller
    other_maker: Caller
    checker: Caller
    other_checker: Caller
    product: int
    sku: int
    now: datetime = NOW

    @asynccontextmanager
    async def session(self) -> AsyncIterator[None]:
        """A request at the office's time."""
        with clock.moved_to(self.now):
            async with self.database.session():
                yield

    def later(self, **time: float) -> "Editors":
        """The same office, after a while."""
        return replace(self, now=self.now + timedelta(**time))

    def of(self, product: int) -> "Editors":
        """The same office at another product."""
        return replace(self, product=product)

    async def edit(self, by: Caller | None = None, seen: str | None = None, **given: Any) -> ProductRevision:
        """A draft of the product: `given` are fields, `skus`, `media` or `rebases`."""
        skus, media, rebases = given.pop("skus", ()), given.pop("media", None), given.pop("rebases", False)
        async with self.session():
            return await drafting.edit_product(
                by or self.maker, self.product, Edit(given, skus, media), expected_hash=seen, rebases=rebases
            )

    async def submit(self, revision: ProductRevision, by: Caller | None = None) -> ProductRevision:
        """Handed in by its maker."""
        async with self.session():
            return await drafting.submit(by or self.maker, revision.id, revision.content_hash)

    async def approve(
        self, revision: ProductRevision, by: Caller | None = None, publish_at: datetime | None = None
    ) -> ProductRevision:
        """Approved as it is told here."""
        async with self.session():
            who = by or self.checker
            return await approving.approve(who, revision.id, revision.content_hash, publish_at=publish_at)

    async def publish(self, revision: ProductRevision) -> ProductRevision:
        """Published now."""
        async with self.session():
            return await publishing.publish_now(self.checker, revision.id)

    async def published(self, **given: Any) -> ProductRevision:
        """An edit all the way to the public."""
        return await self.publish(await self.approve(await self.submit(await self.edit(**given))))

    async def public(self) -> Content:
        """What the tables of the public hold."""
        async with self.session():
            return (await snapshots.live([self.product]))[0].content

    async def everything(self) -> list[Any]:
        """Every row a refused move could have touched."""
        fetch = self.rows.connection.fetch
        orders = {"price_history": "id", "product": "id", "sku": "id", "media": "id", "product_revision": "id"}
        return [await fetch(f"SELECT * FROM {table} ORDER BY {by}") for table, by in orders.items()]


def sku(code: str = "PEAR-1", **values: Any) -> SkuContent:
    """A whole specification: at 10 yuan, as the published one."""
    given: dict[str, Any] = {
        "code": code,
        "gtin": GTIN,
        "spec": "一份",
        "price_fen": 1000,
        "list_price_fen": None,
        "net_grams": None,
        "pieces": 1,
        "is_catch_weight": False,
        "max_per_order": 20,
        "is_active": True,
    }
    return SkuContent(**given | values)


async def staff(rows: Rows, name: str) -> Caller:
    """Somebody who works for the shop."""
    given = {"username": name, "name": name, "password_hash": "$argon2id$x", "is_active": True, "created_at": NOW}
    return Caller(CallerKind.STAFF, await rows.insert("staff", **given))


@asynccontextmanager
async def open_editors(rows: Rows, app_url: str) -> AsyncIterator[Editors]:
    """The office, over a published product that nobody has changed yet."""
    rows.tables |= STAFF_TABLES | {"product_revision", "price_history", "product_search", "media", "upload"}
    maker, other_maker = await staff(rows, "maker"), await staff(rows, "other-maker")
    checker, other_checker = await staff(rows, "checker"), await staff(rows, "other-checker")
    product = await rows.product(slug="pear", name="梨")
    sku_id = await rows.sku(product, code="PEAR-1", gtin=GTIN)
    since = NOW - timedelta(days=60)
    await rows.insert("price_history", sku_id=sku_id, price_fen=1000, is_offer=False, effective_at=since)
    for position in range(2):
        await rows.insert(
            "media",
            product_id=product,
            kind="IMAGE",
            position=position,
            alt=f"图{position}",
            storage_key=f"products/pear-{position}.webp",
            width=800,
            height=600,
            frame_count=1,
        )
    database = await Database.open(app_url, size=5)
    try:
        yield Editors(database, rows, maker, other_maker, checker, other_checker, product, sku_id)
    finally:
        await database.close()
