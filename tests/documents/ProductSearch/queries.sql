SELECT facet, value, count FROM (WITH base AS MATERIALIZED (
  SELECT p.category_id, p.origin, p.storage,
    width_bucket(p.price_from_fen, ARRAY[1000, 2000, 5000, 10000]::int8[]) AS price_band,
    CASE WHEN (p.star_counts[1] + p.star_counts[2] + p.star_counts[3] + p.star_counts[4] + p.star_counts[5]) > 0 THEN CASE WHEN p.rating_sum >= 4.5 * (p.star_counts[1] + p.star_counts[2] + p.star_counts[3] + p.star_counts[4] + p.star_counts[5]) THEN 0 WHEN p.rating_sum >= 4 * (p.star_counts[1] + p.star_counts[2] + p.star_counts[3] + p.star_counts[4] + p.star_counts[5]) THEN 1 WHEN p.rating_sum >= 3 * (p.star_counts[1] + p.star_counts[2] + p.star_counts[3] + p.star_counts[4] + p.star_counts[5]) THEN 2 END END AS rating_band, (p.id IN (SELECT k.product_id FROM offer o JOIN sku k ON k.id = o.sku_id AND k.is_active
  WHERE o.is_active AND o.starts_at <= $7 AND o.ends_at > $7 AND (o.quota IS NULL OR o.sold < o.quota)
    AND o.price_fen < k.price_fen)) AS meets_on_offer, (EXISTS (SELECT FROM product_availability a
  JOIN pickup_point x ON x.id = a.pickup_point_id AND x.status = 'OPEN'
  WHERE a.product_id = p.id AND a.pickup_point_id = $8 AND a.sellable_until >= $9::date)) AS meets_in_stock_at, (p.storage = $5) AS meets_storage, ((p.star_counts[1] + p.star_counts[2] + p.star_counts[3] + p.star_counts[4] + p.star_counts[5]) > 0 AND p.rating_sum >= $6::numeric * (p.star_counts[1] + p.star_counts[2] + p.star_counts[3] + p.star_counts[4] + p.star_counts[5])) AS meets_min_rating
  FROM (WITH exact AS MATERIALIZED (
  SELECT s.product_id, s.name FROM product_search s JOIN product p ON p.id = s.product_id AND p.status = 'PUBLISHED'
  WHERE s.keys @> $1::text[]
), best AS (
  SELECT hit.product_id, max(hit.weight) - 10 AS weight FROM unnest($2::text[]) WITH ORDINALITY AS term(keys, place)
  CROSS JOIN LATERAL (
    SELECT s.product_id, 100 AS weight FROM product_search s WHERE s.name_keys @> string_to_array(term.keys, ' ')
    UNION ALL
    SELECT s.product_id, 30 FROM product_search s WHERE s.topic_keys @> string_to_array(term.keys, ' ')
  ) AS hit GROUP BY term.place, hit.product_id
) SELECT product_id, sum(weight) AS relevance FROM (
    SELECT product_id, true AS is_found,
      CASE WHEN right(name, length($4::text)) = $4::text THEN 20 ELSE 0 END + 10 * cardinality($2::text[]) AS weight
    FROM exact UNION ALL SELECT product_id, false, weight FROM best
  ) AS weighed GROUP BY product_id HAVING bool_or(is_found)
  UNION ALL SELECT s.product_id,
    sum(CASE WHEN strpos(s.name, split_part(slip.keys, ' ', 1)) > 0 THEN 2 ELSE 1 END)
  FROM unnest($3::text[]) AS slip(keys)
  JOIN product_search s ON s.name_keys @> string_to_array(slip.keys, ' ')
  WHERE NOT EXISTS (SELECT FROM exact) GROUP BY s.product_id) AS f
CROSS JOIN LATERAL (SELECT * FROM product WHERE id = f.product_id AND status = 'PUBLISHED' OFFSET 0) AS p WHERE p.status = 'PUBLISHED'
), alike AS MATERIALIZED (
  SELECT category_id, origin, storage, price_band, rating_band, meets_on_offer, meets_in_stock_at, meets_storage, meets_min_rating, meets_on_offer AS is_on_offer, meets_in_stock_at AS is_in_stock, count(*) AS products
  FROM base GROUP BY category_id, origin, storage, price_band, rating_band, meets_on_offer, meets_in_stock_at, meets_storage, meets_min_rating
)
SELECT 'category' AS facet, category_id::text AS value, sum(products)::int8 AS count FROM alike WHERE category_id::text IS NOT NULL AND meets_min_rating AND meets_storage GROUP BY 2 UNION ALL SELECT 'origin' AS facet, origin AS value, sum(products)::int8 AS count FROM alike WHERE origin IS NOT NULL AND meets_min_rating AND meets_storage GROUP BY 2 UNION ALL SELECT 'storage' AS facet, storage AS value, sum(products)::int8 AS count FROM alike WHERE storage IS NOT NULL AND meets_min_rating GROUP BY 2 UNION ALL SELECT 'price' AS facet, price_band::text AS value, sum(products)::int8 AS count FROM alike WHERE price_band::text IS NOT NULL AND meets_min_rating AND meets_storage GROUP BY 2 UNION ALL SELECT 'rating' AS facet, rating_band::text AS value, sum(products)::int8 AS count FROM alike WHERE rating_band::text IS NOT NULL AND meets_storage GROUP BY 2 UNION ALL SELECT 'on_offer' AS facet, is_on_offer::text AS value, sum(products)::int8 AS count FROM alike WHERE is_on_offer::text IS NOT NULL AND meets_min_rating AND meets_storage GROUP BY 2 UNION ALL SELECT 'in_stock' AS facet, is_in_stock::text AS value, sum(products)::int8 AS count FROM alike WHERE is_in_stock::text IS NOT NULL AND meets_min_rating AND meets_storage GROUP BY 2) AS counted;

SELECT p.id, p.category_id, p.slug, p.name, p.subtitle, p.description, p.status, p.sold_by, p.return_policy, p.storage, p.storage_min_c, p.storage_max_c, p.origin, p.allergens, p.shelf_life_days, p.min_days_left, p.price_from_fen, p.sales_count, p.rating_sum, p.star_counts, p.published_at, p.created_at, p.updated_at, f.relevance::int8 AS relevance FROM (SELECT p.id, f.relevance FROM (WITH exact AS MATERIALIZED (
  SELECT s.product_id, s.name FROM product_search s JOIN product p ON p.id = s.product_id AND p.status = 'PUBLISHED'
  WHERE s.keys @> $1::text[]
), best AS (
  SELECT hit.product_id, max(hit.weight) - 10 AS weight FROM unnest($2::text[]) WITH ORDINALITY AS term(keys, place)
  CROSS JOIN LATERAL (
    SELECT s.product_id, 100 AS weight FROM product_search s WHERE s.name_keys @> string_to_array(term.keys, ' ')
    UNION ALL
    SELECT s.product_id, 30 FROM product_search s WHERE s.topic_keys @> string_to_array(term.keys, ' ')
  ) AS hit GROUP BY term.place, hit.product_id
) SELECT product_id, sum(weight) AS relevance FROM (
    SELECT product_id, true AS is_found,
      CASE WHEN right(name, length($4::text)) = $4::text THEN 20 ELSE 0 END + 10 * cardinality($2::text[]) AS weight
    FROM exact UNION ALL SELECT product_id, false, weight FROM best
  ) AS weighed GROUP BY product_id HAVING bool_or(is_found)
  UNION ALL SELECT s.product_id,
    sum(CASE WHEN strpos(s.name, split_part(slip.keys, ' ', 1)) > 0 THEN 2 ELSE 1 END)
  FROM unnest($3::text[]) AS slip(keys)
  JOIN product_search s ON s.name_keys @> string_to_array(slip.keys, ' ')
  WHERE NOT EXISTS (SELECT FROM exact) GROUP BY s.product_id) AS f
CROSS JOIN LATERAL (SELECT * FROM product WHERE id = f.product_id AND status = 'PUBLISHED' OFFSET 0) AS p
WHERE p.status = 'PUBLISHED' AND p.storage = $5 AND (p.star_counts[1] + p.star_counts[2] + p.star_counts[3] + p.star_counts[4] + p.star_counts[5]) > 0 AND p.rating_sum >= $6::numeric * (p.star_counts[1] + p.star_counts[2] + p.star_counts[3] + p.star_counts[4] + p.star_counts[5]) ORDER BY f.relevance DESC, p.sales_count DESC, p.id DESC LIMIT $7) AS f JOIN product p ON p.id = f.id ORDER BY f.relevance DESC, p.sales_count DESC, p.id DESC;

SELECT c.id, c.parent_id, c.slug, c.name, c.icon, c.position FROM category c ORDER BY c.position, c.id;

SELECT m.id, m.product_id, m.kind, m.position, m.alt, m.storage_key, m.poster_key, m.width, m.height, m.duration_seconds, m.frame_count FROM unnest($1::bigint[]) AS wanted(id)
CROSS JOIN LATERAL (
  SELECT * FROM media WHERE product_id = wanted.id AND kind = 'IMAGE' ORDER BY position LIMIT 1
) AS m;

SELECT s.id, s.product_id, s.code, s.gtin, s.spec, s.price_fen, s.list_price_fen, s.net_grams, s.pieces, s.is_catch_weight, s.max_per_order, s.is_active, s.position, o.name AS offer_name, o.price_fen AS offer_price_fen, o.ends_at AS offer_ends_at,
  CASE WHEN o.quota IS NOT NULL THEN o.quota - o.sold + (SELECT coalesce(sum(h.quantity), 0)::int FROM offer_hold h
    WHERE h.offer_id = o.id AND h.released_at IS NULL AND h.expires_at <= $2) END AS offer_remaining, CASE WHEN o.price_fen < s.price_fen OR s.list_price_fen IS NOT NULL THEN (
  SELECT min(asked.price_fen) FROM (SELECT COALESCE(
    CASE WHEN o.price_fen < s.price_fen THEN o.starts_at END,
    (SELECT max(h.effective_at) FROM price_history h WHERE h.sku_id = s.id AND NOT h.is_offer AND h.effective_at <= $2)
  ) AS at) AS began CROSS JOIN LATERAL (
    SELECT h.price_fen FROM price_history h WHERE h.sku_id = s.id
      AND h.effective_at > began.at - interval '7 days' AND h.effective_at < began.at
    UNION ALL (SELECT h.price_fen FROM price_history h WHERE h.sku_id = s.id AND NOT h.is_offer
      AND h.effective_at <= began.at - interval '7 days' ORDER BY h.effective_at DESC LIMIT 1)
    UNION ALL SELECT e.price_fen FROM offer e WHERE e.sku_id = s.id AND e.is_active
      AND e.starts_at < began.at AND e.ends_at > began.at - interval '7 days'
  ) AS asked) END AS lowest_before_fen FROM sku s LEFT JOIN offer o ON o.sku_id = s.id AND o.is_active
  AND o.starts_at <= $2 AND o.ends_at > $2 AND (o.quota IS NULL OR o.sold < o.quota OR (SELECT coalesce(sum(h.quantity), 0)::int FROM offer_hold h
    WHERE h.offer_id = o.id AND h.released_at IS NULL AND h.expires_at <= $2) > 0)
WHERE s.product_id = ANY($1) AND s.is_active ORDER BY s.product_id, s.position;

SELECT wanted.product_id, wanted.point_id, t.sku_id, t.on_hand - t.held + freed.units,
  l.id, l.gtin, l.lot_code, l.sku_id, l.producer_id, l.status, l.harvested_on, l.packed_on, l.best_before_on, l.expires_on, l.created_at, f.id AS producer_id, f.code AS producer_code, f.name AS producer_name, f.kind AS producer_kind, f.province AS producer_province, f.city AS producer_city, f.story AS producer_story, f.gln AS producer_gln, f.licence_number AS producer_licence_number, f.licence_expires_on AS producer_licence_expires_on, f.created_at AS producer_created_at
FROM unnest($1::bigint[], $2::bigint[]) AS wanted(product_id, point_id)
JOIN product p ON p.id = wanted.product_id
JOIN sku k ON k.product_id = p.id AND k.is_active
JOIN stock_lot t ON t.sku_id = k.id AND (wanted.point_id = -1 OR t.pickup_point_id = wanted.point_id)
JOIN LATERAL (SELECT coalesce(sum(h.quantity), 0)::int AS units FROM stock_hold h
  WHERE h.stock_lot_id = t.id AND h.ended_at IS NULL AND h.expires_at <= $4) freed
  ON t.on_hand - t.held + freed.units > 0
JOIN pickup_point x ON x.id = t.pickup_point_id AND x.status = 'OPEN'
JOIN lot l ON l.id = t.lot_id AND l.status = 'SELLABLE' AND l.expires_on >= $3::date + p.min_days_left
JOIN producer f ON f.id = l.producer_id AND f.licence_expires_on >= $3
ORDER BY wanted.product_id, wanted.point_id, l.expires_on, l.id;
