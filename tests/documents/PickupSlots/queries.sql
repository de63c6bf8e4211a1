SELECT p.id, p.code, p.name, p.kind, p.status, p.city, p.district, p.address, p.phone, p.latitude, p.longitude, p.gln, p.opens_at, p.closes_at, p.prep_minutes, p.position, p.created_at FROM pickup_point p WHERE p.id = ANY($1);

SELECT s.id, s.pickup_point_id, s.starts_at, s.ends_at, s.capacity, s.withdrawn_at,
  least(s.cutoff_at, s.starts_at - p.prep_minutes * interval '1 minute') AS cutoff_at,
  s.reserved - (SELECT count(*) FROM slot_hold h WHERE h.pickup_slot_id = s.id
    AND h.released_at IS NULL AND h.expires_at <= $2)::int AS reserved, true AS at_open_point FROM pickup_slot s JOIN pickup_point p ON p.id = s.pickup_point_id WHERE s.pickup_point_id = ANY($1) AND s.cutoff_at > $2 AND least(s.cutoff_at, s.starts_at - p.prep_minutes * interval '1 minute') > $2 AND s.withdrawn_at IS NULL AND p.status = 'OPEN' ORDER BY s.pickup_point_id, s.starts_at;
