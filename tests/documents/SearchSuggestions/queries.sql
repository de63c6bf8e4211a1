SELECT p.name FROM product_search s JOIN product p ON p.id = s.product_id AND p.status = 'PUBLISHED'
WHERE s.name_keys @> $1::text[]
ORDER BY starts_with(s.name, $2::text) DESC, strpos(s.name, $2::text) > 0 DESC, p.sales_count DESC, p.id DESC
LIMIT $3;
