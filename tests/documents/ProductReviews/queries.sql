SELECT p.id, p.category_id, p.slug, p.name, p.subtitle, p.description, p.status, p.sold_by, p.return_policy, p.storage, p.storage_min_c, p.storage_max_c, p.origin, p.allergens, p.shelf_life_days, p.min_days_left, p.price_from_fen, p.sales_count, p.rating_sum, p.star_counts, p.published_at, p.created_at, p.updated_at FROM product p WHERE p.id = ANY($1) AND p.status = 'PUBLISHED';

SELECT r.id, r.product_id, r.customer_id, r.source, r.order_line_id, r.sku_id, r.lot_id, r.pickup_point_id, r.days_since_packed, r.rating, r.body, r.media, r.moderation, r.moderation_reason, r.helpful_count, r.reply, r.replied_at, r.created_at, a.display_name AS author_name FROM unnest($1::bigint[]) AS wanted(id)
CROSS JOIN LATERAL (
  SELECT * FROM review r WHERE r.product_id = wanted.id AND r.moderation = 'APPROVED'
  ORDER BY r.helpful_count DESC, r.id DESC LIMIT $2
) AS r JOIN customer a ON a.id = r.customer_id ORDER BY r.product_id, r.helpful_count DESC, r.id DESC;

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
  ) AS asked) END AS lowest_before_fen
FROM sku s JOIN product p ON p.id = s.product_id AND p.status = 'PUBLISHED'
LEFT JOIN offer o ON o.sku_id = s.id AND o.is_active
  AND o.starts_at <= $2 AND o.ends_at > $2 AND (o.quota IS NULL OR o.sold < o.quota OR (SELECT coalesce(sum(h.quantity), 0)::int FROM offer_hold h
    WHERE h.offer_id = o.id AND h.released_at IS NULL AND h.expires_at <= $2) > 0) WHERE s.id = ANY($1);

SELECT p.id, p.code, p.name, p.kind, p.status, p.city, p.district, p.address, p.phone, p.latitude, p.longitude, p.gln, p.opens_at, p.closes_at, p.prep_minutes, p.position, p.created_at FROM pickup_point p WHERE p.id = ANY($1);
