SELECT p.name FROM (
  SELECT p.id, starts_with(s.name, $2::text) AS begins, strpos(s.name, $2::text) > 0 AS has, p.sales_count
  FROM product_search s JOIN product p ON p.id = s.product_id AND p.status = 'PUBLISHED'
  WHERE s.name_keys @> $1::text[] ORDER BY begins DESC, has DESC, p.sales_count DESC, p.id DESC LIMIT $3
) AS found JOIN product p ON p.id = found.id
ORDER BY found.begins DESC, found.has DESC, found.sales_count DESC, found.id DESC;
