SELECT c.id, c.openid_sealed, c.openid_index, c.phone_sealed, c.phone_index, c.phone_tail_index, c.display_name, c.avatar_id, c.birth_year, c.status, c.is_demo, c.created_at, c.closed_at FROM customer c WHERE c.id = ANY($1) AND c.status = 'ACTIVE';

SELECT p.id, p.category_id, p.slug, p.name, p.subtitle, p.description, p.status, p.sold_by, p.return_policy, p.storage, p.storage_min_c, p.storage_max_c, p.origin, p.allergens, p.shelf_life_days, p.min_days_left, p.price_from_fen, p.sales_count, p.rating_sum, p.star_counts, p.published_at, p.created_at, p.updated_at, k.created_at AS kept_since, k.id AS kept_id FROM favourite k JOIN product p ON p.id = k.product_id AND p.status = 'PUBLISHED'
WHERE k.customer_id = $1 ORDER BY k.created_at DESC, k.id DESC LIMIT $2;

SELECT m.id, m.product_id, m.kind, m.position, m.alt, m.storage_key, m.poster_key, m.width, m.height, m.duration_seconds, m.frame_count FROM unnest($1::bigint[]) AS wanted(id)
CROSS JOIN LATERAL (
  SELECT * FROM media WHERE product_id = wanted.id AND kind = 'IMAGE' ORDER BY position LIMIT 1
) AS m;

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
