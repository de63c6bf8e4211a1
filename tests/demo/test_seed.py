"""The demo shop as it is written."""

import asyncpg
import pytest

from app.demo import products
from app.demo.seed import ScaleError, ShopNotEmptyError, seed
from tests.demo.checksums import checksums
from tests.demo.conftest import NOW, silent


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        ("pickup_point", 6),
        ("category WHERE parent_id IS NULL", 12),
        ("product WHERE status = 'PUBLISHED'", 300),
        ("sku", 900),
        ("media WHERE kind = 'IMAGE'", 900),
        ("media WHERE kind = 'SPIN' AND frame_count = 36", 12),
        ("media WHERE kind = 'PANORAMA'", 12),
        ("media WHERE kind = 'VIDEO'", 12),
        ("customer WHERE is_demo", 2000),
        ("review WHERE source = 'DEMO'", 12_000),
        ("trace_event WHERE has_alarm", 1),
        ("lot WHERE status = 'ON_HOLD'", 1),
        ("coupon", 16),
    ],
)
async def test_counts(shop: asyncpg.Connection, counted: str, expected: int) -> None:
    """The numbers that the demo promises."""
    assert await shop.fetchval(f"SELECT count(*) FROM {counted}") == expected


async def test_every_product_has_three_skus(shop: asyncpg.Connection) -> None:
    """Three specifications each, by piece and by weight."""
    assert (
        await shop.fetchval("SELECT count(*) FROM (SELECT 1 FROM sku GROUP BY product_id HAVING count(*) <> 3) x") == 0
    )
    kinds = {row["sold_by"]: row["n"] for row in await shop.fetch("SELECT sold_by, count(*) n FROM product GROUP BY 1")}
    assert kinds == {"WEIGHT": 133, "EACH": 167}


async def test_sequences_stand_behind_the_rows(shop: asyncpg.Connection) -> None:
    """The next row of a table gets an id of its own."""
    assert await shop.fetchval("SELECT last_value >= (SELECT max(id) FROM review) FROM review_id_seq")
    assert await shop.fetchval("SELECT last_value >= (SELECT max(id) FROM lot) FROM lot_id_seq")


async def test_the_same_seed_gives_the_same_rows(shop: asyncpg.Connection, owner_url: str) -> None:
    """Two databases seeded for the same moment do not differ in a single column."""
    other = await asyncpg.connect(owner_url)
    try:
        await seed(other, scale=1, now=NOW, progress=silent)
        assert await checksums(other) == await checksums(shop)
    finally:
        await other.close()


async def test_a_shop_with_products_is_left_alone(own_shop: asyncpg.Connection) -> None:
    """A second seed is refused and changes nothing."""
    before = await checksums(own_shop)
    with pytest.raises(ShopNotEmptyError):
        await seed(own_shop, scale=1, now=NOW, progress=silent)
    assert await checksums(own_shop) == before


@pytest.mark.parametrize("scale", [0, -1, products.ROUNDS + 1])
async def test_a_scale_out_of_range_is_refused(owner_url: str, scale: int) -> None:
    """Nothing is written for it."""
    connection = await asyncpg.connect(owner_url)
    try:
        with pytest.raises(ScaleError):
            await seed(connection, scale=scale, now=NOW, progress=silent)
        assert await connection.fetchval("SELECT count(*) FROM category") == 0
    finally:
        await connection.close()


async def test_scale_multiplies_with_names_of_their_own(owner_url: str) -> None:
    """Twice the products, customers and reviews; no name or lot code occurs twice; progress is told."""
    told: list[tuple[str, int, int]] = []
    connection = await asyncpg.connect(owner_url)
    try:
        await seed(connection, scale=2, now=NOW, progress=lambda *step: told.append(step))
        counts = await connection.fetchrow(
            "SELECT (SELECT count(DISTINCT name) FROM product), (SELECT count(*) FROM customer),"
            " (SELECT count(*) FROM review), (SELECT count(*) FROM coupon),"
            " (SELECT count(*) - count(DISTINCT lot_code) FROM lot)"
        )
    finally:
        await connection.close()
    assert tuple(counts) == (600, 4000, 24_000, 16, 0)
    assert told == [("products", 300, 600), ("products", 600, 600), ("done", 1, 1)]
