"""The demo shop as it is written."""

from collections import Counter

import asyncpg
import pytest

from app.demo import products
from app.demo.seed import ScaleError, ShopNotEmptyError, round_rows, seed
from app.demo.tables import Ids
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


async def test_every_sku_is_live_in_every_store(shop: asyncpg.Connection) -> None:
    """Two to three sellable lots per SKU, one of them in each store with its promised days left."""
    rows = await shop.fetch(
        "SELECT s.sku_id, count(DISTINCT s.pickup_point_id) points, count(DISTINCT l.id) lots FROM stock_lot s"
        " JOIN lot l ON l.id = s.lot_id JOIN sku k ON k.id = s.sku_id JOIN product p ON p.id = k.product_id"
        " WHERE l.expires_on - p.min_days_left >= '2026-11-23' AND l.status = 'SELLABLE' GROUP BY 1"
    )
    assert len(rows) == 900
    assert Counter(row["lots"] for row in rows) == {3: 899, 2: 1}  # one lot is on hold
    assert sorted(Counter(row["points"] for row in rows)) == [5, 6]
    assert sum(row["points"] == 5 for row in rows) == 1


async def test_some_stock_is_low_and_some_sold_out(shop: asyncpg.Connection) -> None:
    """The shelves look like shelves."""
    low, none, enough = await shop.fetchrow(
        "SELECT count(*) FILTER (WHERE on_hand BETWEEN 1 AND 4), count(*) FILTER (WHERE on_hand = 0),"
        " count(*) FILTER (WHERE on_hand > 4) FROM stock_lot s JOIN lot l ON l.id = s.lot_id"
        " WHERE l.expires_on >= '2026-11-23'"
    )
    assert low > 100
    assert none > 100
    assert enough > 4000


async def test_stock_is_the_sum_of_its_movements(shop: asyncpg.Connection) -> None:
    """What was received less what was sold and written off stands there; nothing is held."""
    wrong = await shop.fetch(
        "SELECT s.id FROM stock_lot s LEFT JOIN stock_movement m ON m.stock_lot_id = s.id GROUP BY s.id"
        " HAVING s.on_hand <> COALESCE(sum(m.on_hand_delta), 0) OR s.held <> COALESCE(sum(m.held_delta), 0)"
    )
    assert wrong == []
    assert await shop.fetchval("SELECT count(*) FROM stock_movement WHERE moved_at > $1", NOW) == 0


async def test_stored_quantities_are_what_the_stores_received(shop: asyncpg.Connection) -> None:
    """A lot's storing events and its RECEIVE movements balance, counted in pieces where it is not weighed."""
    wrong = await shop.fetch(
        "SELECT l.id FROM lot l JOIN sku k ON k.id = l.sku_id WHERE NOT k.is_catch_weight AND"
        " (SELECT sum(t.quantity) FROM lot_event t JOIN trace_event e ON e.id = t.event_id"
        "  WHERE t.lot_id = l.id AND e.biz_step = 'storing') IS DISTINCT FROM"
        " (SELECT sum(m.on_hand_delta) FROM stock_lot s JOIN stock_movement m ON m.stock_lot_id = s.id"
        "  WHERE s.lot_id = l.id AND m.kind = 'RECEIVE')"
    )
    assert wrong == []


async def test_ratings_are_those_of_the_approved_reviews(shop: asyncpg.Connection) -> None:
    """Sums kept beside the product equal the reviews; pending and rejected ones do not count."""
    wrong = await shop.fetch(
        "SELECT p.id FROM product p LEFT JOIN review r ON r.product_id = p.id AND r.moderation = 'APPROVED'"
        " GROUP BY p.id HAVING p.rating_sum <> COALESCE(sum(r.rating), 0) OR p.star_counts <> ARRAY["
        + ", ".join(f"(count(*) FILTER (WHERE r.rating = {star}))::int" for star in range(1, 6))
        + "]"
    )
    assert wrong == []
    states = {row[0]: row[1] for row in await shop.fetch("SELECT moderation, count(*) FROM review GROUP BY 1")}
    assert states["APPROVED"] > 11_500
    assert states["PENDING"] > 50
    assert states["REJECTED"] > 50


async def test_reviews_vary_and_keep_to_the_lot_they_name(shop: asyncpg.Connection) -> None:
    """Texts are mostly different, nobody reviews before buying, a named lot was in that store at that time."""
    assert await shop.fetchval("SELECT count(DISTINCT body) FROM review") > 9_000
    assert await shop.fetchval("SELECT count(*) FROM review WHERE created_at > $1", NOW) == 0
    assert await shop.fetchval("SELECT count(*) FROM review WHERE body ~ '[{}]'") == 0
    assert await shop.fetchval("SELECT count(*) FROM review WHERE lot_id IS NOT NULL") > 1_000
    wrong = await shop.fetch(
        "SELECT r.id FROM review r JOIN lot l ON l.id = r.lot_id JOIN product p ON p.id = r.product_id"
        " WHERE l.sku_id <> r.sku_id OR r.created_at < p.published_at OR NOT EXISTS (SELECT FROM stock_lot s"
        " WHERE s.lot_id = l.id AND s.pickup_point_id = r.pickup_point_id) OR r.days_since_packed <>"
        " (r.created_at AT TIME ZONE 'Asia/Shanghai')::date - l.packed_on"
    )
    assert wrong == []


async def test_votes_and_claims_are_counted_right(shop: asyncpg.Connection) -> None:
    """Counters equal the rows that they count."""
    assert (
        await shop.fetch(
            "SELECT r.id FROM review r WHERE helpful_count <> (SELECT count(*) FROM review_vote v WHERE v.review_id = r.id)"
        )
        == []
    )
    assert (
        await shop.fetch(
            "SELECT c.id FROM coupon c WHERE claimed_count <> (SELECT count(*) FROM coupon_code k WHERE k.coupon_id = c.id)"
        )
        == []
    )


async def test_coupons_cover_every_kind_and_scope(shop: asyncpg.Connection) -> None:
    """Amount and percent, for all, a category or a product; a limited scope has targets."""
    pairs = {tuple(row) for row in await shop.fetch("SELECT DISTINCT kind, scope FROM coupon")}
    assert pairs == {(kind, scope) for kind in ("AMOUNT", "PERCENT") for scope in ("ALL", "CATEGORY", "PRODUCT")}
    assert (
        await shop.fetch(
            "SELECT c.id FROM coupon c WHERE (scope = 'ALL') = EXISTS (SELECT FROM coupon_target t WHERE t.coupon_id = c.id)"
        )
        == []
    )


async def test_list_prices_keep_the_seven_day_rule(shop: asyncpg.Connection) -> None:
    """A crossed-out price is not above the lowest price of the 7 days before the present one began."""
    rows = await shop.fetch(
        "WITH present AS (SELECT DISTINCT ON (sku_id) sku_id, price_fen, effective_at FROM price_history"
        "  WHERE effective_at <= $1 ORDER BY sku_id, effective_at DESC)"
        " SELECT k.id, k.list_price_fen, k.price_fen, present.price_fen AS sold_at, (SELECT min(h.price_fen)"
        "  FROM price_history h WHERE h.sku_id = k.id AND h.effective_at < present.effective_at) AS lowest,"
        " (SELECT max(h.effective_at) FROM price_history h WHERE h.sku_id = k.id"
        "  AND h.effective_at < present.effective_at) < present.effective_at - interval '7 days' AS held"
        " FROM sku k JOIN present ON present.sku_id = k.id WHERE k.list_price_fen IS NOT NULL",
        NOW,
    )
    assert len(rows) > 60
    assert all(row["held"] and row["list_price_fen"] <= row["lowest"] for row in rows)
    assert all(row["price_fen"] == row["sold_at"] for row in rows)


async def test_prices_have_a_month_of_history(shop: asyncpg.Connection) -> None:
    """Every SKU was sold 30 days ago, and its present price is in the history."""
    assert (
        await shop.fetch(
            "SELECT k.id FROM sku k WHERE NOT EXISTS (SELECT FROM price_history h WHERE h.sku_id = k.id"
            " AND h.effective_at <= $1::timestamptz - interval '30 days') OR k.price_fen <> (SELECT h.price_fen"
            " FROM price_history h WHERE h.sku_id = k.id AND NOT h.is_offer ORDER BY effective_at DESC LIMIT 1)",
            NOW,
        )
        == []
    )
    assert (
        await shop.fetch(
            "SELECT p.id FROM product p WHERE price_from_fen <> (SELECT min(price_fen) FROM sku WHERE product_id = p.id)"
        )
        == []
    )


async def test_offers_run_or_are_announced(shop: asyncpg.Connection) -> None:
    """Offers lie below the price; those that run are in the price history; some have a quota."""
    live, coming, limited = await shop.fetchrow(
        "SELECT count(*) FILTER (WHERE starts_at <= $1 AND ends_at > $1), count(*) FILTER (WHERE starts_at > $1),"
        " count(quota) FROM offer",
        NOW,
    )
    assert live > 30
    assert coming > 15
    assert limited > 20
    assert (
        await shop.fetch(
            "SELECT o.id FROM offer o JOIN sku k ON k.id = o.sku_id WHERE o.price_fen >= k.price_fen OR (o.starts_at <= $1"
            " AND NOT EXISTS (SELECT FROM price_history h WHERE h.sku_id = k.id AND h.is_offer"
            " AND h.effective_at = o.starts_at AND h.price_fen = o.price_fen))",
            NOW,
        )
        == []
    )


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
    """At scale 2 there are twice as many products, customers and reviews, none named twice; progress is told."""
    told: list[tuple[str, int, int]] = []
    connection = await asyncpg.connect(owner_url)
    try:
        await seed(connection, scale=2, now=NOW, progress=lambda *step: told.append(step))
        counts = await connection.fetchrow(
            "SELECT (SELECT count(DISTINCT name) FROM product), (SELECT count(*) FROM customer),"
            " (SELECT count(*) FROM review), (SELECT count(*) FROM coupon)"
        )
    finally:
        await connection.close()
    assert tuple(counts) == (600, 4000, 24_000, 16)
    assert told == [("products", 300, 600), ("products", 600, 600), ("done", 1, 1)]


def test_rounds_do_not_share_keys() -> None:
    """Two rounds have different GTINs, slugs and SKU codes."""
    ids = Ids()
    first, second = round_rows(0, NOW, ids), round_rows(1, NOW, ids)
    for table, column in (("sku", 3), ("sku", 2), ("product", 2), ("lot", 2)):
        assert not {row[column] for row in first[table]} & {row[column] for row in second[table]}
