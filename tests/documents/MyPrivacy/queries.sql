SELECT c.id, c.openid_sealed, c.openid_index, c.phone_sealed, c.phone_index, c.phone_tail_index, c.display_name, c.avatar_id, c.birth_year, c.status, c.is_demo, c.created_at, c.closed_at FROM customer c WHERE c.id = ANY($1) AND c.status = 'ACTIVE';

SELECT DISTINCT ON (c.purpose) c.id, c.customer_id, c.purpose, c.policy_version, c.granted, c.channel, c.decided_at FROM consent c
WHERE c.customer_id = $1 ORDER BY c.purpose, c.decided_at DESC, c.id DESC;

SELECT r.id, r.customer_id, r.kind, r.state, r.requested_at, r.due_on, r.done_at, r.storage_key, r.expires_at, r.counts, r.subject, r.wish, r.answer, r.answered_by_id FROM data_request r WHERE r.customer_id = $1 ORDER BY r.id DESC LIMIT 20;
