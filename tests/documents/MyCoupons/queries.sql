SELECT c.id, c.openid_sealed, c.openid_index, c.phone_sealed, c.phone_index, c.phone_tail_index, c.display_name, c.avatar_id, c.birth_year, c.status, c.is_demo, c.created_at, c.closed_at FROM customer c WHERE c.id = ANY($1) AND c.status = 'ACTIVE';

SELECT w.* FROM (SELECT c.id, c.coupon_id, c.customer_id, c.code, c.ordinal, c.ordinal_limit, c.claimed_at, c.expires_at, CASE
    WHEN (SELECT sum(CASE r.kind WHEN 'REDEEM' THEN 1 ELSE -1 END) FROM coupon_redemption r
      WHERE r.coupon_code_id = c.id) > 0 THEN 'USED'
    WHEN EXISTS (SELECT FROM coupon_hold h WHERE h.coupon_code_id = c.id AND h.released_at IS NULL
      AND (h.expires_at IS NULL OR h.expires_at > $2)) THEN 'HELD'
    WHEN c.expires_at <= $2 THEN 'EXPIRED' ELSE 'USABLE' END AS state FROM coupon_code c WHERE c.customer_id = $1) w WHERE ($3::text IS NULL OR w.state = $3) ORDER BY w.expires_at, w.id LIMIT $4;

SELECT c.id, c.code, c.name, c.kind, c.amount_fen, c.percent_off, c.cap_fen, c.minimum_spend_fen, c.scope, c.usage_limit, c.claimed_count, c.per_customer_limit, c.is_stackable, c.claim_starts_at, c.claim_ends_at, c.valid_days, c.valid_until, c.created_at FROM coupon c WHERE c.id = ANY($1);
