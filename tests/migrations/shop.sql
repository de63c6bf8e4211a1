-- One valid row (id 1) of each table that test_constraints tries to spoil; a second where two are needed.
INSERT INTO customer (id, openid_sealed, openid_index, display_name, status, is_demo, created_at)
VALUES (1, '\x01', '\x01', '王**', 'ACTIVE', false, now()), (2, NULL, NULL, '李**', 'ACTIVE', false, now());
INSERT INTO staff (id, username, name, is_active, created_at)
VALUES (1, 'maker', '甲', true, now()), (2, 'checker', '乙', true, now());
INSERT INTO partner (id, code, name, kind, is_active, created_at) VALUES (1, 'lab', '检测', 'LAB', true, now());
INSERT INTO api_key (id, partner_id, prefix, key_hash, scopes, created_at, expires_at)
VALUES (1, 1, 'ygp_abc', sha256('k'), '{}', now(), now() + interval '1 year');
INSERT INTO webhook (id, partner_id, url, events, secret_sealed, is_active, created_at)
VALUES (1, 1, 'https://partner.example/hook', '{lot.recalled}', '\x01', true, now());
INSERT INTO partner_event (id, uid, type, payload, happened_at) VALUES (1, gen_random_uuid(), 'SlotFull', '{}', now());
INSERT INTO webhook_delivery (id, event_id, webhook_id, status, attempts, next_try_at, created_at)
VALUES (1, 1, 1, 'PENDING', 0, now(), now());
TRUNCATE app CASCADE; -- the documents of the tree, which are registered in every database
INSERT INTO app (id, code, partner_id, revision, created_at) VALUES (1, 'lab', 1, 0, now());
INSERT INTO manifest (id, app_id, version, content_hash, is_active, created_at, activated_at)
VALUES (1, 1, 1, repeat('0', 64), true, now(), now());
INSERT INTO document (id, manifest_id, sha256, alias, name, kind, cost, scopes, text)
VALUES (1, 1, encode(sha256(convert_to('{ a }', 'UTF8')), 'hex'), 'x-a', 'A', 'QUERY', 1, '{}', '{ a }');
INSERT INTO document_usage (id, app_id, sha256, used_on, calls, errors, latency, last_used_at)
VALUES (1, 1, repeat('0', 64), '2026-08-01', 2, 1, array_fill(0, ARRAY[50]), now());
INSERT INTO upload (id, storage_key, content_type, size_bytes, sha256, caller, created_at)
VALUES (1, 'a/b', 'image/webp', 10, repeat('0', 64), 'partner:1', now());
INSERT INTO data_key (id, subject, ring_key, wrapped, created_at) VALUES (1, 'customer:1', 'k1', '\x01', now());
INSERT INTO audit_entry (id, happened_at, caller, action, entity, entity_id, after)
VALUES (1, now(), 'staff:1', 'create', 'Product', 1, '{}');
INSERT INTO idempotent_answer (id, caller, operation, key, input_hash, result, created_at)
VALUES (1, 'customer:1', 'placeOrder', 'a1b2c3d4', sha256('i'), '["Order", 1]', now());
INSERT INTO pickup_point (id, code, name, kind, status, city, district, address, phone, latitude, longitude,
  opens_at, closes_at, prep_minutes, position, created_at)
VALUES (1, 'km01', '一店', 'STORE', 'OPEN', '昆明市', '五华区', '翠湖', '0871-1', 25, 102, '08:00', '21:00', 30, 1, now());
INSERT INTO slot_rule (id, pickup_point_id, weekday, starts_at, ends_at, cutoff_days_before, cutoff_at, capacity, is_active)
VALUES (1, 1, 1, '17:00', '19:00', 1, '22:00', 20, true);
INSERT INTO pickup_slot (id, pickup_point_id, starts_at, ends_at, cutoff_at, capacity, reserved)
VALUES (1, 1, '2026-08-01 09:00Z', '2026-08-01 11:00Z', '2026-07-31 14:00Z', 20, 20);
INSERT INTO category (id, parent_id, slug, name, icon, position)
VALUES (1, NULL, 'veg', '蔬菜', '🥬', 1), (2, 1, 'leaf', '叶菜', '🥬', 1), (3, 2, 'spinach', '菠菜类', '🥬', 1);
INSERT INTO product (id, category_id, slug, name, subtitle, description, status, sold_by, return_policy, storage, origin,
  allergens, shelf_life_days, min_days_left, price_from_fen, sales_count, rating_sum, star_counts, published_at, created_at,
  updated_at)
VALUES (1, 2, 'spinach', '菠菜', '', '', 'PUBLISHED', 'WEIGHT', 'FRESH', 'CHILLED', '昆明', '{}', 5, 1, 399, 0, 9,
  '{0,0,0,1,1}', now(), now(), now());
INSERT INTO sku (id, product_id, code, gtin, spec, price_fen, list_price_fen, net_grams, pieces, is_catch_weight,
  max_per_order, is_active, position)
VALUES (1, 1, 's1', '06900000000001', '500g', 399, 499, 500, 1, true, 20, true, 1),
  (2, 1, 's2', '06900000000002', '1kg', 699, NULL, 1000, 1, false, 20, true, 2);
INSERT INTO media (id, product_id, kind, position, alt, storage_key, width, height, frame_count)
VALUES (1, 1, 'IMAGE', 1, '菠菜', 'm/1', 800, 800, 1);
INSERT INTO price_history (id, sku_id, price_fen, is_offer, effective_at) VALUES (1, 1, 399, false, '2026-07-01Z');
INSERT INTO product_revision (id, product_id, content, content_hash, status, maker_id, checker_id, approved_hash, created_at)
VALUES (1, 1, '{}', repeat('a', 64), 'APPROVED', 1, 2, repeat('a', 64), now());
INSERT INTO lot (id, gtin, lot_code, sku_id, status, harvested_on, packed_on, expires_on, created_at)
VALUES (1, '06900000000001', 'L1', 1, 'SELLABLE', '2026-07-30', '2026-07-31', '2026-08-05', now());
INSERT INTO trace_event (id, event_type, event_hash, event_time, event_offset, recorded_at, action, biz_transactions,
  sources, destinations, sensor_elements, ilmd, has_alarm, corrective_event_ids, canonical, event_id)
VALUES (1, 'ObjectEvent', 'ni:///sha-256;' || repeat('0', 64) || '?ver=CBV2.0', now(), '+08:00', now(), 'ADD', '[]', '[]',
  '[]', '[]', '{}', false, '[]', '{}', 'urn:uuid:1');
INSERT INTO lot_event (id, lot_id, event_id, role, quantity) VALUES (1, 1, 1, 'OBJECT', 10);
INSERT INTO lot_seal (id, lot_id, sequence, event_id, chain_hash) VALUES (1, 1, 1, 1, repeat('0', 64));
INSERT INTO inspection_report (id, lot_id, lab, number, sample_name, sampled_on, issued_on, verdict, status, items, created_at)
VALUES (1, 1, 'lab', 'R1', '菠菜', '2026-07-30', '2026-07-31', 'PASS', 'ACCEPTED', '[{}]', now());
INSERT INTO stock_lot (id, pickup_point_id, sku_id, lot_id, on_hand, held, updated_at) VALUES (1, 1, 1, 1, 5, 5, now());
INSERT INTO stock_movement (id, stock_lot_id, kind, on_hand_delta, held_delta, caller, moved_at)
VALUES (1, 1, 'RECEIVE', 5, 0, 'staff:1', now());
INSERT INTO coupon (id, code, name, kind, amount_fen, minimum_spend_fen, scope, usage_limit, claimed_count,
  per_customer_limit, is_stackable, claim_starts_at, claim_ends_at, valid_days, created_at)
VALUES (1, 'c5', '满30减5', 'AMOUNT', 500, 3000, 'ALL', 10, 10, 2, false, now(), now() + interval '1 day', 7, now());
INSERT INTO coupon_target (id, coupon_id, category_id) VALUES (1, 1, 1);
INSERT INTO coupon_code (id, coupon_id, customer_id, code, ordinal, ordinal_limit, claimed_at, expires_at)
VALUES (1, 1, 1, 'AAAA', 2, 2, now(), now() + interval '7 days'),
  (2, 1, 1, 'CCCC', 1, 2, now(), now() + interval '7 days');
INSERT INTO coupon_redemption (id, coupon_code_id, attempt, kind, discount_fen, redeemed_at)
VALUES (1, 1, 1, 'REDEEM', 500, now());
INSERT INTO hold (id, customer_id, address_index, started_at, expires_at)
VALUES (1, 1, sha256('a'), now(), now() + interval '10 minutes');
INSERT INTO stock_hold (id, hold_id, stock_lot_id, quantity, expires_at) VALUES (1, 1, 1, 5, now() + interval '10 minutes');
INSERT INTO slot_hold (id, hold_id, pickup_slot_id, expires_at) VALUES (1, 1, 1, now() + interval '10 minutes');
INSERT INTO coupon_hold (id, hold_id, coupon_code_id, expires_at) VALUES (1, 1, 1, now() + interval '10 minutes');
INSERT INTO offer (id, sku_id, name, price_fen, starts_at, ends_at, quota, sold, is_active, created_at)
VALUES (1, 1, '秒杀', 299, '2026-08-01 00:00Z', '2026-08-02 00:00Z', 10, 10, true, now());
INSERT INTO review (id, product_id, customer_id, source, order_line_id, rating, body, media, moderation, helpful_count, created_at)
VALUES (1, 1, 1, 'ORDER', 1, 5, '新鲜', '[]', 'APPROVED', 0, now());
INSERT INTO review_vote (id, review_id, customer_id, voted_at) VALUES (1, 1, 2, now());
INSERT INTO payment (id, customer_id, out_trade_no, amount_fen, description, expires_at, asked_at, prepay_id, prepay_until,
  paid_at, transaction_id, paid_fen, refund_granted_fen, refunded_fen, created_at)
VALUES (1, 1, 'YG20260801000000000001', 1000, '订单', now() + interval '10 minutes', now(), 'wx1', now(), now(), 'T1', 1000,
  600, 600, now());
INSERT INTO granted_refund (id, payment_id, key, ordinal, transaction_id, amount_fen, reason, out_refund_no, succeeded_at,
  created_at)
VALUES (1, 1, 'line:1', 1, 'T1', 600, '少拣', 'YG20260801000000000001R1', now(), now());
INSERT INTO payment_event (id, payment_id, kind, outcome, source, amount_fen, transaction_id, refund_id, out_refund_no,
  happened_at, recorded_at)
VALUES (1, 1, 'CHARGE', 'SUCCESS', 'NOTIFY', 1000, 'T1', NULL, NULL, now(), now()),
  (2, 1, 'REFUND', 'REQUEST', 'REQUEST', 600, 'T1', 1, 'YG20260801000000000001R1', now(), now()),
  (3, 1, 'REFUND', 'SUCCESS', 'QUERY', 600, 'T1', 1, 'YG20260801000000000001R1', now(), now());
INSERT INTO reconciliation_report (id, day, charge_count, charge_fen, refund_count, refund_fen, matched, created_at)
VALUES (1, '2026-08-01', 1, 1000, 1, 600, 2, now());
INSERT INTO looking_allowance (id, staff_id, kind, began_at, used) VALUES (1, 1, 'LOOKUP', now(), 1);
INSERT INTO personal_access (id, customer_id, staff_id, value, reason, seen_at)
VALUES (1, 1, 1, 'PHONE', '取货时联系', now());
