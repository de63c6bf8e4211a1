"""Reviews of the demo."""

import asyncpg

from tests.demo.conftest import NOW


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


async def test_votes_are_counted_right(shop: asyncpg.Connection) -> None:
    """The helpful count equals the votes."""
    wrong = await shop.fetch(
        "SELECT r.id FROM review r WHERE helpful_count <> (SELECT count(*) FROM review_vote v WHERE v.review_id = r.id)"
    )
    assert wrong == []
