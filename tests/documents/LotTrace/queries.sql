SELECT l.id, l.gtin, l.lot_code, l.sku_id, l.producer_id, l.status, l.harvested_on, l.packed_on, l.best_before_on, l.expires_on, l.created_at FROM lot l WHERE l.lot_code = $1 ORDER BY l.gtin LIMIT 2;

SELECT e.id, e.event_type, e.event_id, e.event_hash, e.event_time, e.event_offset, e.recorded_at, e.action, e.biz_step, e.disposition, e.stage, e.read_point, e.biz_location, e.temperature_min_c, e.temperature_max_c, e.has_alarm, e.error_declared_at, e.error_reason, pl.name AS place_name, pl.city AS place_city, t.lot_id
FROM lot_event t JOIN trace_event e ON e.id = t.event_id
LEFT JOIN place pl ON pl.uri = COALESCE(e.read_point, e.biz_location)
WHERE t.lot_id = ANY($1) ORDER BY e.event_time, e.id;

SELECT r.id, r.lot_id, r.partner_id, r.lab, r.number, r.sample_name, r.sampled_on, r.issued_on, r.verdict, r.status, r.items, r.file_id, r.filed_by, r.decided_by, r.decided_at, r.rejection_reason, r.created_at, u.storage_key AS file_key
FROM inspection_report r LEFT JOIN upload u ON u.id = r.file_id
WHERE r.lot_id = ANY($1) AND r.status = 'ACCEPTED' ORDER BY r.issued_on DESC, r.id DESC;

SELECT c.id, c.lot_id, c.number, c.product_name, c.quantity, c.origin, c.issuer, c.basis, c.issued_on, c.expires_on FROM conformity_certificate c
WHERE c.lot_id = ANY($1) ORDER BY c.issued_on DESC, c.id DESC;

SELECT p.id, p.code, p.name, p.kind, p.province, p.city, p.story, p.gln, p.licence_number, p.licence_expires_on, p.created_at FROM producer p WHERE p.id = ANY($1);

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

SELECT p.id, p.category_id, p.slug, p.name, p.subtitle, p.description, p.status, p.sold_by, p.return_policy, p.storage, p.storage_min_c, p.storage_max_c, p.origin, p.allergens, p.shelf_life_days, p.min_days_left, p.price_from_fen, p.sales_count, p.rating_sum, p.star_counts, p.published_at, p.created_at, p.updated_at FROM product p WHERE p.id = ANY($1) AND p.status = 'PUBLISHED';
