"""The indexes serve a search in a large shop; nothing is forbidden to the planner."""

import asyncpg

from app.storefront.filters import ProductFilter
from app.storefront.listing import _text, listing
from app.storefront.orders import ProductSort

PRODUCTS = 20_000
FILL = """
INSERT INTO category (id, slug, name, icon, position) VALUES (1, 'all', '全部', '🍎', 0);
INSERT INTO product (id, category_id, slug, name, subtitle, description, status, sold_by, return_policy, storage,
  origin, allergens, shelf_life_days, min_days_left, price_from_fen, sales_count, rating_sum, star_counts,
  published_at, created_at, updated_at)
SELECT n, 1, 'p-' || n, '商品' || n, '', '', 'PUBLISHED', 'EACH', 'FRESH', 'AMBIENT', '云南', '{}', 9, 1, 100 + n, n,
  n % 7, ARRAY[n % 7, 0, 0, 0, 0], now(), now(), now() FROM generate_series(1, 20000) n;
INSERT INTO product_search (product_id, name, name_keys, topic_keys, keys)
SELECT n, '商品' || n, own, '{}', own FROM generate_series(1, 20000) n
CROSS JOIN LATERAL (SELECT array_agg(DISTINCT chr(19968 + (n * 31 + k * k * 17) % 3000)) FROM generate_series(1, 40) k)
  AS made(own);
ANALYZE
"""


async def plan(connection: asyncpg.Connection, text: str, *values: object) -> str:
    """The plan of a statement for any values, as a server comes to use it after some requests."""
    await connection.execute("SET plan_cache_mode = force_generic_plan")
    given = ", ".join(map(_literal, values))
    await connection.execute(f"PREPARE asked AS {text}")
    rows = await connection.fetch(f"EXPLAIN (COSTS OFF) EXECUTE asked ({given})")
    await connection.execute("DEALLOCATE asked")
    return "\n".join(row[0] for row in rows)


def _literal(value: object) -> str:
    return f"ARRAY[{', '.join(map(_literal, value))}]::text[]" if isinstance(value, list) else repr(value)


async def test_a_search_and_the_best_rated_use_their_indexes(owner_url: str) -> None:
    """Exact keys and slips by GIN, the best rated by their own order."""
    connection = await asyncpg.connect(owner_url)
    await connection.execute(FILL)
    asked = listing(ProductFilter(), ProductSort.RELEVANCE, search="番茄炒", first=20, after=None)
    assert asked.search is not None
    text = _text(ProductSort.RELEVANCE, (), searched=True, behind_cursor=False)
    found = await plan(connection, text, *asked.search.values, 21)
    assert "Bitmap Index Scan on product_search_by_keys" in found
    assert "Bitmap Index Scan on product_search_by_name_keys" in found
    assert "Seq Scan on product_search" not in found
    best = await plan(connection, _text(ProductSort.RATING, (), searched=False, behind_cursor=False), 21)
    assert "Index Scan using product_best_rated" in best
    later = await plan(connection, _text(ProductSort.RATING, (), searched=False, behind_cursor=True), 21, 4100, 9)
    assert "Index Scan using product_best_rated" in later
    assert "Sort" not in best + later
    await connection.close()
