SELECT c.id, c.openid_sealed, c.openid_index, c.phone_sealed, c.phone_index, c.phone_tail_index, c.display_name, c.avatar_id, c.birth_year, c.status, c.is_demo, c.created_at, c.closed_at FROM customer c WHERE c.id = ANY($1) AND c.status = 'ACTIVE';

SELECT c.id, c.customer_id, c.token_hash, c.address_index, c.pickup_point_id, c.pickup_slot_id, c.coupon_code_id, c.merged_into_id, c.created_at, c.touched_at, b.id AS own_hold_id, s.pickup_slot_id AS own_slot_id
FROM cart c LEFT JOIN hold b ON b.customer_id = c.customer_id AND b.ended_at IS NULL
LEFT JOIN slot_hold s ON s.hold_id = b.id AND s.released_at IS NULL AND s.expires_at > $2 WHERE c.customer_id = $1;

SELECT l.id, l.cart_id, l.sku_id, l.quantity, l.seen_price_fen, l.added_at FROM cart_line l WHERE l.cart_id = $1 ORDER BY l.id;

SELECT r.id, r.sku_id, r.buy_quantity, r.gift_sku_id, r.gift_quantity,
  CASE WHEN r.quota IS NOT NULL THEN r.quota - r.given + (SELECT coalesce(sum(h.quantity), 0)::int FROM gift_hold h
    WHERE h.gift_rule_id = r.id AND h.released_at IS NULL AND (h.expires_at <= $2 OR h.hold_id = $3)) END AS units
FROM gift_rule r WHERE r.sku_id = ANY($1) AND r.is_active AND r.starts_at <= $2 AND r.ends_at > $2 ORDER BY r.id;

SELECT s.id, s.product_id, s.max_per_order, s.price_fen, s.list_price_fen,
  o.id AS offer_id, o.price_fen AS offer_price_fen, o.units AS offer_units, CASE WHEN o.price_fen < s.price_fen OR s.list_price_fen IS NOT NULL THEN (
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
  ) AS asked) END AS lowest_before_fen,
  ARRAY(WITH RECURSIVE above AS (
    SELECT id, parent_id FROM category WHERE id = p.category_id
    UNION SELECT up.id, up.parent_id FROM category up JOIN above ON up.id = above.parent_id
  ) SELECT id FROM above) AS category_ids
FROM sku s JOIN product p ON p.id = s.product_id AND p.status = 'PUBLISHED'
LEFT JOIN LATERAL (
  SELECT e.id, e.price_fen, e.starts_at, least(
    e.quota - e.sold + (SELECT coalesce(sum(h.quantity), 0) FROM offer_hold h WHERE h.offer_id = e.id
      AND h.released_at IS NULL AND (h.expires_at <= $2 OR h.hold_id = own.id)),
    e.per_customer_limit - (SELECT coalesce(sum(h.quantity), 0) FROM offer_hold h JOIN hold b ON b.id = h.hold_id
      WHERE h.offer_id = e.id AND b.customer_id = $3 AND h.released_at IS NULL
      AND (h.expires_at IS NULL OR h.expires_at > $2) AND h.hold_id IS DISTINCT FROM own.id))::int AS units
  FROM offer e LEFT JOIN hold own ON own.customer_id = $3 AND own.ended_at IS NULL
  WHERE e.sku_id = s.id AND e.is_active AND e.starts_at <= $2 AND e.ends_at > $2
) o ON o.units IS NULL OR o.units > 0
WHERE s.id = ANY($1) AND s.is_active;

SELECT t.id, t.lot_id, t.sku_id, t.on_hand - t.held + freed.units, l.expires_on, p.min_days_left
FROM stock_lot t JOIN pickup_point x ON x.id = t.pickup_point_id AND x.status = 'OPEN'
JOIN sku k ON k.id = t.sku_id AND k.is_active JOIN product p ON p.id = k.product_id AND p.status = 'PUBLISHED'
JOIN lot l ON l.id = t.lot_id AND l.status = 'SELLABLE' JOIN producer f ON f.id = l.producer_id
JOIN LATERAL (SELECT coalesce(sum(h.quantity), 0)::int AS units FROM stock_hold h WHERE h.stock_lot_id = t.id
  AND h.ended_at IS NULL AND (h.expires_at <= $4 OR h.hold_id = $5)) freed ON t.on_hand - t.held + freed.units > 0
WHERE t.sku_id = ANY($1) AND t.pickup_point_id = $2 AND l.expires_on >= $3 AND f.licence_expires_on >= $3
ORDER BY t.sku_id, l.expires_on, t.id;

SELECT c.id, c.coupon_id, c.expires_at, t.kind, t.amount_fen, t.percent_off, t.cap_fen,
  t.minimum_spend_fen, t.scope, w.product_ids, w.category_ids, CASE
    WHEN (SELECT sum(CASE r.kind WHEN 'REDEEM' THEN 1 ELSE -1 END) FROM coupon_redemption r
      WHERE r.coupon_code_id = c.id) > 0 THEN 'USED'
    WHEN EXISTS (SELECT FROM coupon_hold h WHERE h.coupon_code_id = c.id AND h.released_at IS NULL
      AND (h.expires_at IS NULL OR h.expires_at > $2) AND h.hold_id IS DISTINCT FROM $3) THEN 'HELD'
    WHEN c.expires_at <= $2 THEN 'EXPIRED' ELSE 'USABLE' END AS state
FROM coupon_code c JOIN coupon t ON t.id = c.coupon_id CROSS JOIN LATERAL (
  SELECT array_agg(g.product_id) FILTER (WHERE g.product_id IS NOT NULL) AS product_ids,
    array_agg(g.category_id) FILTER (WHERE g.category_id IS NOT NULL) AS category_ids
  FROM coupon_target g WHERE g.coupon_id = t.id) w
WHERE c.customer_id = $1 AND c.expires_at > $2 ORDER BY c.expires_at, c.id LIMIT 100;

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

SELECT c.id, c.coupon_id, c.customer_id, c.code, c.ordinal, c.ordinal_limit, c.claimed_at, c.expires_at, CASE
    WHEN (SELECT sum(CASE r.kind WHEN 'REDEEM' THEN 1 ELSE -1 END) FROM coupon_redemption r
      WHERE r.coupon_code_id = c.id) > 0 THEN 'USED'
    WHEN EXISTS (SELECT FROM coupon_hold h WHERE h.coupon_code_id = c.id AND h.released_at IS NULL
      AND (h.expires_at IS NULL OR h.expires_at > $2)) THEN 'HELD'
    WHEN c.expires_at <= $2 THEN 'EXPIRED' ELSE 'USABLE' END AS state FROM coupon_code c WHERE c.id = ANY($1);

SELECT p.id, p.category_id, p.slug, p.name, p.subtitle, p.description, p.status, p.sold_by, p.return_policy, p.storage, p.storage_min_c, p.storage_max_c, p.origin, p.allergens, p.shelf_life_days, p.min_days_left, p.price_from_fen, p.sales_count, p.rating_sum, p.star_counts, p.published_at, p.created_at, p.updated_at FROM product p WHERE p.id = ANY($1) AND p.status = 'PUBLISHED';

SELECT c.id, c.code, c.name, c.kind, c.amount_fen, c.percent_off, c.cap_fen, c.minimum_spend_fen, c.scope, c.usage_limit, c.claimed_count, c.per_customer_limit, c.is_stackable, c.claim_starts_at, c.claim_ends_at, c.valid_days, c.valid_until, c.created_at FROM coupon c WHERE c.id = ANY($1);

SELECT m.id, m.product_id, m.kind, m.position, m.alt, m.storage_key, m.poster_key, m.width, m.height, m.duration_seconds, m.frame_count FROM unnest($1::bigint[]) AS wanted(id)
CROSS JOIN LATERAL (
  SELECT * FROM media WHERE product_id = wanted.id AND kind = 'IMAGE' ORDER BY position LIMIT 1
) AS m;
