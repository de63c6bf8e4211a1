SELECT c.id, c.openid_sealed, c.openid_index, c.phone_sealed, c.phone_index, c.phone_tail_index, c.display_name, c.avatar_id, c.birth_year, c.status, c.is_demo, c.created_at, c.closed_at FROM customer c WHERE c.id = ANY($1) AND c.status = 'ACTIVE';

SELECT s.id, s.customer_id, s.staff_id, s.label, s.created_at, s.last_seen_at, s.expires_at, s.ended_at, s.end_reason FROM sign_in s
WHERE s.customer_id = $1 AND s.ended_at IS NULL AND s.expires_at > $2
ORDER BY s.last_seen_at DESC, s.id DESC LIMIT 50;
