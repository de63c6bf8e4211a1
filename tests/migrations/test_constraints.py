"""Rows that the database refuses, whoever writes them, and their nearest neighbours that it takes."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from app.embedded import databases, postgres

SHOP = Path(__file__).with_name("shop.sql")


def change(table: str, sets: str) -> str:
    """The row 1 of a table, changed."""
    return f"UPDATE {table} SET {sets} WHERE id = 1"


def copy(table: str, changes: str = "{}") -> str:
    """A second row like the row 1 of a table, but for the changes (JSON)."""
    return (
        f"INSERT INTO {table} SELECT (jsonb_populate_record(r, jsonb '{changes}' || jsonb '{{\"id\": 99}}')).*"
        f" FROM {table} r WHERE id = 1"
    )


UNPAID = (
    '{"out_trade_no": "YG20260801000000000099", "paid_at": null, "transaction_id": null,'
    ' "handed_over_at": "2026-08-02 09:00Z"}'
)
DECIDED = "filed_by = 'partner:1', decided_by = 'staff:1', decided_at = now()"

REFUSED = [
    # what sells out
    ("pickup_slot_within_capacity", change("pickup_slot", "reserved = 21")),
    ("pickup_slot_within_capacity", change("pickup_slot", "reserved = -1")),
    ("pickup_slot_within_capacity", change("pickup_slot", "capacity = 19")),
    ("stock_lot_within_on_hand", change("stock_lot", "held = 6")),
    ("stock_lot_within_on_hand", change("stock_lot", "on_hand = 4")),
    ("stock_lot_within_on_hand", change("stock_lot", "held = -1")),
    ("coupon_claims_within_limit", change("coupon", "claimed_count = 11")),
    ("coupon_code_ordinal_within_limit", change("coupon_code", "ordinal = 3")),
    ("coupon_code_ordinal_within_limit", change("coupon_code", "ordinal = 0")),
    ("coupon_code_coupon_id_customer_id_ordinal_key", copy("coupon_code", '{"code": "BBBB"}')),
    ("offer_within_quota", change("offer", "sold = 11")),
    # holds
    ("hold_customer_id_key", copy("hold")),
    ("hold_expires_later", change("hold", "expires_at = started_at")),
    ("hold_expires_later", change("hold", "extended_at = started_at - interval '1 second'")),
    ("hold_ended_has_outcome", change("hold", "ended_at = now()")),
    ("hold_ended_has_outcome", change("hold", "outcome = 'PLACED'")),
    ("hold_outcome_known", change("hold", "ended_at = now(), outcome = 'SOLD'")),
    ("hold_address_length", change("hold", "address_index = '127.0.0.1'")),
    ("stock_hold_stock_lot_id_hold_id_key", copy("stock_hold")),
    ("stock_hold_quantity_positive", change("stock_hold", "quantity = 0")),
    ("stock_hold_ended_has_outcome", change("stock_hold", "ended_at = now()")),
    ("stock_hold_ended_has_outcome", change("stock_hold", "outcome = 'SOLD'")),
    ("stock_hold_outcome_known", change("stock_hold", "ended_at = now(), outcome = 'LOST'")),
    ("slot_hold_hold_id_key", copy("slot_hold")),
    ("coupon_hold_coupon_code_id_key", copy("coupon_hold")),
    ("coupon_hold_hold_id_key", "INSERT INTO coupon_hold (id, hold_id, coupon_code_id) VALUES (99, 1, 2)"),
    # windows
    (
        "pickup_slot_no_overlap",
        copy("pickup_slot", '{"starts_at": "2026-08-01 10:59Z", "ends_at": "2026-08-01 12:00Z"}'),
    ),
    ("pickup_slot_pickup_point_id_starts_at_key", copy("pickup_slot")),
    ("pickup_slot_window", change("pickup_slot", "ends_at = starts_at")),
    ("pickup_slot_cutoff_before", change("pickup_slot", "cutoff_at = starts_at + interval '1 second'")),
    ("pickup_slot_withdrawn_is_empty", change("pickup_slot", "withdrawn_at = now()")),
    ("slot_rule_no_overlap", copy("slot_rule")),
    ("slot_rule_weekday_iso", change("slot_rule", "weekday = 0")),
    ("slot_rule_cutoff_before", change("slot_rule", "cutoff_days_before = 0")),
    ("offer_no_overlap", copy("offer", '{"starts_at": "2026-08-01 23:59Z", "ends_at": "2026-08-03 00:00Z"}')),
    ("offer_window", change("offer", "ends_at = starts_at")),
    ("coupon_claim_window", change("coupon", "claim_ends_at = claim_starts_at")),
    ("api_key_expires_later", change("api_key", "expires_at = created_at")),
    # four eyes
    ("product_revision_maker_is_not_checker", change("product_revision", "checker_id = maker_id")),
    ("product_revision_approved_content", change("product_revision", "approved_hash = repeat('b', 64)")),
    ("product_revision_approved_content", change("product_revision", "approved_hash = NULL")),
    ("product_revision_approved_content", change("product_revision", "checker_id = NULL")),
    ("product_revision_rejected_has_reason", change("product_revision", "status = 'REJECTED'")),
    ("product_revision_product_id_key", copy("product_revision")),
    ("product_revision_product_id_key", copy("product_revision", '{"status": "DRAFT"}')),
    ("product_revision_base_has_hash", change("product_revision", "base = '{}'")),
    ("product_revision_published_is_dated", change("product_revision", "status = 'PUBLISHED'")),
    ("product_revision_change_voids_approval", change("product_revision", "content = '{\"name\": 1}'")),
    ("product_revision_change_voids_approval", change("product_revision", "content_hash = repeat('b', 64)")),
    (
        "product_revision_change_voids_approval",
        change("product_revision", "content = '{\"a\": 1}', content_hash = repeat('b', 64), approved_hash = NULL"),
    ),
    # the catalogue
    ("category_is_a_tree", change("category", "parent_id = 3")),
    ("category_is_a_tree", change("category", "parent_id = 2")),
    ("category_is_a_tree", "UPDATE category SET parent_id = 3 WHERE id = 2"),
    ("category_is_a_tree", "UPDATE category SET parent_id = 2 WHERE id = 2"),
    ("category_not_own_parent", copy("category", '{"parent_id": 99, "slug": "own"}')),
    ("category_slug_form", change("category", "slug = 'Veg'")),
    ("product_rating_adds_up", change("product", "rating_sum = 10")),
    ("product_rating_adds_up", change("product", "star_counts = '{0,0,0,1,1,0}'")),
    ("product_rating_adds_up", change("product", "star_counts = '{-1,0,0,0,2}'")),
    ("product_published_is_complete", change("product", "published_at = NULL")),
    ("product_published_is_complete", change("product", "price_from_fen = NULL")),
    ("product_shelf_life", change("product", "min_days_left = 6")),
    ("product_status_known", change("product", "status = 'SOLD'")),
    ("sku_price_positive", change("sku", "price_fen = 0")),
    ("sku_list_price_above", change("sku", "list_price_fen = 399")),
    ("sku_catch_weight_has_net", change("sku", "net_grams = NULL")),
    ("sku_gtin_digits", change("sku", "gtin = '690'")),
    ("media_spin_has_frames", change("media", "kind = 'SPIN'")),
    ("media_video_facts", change("media", "kind = 'VIDEO', duration_seconds = 9")),
    ("price_history_sku_id_effective_at_is_offer_key", copy("price_history")),
    # trace
    ("stock_lot_lot_of_sku", change("stock_lot", "sku_id = 2")),
    ("stock_lot_lot_of_sku", change("lot", "sku_id = 2")),
    ("lot_gtin_lot_code_key", copy("lot")),
    ("lot_dates_in_order", change("lot", "packed_on = '2026-07-29'")),
    ("lot_dates_in_order", change("lot", "expires_on = '2026-07-30'")),
    ("trace_event_stored_once", copy("trace_event", '{"event_id": "urn:uuid:2"}')),
    ("trace_event_event_id_key", copy("trace_event", '{"event_hash": "ni:///sha-256;%s?ver=CBV2.0"}' % ("1" * 64))),
    ("trace_event_hash_form", change("trace_event", "event_hash = 'ni:///sha-256;0?ver=CBV2.0'")),
    ("trace_event_offset_form", change("trace_event", "event_offset = '+15:00'")),
    ("trace_event_action_by_type", change("trace_event", "action = NULL")),
    ("trace_event_action_by_type", change("trace_event", "event_type = 'TransformationEvent'")),
    ("trace_event_temperature_range", change("trace_event", "temperature_min_c = 5, temperature_max_c = 4")),
    ("trace_event_error_reason_declared", change("trace_event", "error_reason = 'x'")),
    ("lot_event_lot_id_event_id_role_key", copy("lot_event")),
    ("lot_event_quantity_not_negative", change("lot_event", "quantity = -1")),
    ("lot_seal_first_is_first", change("lot_seal", "sequence = 2")),
    ("lot_seal_lot_id_event_id_key", copy("lot_seal", '{"sequence": 2, "previous_hash": "0"}')),
    ("inspection_report_lab_number_key", copy("inspection_report")),
    ("inspection_report_items_present", change("inspection_report", "items = '[]'")),
    ("inspection_report_items_present", change("inspection_report", "items = '{}'")),
    ("inspection_report_dates_in_order", change("inspection_report", "sampled_on = '2026-08-01'")),
    # ledgers
    ("stock_movement_moves_something", change("stock_movement", "kind = 'ADJUST', on_hand_delta = 0")),
    ("stock_movement_direction_by_kind", change("stock_movement", "kind = 'WRITE_OFF'")),
    ("stock_movement_direction_by_kind", change("stock_movement", "kind = 'SELL'")),
    ("stock_movement_direction_by_kind", change("stock_movement", "held_delta = 1")),
    ("coupon_redemption_coupon_code_id_attempt_kind_key", copy("coupon_redemption")),
    ("audit_entry_changes_something", change("audit_entry", "after = NULL")),
    # coupons
    ("coupon_gives_by_kind", change("coupon", "percent_off = 5")),
    ("coupon_gives_by_kind", change("coupon", "amount_fen = 3001")),
    ("coupon_gives_by_kind", change("coupon", "kind = 'PERCENT'")),
    ("coupon_validity_one_way", change("coupon", "valid_until = now()")),
    ("coupon_validity_one_way", change("coupon", "valid_days = NULL")),
    ("coupon_target_one_target", change("coupon_target", "product_id = 1")),
    ("coupon_target_one_target", change("coupon_target", "category_id = NULL")),
    # people, partners, documents
    ("customer_openid_pair", change("customer", "openid_sealed = NULL")),
    ("customer_openid_index_key", "UPDATE customer SET openid_sealed = '\\x02', openid_index = '\\x01' WHERE id = 2"),
    ("customer_closed_is_erased", change("customer", "status = 'CLOSED', closed_at = now()")),
    ("customer_closed_has_time", "UPDATE customer SET status = 'CLOSED' WHERE id = 2"),
    ("data_key_destroyed_or_there", change("data_key", "wrapped = NULL")),
    ("data_key_destroyed_or_there", change("data_key", "destroyed_at = now()")),
    ("idempotent_answer_caller_operation_key_key", copy("idempotent_answer")),
    ("idempotent_answer_key_form", change("idempotent_answer", "key = 'with blank'")),
    ("role_scopes_present", change("role", "scopes = '{}'")),
    ("webhook_url_https", change("webhook", "url = 'http://partner.example'")),
    ("webhook_url_https", change("webhook", "url = 'http://127.0.0.1.partner.example/'")),
    ("webhook_url_https", change("webhook", "url = 'http://localhost'")),
    ("webhook_previous_secret_ends", change("webhook", "previous_secret_sealed = 'x'")),
    ("webhook_paused_is_failing", change("webhook", "paused_at = now()")),
    ("partner_budget", change("partner", "calls_per_minute = 0")),
    ("partner_budget", change("partner", "calls_per_day = calls_per_minute - 1")),
    ("partner_event_type_form", change("partner_event", "type = 'slot.full'")),
    ("partner_event_payload_is_object", change("partner_event", "payload = '[]'")),
    ("webhook_delivery_webhook_id_event_id_key", copy("webhook_delivery")),
    ("webhook_delivery_pending_waits", change("webhook_delivery", "next_try_at = NULL, finished_at = now()")),
    ("webhook_delivery_waits_or_is_over", change("webhook_delivery", "finished_at = now()")),
    (
        "inspection_report_maker_is_not_checker",
        change("inspection_report", "filed_by = 'staff:1', decided_by = 'staff:1', decided_at = now()"),
    ),
    ("inspection_report_decision_has_a_time", change("inspection_report", "decided_by = 'staff:1'")),
    ("inspection_report_filed_is_decided_by_someone", change("inspection_report", "filed_by = 'partner:1'")),
    ("inspection_report_rejection_has_a_reason", change("inspection_report", f"status = 'REJECTED', {DECIDED}")),
    ("document_sha256_matches", change("document", "text = '{ b }'")),
    ("document_sha256_matches", change("document", "sha256 = repeat('0', 64)")),
    ("manifest_app_id_key", copy("manifest", '{"version": 2}')),
    ("manifest_retired_is_inactive", change("manifest", "retired_at = now()")),
    ("manifest_active_since", change("manifest", "activated_at = NULL")),
    ("manifest_dropped_is_retired", change("manifest", "is_active = false, dropped_at = now()")),
    ("manifest_content_hash_form", change("manifest", "content_hash = 'x'")),
    ("document_alias_form", change("document", "alias = 'a/b'")),
    ("document_kind_known", change("document", "kind = 'BATCH'")),
    ("document_usage_app_id_sha256_used_on_key", copy("document_usage")),
    ("document_usage_counts", change("document_usage", "errors = 3")),
    ("document_usage_latency_buckets", change("document_usage", "latency = '{1}'")),
    ("upload_image_size", change("upload", "width = 10")),
    # reviews
    ("review_from_order_or_demo", change("review", "order_line_id = NULL")),
    ("review_rating_stars", change("review", "rating = 6")),
    ("review_rejected_has_reason", change("review", "moderation = 'REJECTED'")),
    ("review_reply_has_time", change("review", "reply = '谢谢'")),
    ("review_media_list", change("review", "media = '[0,1,2,3,4,5,6,7,8,9]'")),
    ("review_vote_review_id_customer_id_key", copy("review_vote")),
    # money: nothing goes back that did not come, nothing is told twice
    ("payment_balance", change("payment", "refunded_fen = 601")),
    ("payment_balance", change("payment", "refund_granted_fen = 1001")),
    ("payment_balance", change("payment", "refunded_fen = -1")),
    ("payment_amount_positive", change("payment", "amount_fen = 0")),
    ("payment_number_form", change("payment", "out_trade_no = '1'")),
    ("payment_paid_in_full", change("payment", "amount_fen = 1001")),
    ("payment_paid_pair", change("payment", "paid_at = NULL")),
    ("payment_paid_or_closed", change("payment", "closing_at = now(), closed_at = now()")),
    ("payment_transaction_id_key", copy("payment", '{"out_trade_no": "YG20260801000000000099"}')),
    ("payment_handed_over_was_paid", copy("payment", UNPAID)),
    ("payment_shipped_was_handed_over", change("payment", "shipped_at = now()")),
    ("granted_refund_payment_id_key_key", copy("granted_refund", '{"ordinal": 2, "out_refund_no": "x"}')),
    ("granted_refund_ordinal_range", change("granted_refund", "ordinal = 51")),
    ("granted_refund_attempt_range", change("granted_refund", "attempt = 3")),
    ("granted_refund_waits_or_is_over", change("granted_refund", "succeeded_at = NULL")),
    ("granted_refund_done_or_failed", change("granted_refund", "failure = 'ABNORMAL'")),
    ("payment_event_transaction_id_key", copy("payment_event")),
    ("payment_event_charge_named", change("payment_event", "transaction_id = NULL")),
    ("payment_event_amount", change("payment_event", "amount_fen = 0")),
    ("payment_event_failure_told", change("payment_event", "outcome = 'FAILURE'")),
    ("payment_event_refund_named", change("payment_event", "out_refund_no = 'x'")),
    (
        "payment_event_out_refund_no_outcome_key",
        "UPDATE payment_event SET outcome = 'REQUEST' WHERE id = 3",
    ),
    ("reconciliation_report_day_key", copy("reconciliation_report")),
    ("looking_allowance_staff_id_kind_key", copy("looking_allowance")),
    ("looking_allowance_used_positive", change("looking_allowance", "used = 0")),
    ("personal_access_reason_given", change("personal_access", "reason = '因为'")),
]
TAKEN = [
    change("payment", "paid_fen = 2000, refund_granted_fen = 2000, refunded_fen = 1000"),
    change("payment", "handed_over_at = now(), shipped_at = now()"),
    change("granted_refund", "succeeded_at = NULL, failure = 'CLOSED'"),
    change("granted_refund", "succeeded_at = NULL, next_try_at = now()"),
    copy("payment_event", '{"transaction_id": "T2"}'),
    copy("payment_event", '{"outcome": "REQUEST"}'),
    copy("pickup_slot", '{"starts_at": "2026-08-01 11:00Z", "ends_at": "2026-08-01 12:00Z"}'),
    copy("offer", '{"starts_at": "2026-08-02 00:00Z", "ends_at": "2026-08-03 00:00Z"}'),
    copy("offer", '{"is_active": false}'),
    copy("offer", '{"sku_id": 2}'),
    change("stock_lot", "held = 0, on_hand = 0"),
    copy("trace_event", '{"error_declared_at": "2026-08-01Z"}'),
    "UPDATE category SET parent_id = 1 WHERE id = 3",
    copy("hold", '{"ended_at": "2026-08-01Z", "outcome": "EXPIRED"}'),
    change("hold", "expires_at = expires_at + interval '10 minutes', extended_at = now()"),
    copy("stock_hold", '{"ended_at": "2026-08-01Z", "outcome": "RELEASED"}'),
    change("stock_hold", "expires_at = NULL"),
    copy("slot_hold", '{"released_at": "2026-08-01Z"}'),
    copy("coupon_hold", '{"released_at": "2026-08-01Z"}'),
    copy("manifest", '{"version": 2, "is_active": false}'),
    change("manifest", "is_active = false, retired_at = now(), dropped_at = now()"),
    change("document", "alias = NULL"),
    change("product_revision", "status = 'DRAFT', checker_id = NULL, approved_hash = NULL"),
    copy("product_revision", '{"status": "PUBLISHED", "published_at": "2026-08-01Z"}'),
    change(
        "product_revision",
        "content = '{\"a\": 1}', content_hash = repeat('b', 64), status = 'DRAFT', approved_hash = NULL",
    ),
    change("review", "source = 'DEMO', order_line_id = NULL"),
    copy("coupon_redemption", '{"kind": "RESTORE"}'),
    change("webhook", "url = 'http://127.0.0.1:8000/hook'"),
    change("webhook", "failing_since = now(), paused_at = now()"),
    change("webhook_delivery", "status = 'DEAD', next_try_at = NULL, finished_at = now()"),
    change("inspection_report", DECIDED),
    change("inspection_report", f"status = 'REJECTED', rejection_reason = '样品不符', {DECIDED}"),
    change("inspection_report", "status = 'SUBMITTED', filed_by = 'partner:1'"),
    change("customer", "status = 'CLOSED', closed_at = now(), openid_sealed = NULL, openid_index = NULL"),
]


@pytest.fixture(scope="module")
async def shop(server: postgres.Running, migrated: str) -> AsyncIterator[asyncpg.Connection]:
    """A database with a valid row of each table, as its owner, whom no grant holds back."""
    made = await databases.clone(server, migrated, f"test_{uuid4().hex[:12]}")
    connection = await asyncpg.connect(made.owner_dsn)
    await connection.execute(SHOP.read_text(encoding="utf-8"))
    yield connection
    await connection.close()
    await databases.drop(server, made.name)


async def attempt(connection: asyncpg.Connection, statement: str) -> str:
    """What PostgreSQL says to the statement, which is rolled back either way."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        return str(await connection.execute(statement))
    finally:
        await transaction.rollback()


@pytest.mark.parametrize(("constraint", "statement"), REFUSED)
async def test_the_database_refuses(shop: asyncpg.Connection, constraint: str, statement: str) -> None:
    """By the constraint that is meant, and by no other."""
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
        await attempt(shop, statement)
    assert refused.value.constraint_name == constraint


@pytest.mark.parametrize("statement", TAKEN)
async def test_the_neighbour_of_what_is_refused_is_taken(shop: asyncpg.Connection, statement: str) -> None:
    """The constraints forbid no more than they should."""
    assert await attempt(shop, statement) in {"INSERT 0 1", "UPDATE 1"}


@pytest.mark.parametrize(
    ("table", "named_by"),
    [("category", "product"), ("product", "sku"), ("sku", "lot"), ("lot", "stock_lot"), ("customer", "review")],
)
async def test_what_is_referred_to_cannot_be_deleted(shop: asyncpg.Connection, table: str, named_by: str) -> None:
    """Deleting is an error, never a cascade."""
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
        await attempt(shop, f"DELETE FROM {table} WHERE id IN (SELECT {table}_id FROM {named_by})")
    assert refused.value.sqlstate in {"23001", "23503"}
