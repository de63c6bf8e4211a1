SELECT p.id, p.category_id, p.slug, p.name, p.subtitle, p.description, p.status, p.sold_by, p.return_policy, p.storage, p.storage_min_c, p.storage_max_c, p.origin, p.allergens, p.shelf_life_days, p.min_days_left, p.price_from_fen, p.sales_count, p.rating_sum, p.star_counts, p.published_at, p.created_at, p.updated_at FROM product p WHERE p.id = ANY($1) AND p.status = 'PUBLISHED';

SELECT p.id, p.code, p.name, p.kind, p.status, p.city, p.district, p.address, p.phone, p.latitude, p.longitude, p.gln, p.opens_at, p.closes_at, p.prep_minutes, p.position, p.created_at FROM pickup_point p WHERE p.id = ANY($1);

SELECT c.id, c.parent_id, c.slug, c.name, c.icon, c.position FROM category c WHERE c.id = ANY($1);

SELECT m.id, m.product_id, m.kind, m.position, m.alt, m.storage_key, m.poster_key, m.width, m.height, m.duration_seconds, m.frame_count FROM media m WHERE m.product_id = ANY($1) ORDER BY m.product_id, m.position;

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

SELECT c.id, c.code, c.name, c.kind, c.amount_fen, c.percent_off, c.cap_fen, c.minimum_spend_fen, c.scope, c.usage_limit, c.claimed_count, c.per_customer_limit, c.is_stackable, c.claim_starts_at, c.claim_ends_at, c.valid_days, c.valid_until, c.created_at, p.id AS for_product_id
FROM product p CROSS JOIN LATERAL (
  SELECT * FROM coupon WHERE scope = 'ALL'
  UNION
  SELECT coupon.* FROM coupon JOIN coupon_target t ON t.coupon_id = coupon.id WHERE t.product_id = p.id
  UNION
  SELECT coupon.* FROM coupon JOIN coupon_target t ON t.coupon_id = coupon.id
  WHERE t.category_id IN (
    WITH RECURSIVE above AS (
      SELECT id, parent_id FROM category WHERE id = p.category_id
      UNION SELECT up.id, up.parent_id FROM category up JOIN above ON up.id = above.parent_id
    ) SELECT id FROM above)
) AS c
WHERE p.id = ANY($1) AND c.claim_starts_at <= $2 AND c.claim_ends_at > $2 AND c.claimed_count < c.usage_limit ORDER BY c.minimum_spend_fen, c.id;

SELECT r.id, r.product_id, r.customer_id, r.source, r.order_line_id, r.sku_id, r.lot_id, r.pickup_point_id, r.days_since_packed, r.rating, r.body, r.media, r.moderation, r.moderation_reason, r.helpful_count, r.reply, r.replied_at, r.created_at, a.display_name AS author_name FROM unnest($1::bigint[]) AS wanted(id)
CROSS JOIN LATERAL (
  SELECT * FROM review r WHERE r.product_id = wanted.id AND r.moderation = 'APPROVED'
  ORDER BY r.created_at DESC, r.id DESC LIMIT $2
) AS r JOIN customer a ON a.id = r.customer_id ORDER BY r.product_id, r.created_at DESC, r.id DESC;

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

SELECT s.id, s.pickup_point_id, s.starts_at, s.ends_at, s.capacity, s.withdrawn_at,
  least(s.cutoff_at, s.starts_at - p.prep_minutes * interval '1 minute') AS cutoff_at,
  s.reserved - (SELECT count(*) FROM slot_hold h WHERE h.pickup_slot_id = s.id
    AND h.released_at IS NULL AND h.expires_at <= $2)::int AS reserved, true AS at_open_point FROM pickup_slot s JOIN pickup_point p ON p.id = s.pickup_point_id WHERE s.pickup_point_id = ANY($1) AND s.cutoff_at > $2 AND least(s.cutoff_at, s.starts_at - p.prep_minutes * interval '1 minute') > $2 AND s.withdrawn_at IS NULL AND p.status = 'OPEN' ORDER BY s.pickup_point_id, s.starts_at;

SELECT e.id, e.event_type, e.event_id, e.event_hash, e.event_time, e.event_offset, e.recorded_at, e.action, e.biz_step, e.disposition, e.stage, e.read_point, e.biz_location, e.temperature_min_c, e.temperature_max_c, e.has_alarm, e.error_declared_at, e.error_reason, pl.name AS place_name, pl.city AS place_city, t.lot_id
FROM lot_event t JOIN trace_event e ON e.id = t.event_id
LEFT JOIN place pl ON pl.uri = COALESCE(e.read_point, e.biz_location)
WHERE t.lot_id = ANY($1) ORDER BY e.event_time, e.id;

SELECT r.id, r.lot_id, r.partner_id, r.lab, r.number, r.sample_name, r.sampled_on, r.issued_on, r.verdict, r.status, r.items, r.file_id, r.filed_by, r.decided_by, r.decided_at, r.rejection_reason, r.created_at, u.storage_key AS file_key
FROM inspection_report r LEFT JOIN upload u ON u.id = r.file_id
WHERE r.lot_id = ANY($1) AND r.status = 'ACCEPTED' ORDER BY r.issued_on DESC, r.id DESC;

SELECT c.id, c.lot_id, c.number, c.product_name, c.quantity, c.origin, c.issuer, c.basis, c.issued_on, c.expires_on FROM conformity_certificate c
WHERE c.lot_id = ANY($1) ORDER BY c.issued_on DESC, c.id DESC;
