SELECT p.id, p.category_id, p.slug, p.name, p.subtitle, p.description, p.status, p.sold_by, p.return_policy, p.storage, p.storage_min_c, p.storage_max_c, p.origin, p.allergens, p.shelf_life_days, p.min_days_left, p.price_from_fen, p.sales_count, p.rating_sum, p.star_counts, p.published_at, p.created_at, p.updated_at FROM product p WHERE p.id = ANY($1) AND p.status = 'PUBLISHED';

SELECT product_id FROM favourite WHERE customer_id = $1 AND product_id = ANY($2);
