"""The daily purge: what is over its time goes, table by table, and a report says how much of it.

Uploads that nothing refers to go hourly with their files (app.files.jobs), files of exports with their links
(app.privacy.exports), finished jobs' history after a week (app.kit.jobs).
"""

from typing import Any

import structlog

from app.accounts import attempts
from app.kit import clock, db, idempotency, retention
from app.kit.clock import days
from app.kit.listing import Listing
from app.kit.retention import Blank, Ledger, Rule
from app.kit.rows import select
from app.privacy.models import RetentionReport

_log = structlog.get_logger("privacy")

_SIGN_IN_OVER = "coalesce(t.ended_at, t.expires_at)"
_HALF_A_YEAR, _PROOF = days(183), days(3 * 366)
_LOGS = "Cybersecurity Law, article 23: six months of sign-ins"
_CARTS = "finding a visitor's cart again; a customer's stays until closure"
_TOLD = "webhooks: what a receiver may ask about"

RULES: tuple[Rule, ...] = (
    Rule(
        "refresh_token",
        _HALF_A_YEAR,
        "(SELECT coalesce(s.ended_at, s.expires_at) FROM sign_in s WHERE s.id = t.sign_in_id)",
        _LOGS,
    ),
    Rule(
        "sign_in",
        _HALF_A_YEAR,
        _SIGN_IN_OVER,
        _LOGS,
        "NOT EXISTS (SELECT FROM refresh_token r WHERE r.sign_in_id = t.id)",
    ),
    Rule("phone_code", days(1), "t.asked_at", "asking WeChat once for each code"),
    Rule("sign_in_attempts", attempts.FORGOTTEN, "greatest(t.last_at, t.locked_until)", "slowing guesses down"),
    Rule("pickup_attempts", attempts.FORGOTTEN, "greatest(t.last_at, t.locked_until)", "slowing guesses of codes down"),
    Rule(
        "cart_line",
        days(30),
        "(SELECT c.touched_at FROM cart c WHERE c.id = t.cart_id AND c.token_hash IS NOT NULL)",
        _CARTS,
    ),
    Rule(
        "cart",
        days(30),
        "t.touched_at",
        _CARTS,
        "t.token_hash IS NOT NULL AND NOT EXISTS (SELECT FROM cart_line l WHERE l.cart_id = t.id)",
    ),
    Rule("product_view", days(90), "t.viewed_at", "finding seen products again"),
    Rule("idempotent_answer", idempotency.KEPT, "t.created_at", "answering a retry"),
    Rule("webhook_delivery", days(30), "t.finished_at", _TOLD, "t.status = 'DELIVERED'"),
    Rule("webhook_delivery", days(90), "t.finished_at", _TOLD, "t.status = 'DEAD'"),
    Rule(
        "partner_event",
        days(30),
        "t.happened_at",
        _TOLD,
        "NOT EXISTS (SELECT FROM webhook_delivery d WHERE d.event_id = t.id)",
    ),
    Rule("document_usage", days(400), "t.last_used_at", "comparing with the season a year before"),
    Blank(
        "hold",
        days(1),
        "t.started_at",
        "limit on what one address holds; the hold stays with its order (E-Commerce Law, article 31)",
        "t.ended_at IS NOT NULL",
        column="address_index",
        value="decode(repeat('00', 32), 'hex')",
    ),
    Rule("data_request", _PROOF, "t.done_at", "PIPL article 56: proofs for three years", "t.storage_key IS NULL"),
    Ledger("consent", _PROOF, "", "PIPL article 56: three years after closure", function="forget_consents"),
    Rule("subscribe_message", days(30), "t.done_at", "seeing why a message did not come"),
    Ledger("personal_access", _PROOF, "", "PIPL articles 51, 56: three years", function="forget_personal_access"),
    Rule("retention_report", _PROOF, "t.finished_at", "PIPL article 56: proofs for three years"),
)
"""In this order: what points at a row goes before it."""

KEPT = {
    "audit_entry": "chained by hashes: one entry that went would break the proof of all later ones",
    "audit_seal": "the chain itself",
    "coupon_code": "with its order, three years (E-Commerce Law, article 31)",
    "customer": "until closure, which erases what identifies; the anonymous row is what orders point at",
    "customer_order": "three years and longer for its lots (E-Commerce Law, article 31; Food Safety Law, article 42)",
    "defect_claim": "with its order, three years (E-Commerce Law, article 31)",
    "defect_claim_photo": "with its claim, until closure",
    "favourite": "until removed or closure",
    "invoice": "with its order, three years; whom it is for goes at closure",
    "message_grant": "until it is used or closure",
    "payment": "with its order, three years (E-Commerce Law, article 31)",
    "review": "no review is deleted (E-Commerce Law, article 39); its author is anonymous after closure",
    "review_vote": "until closure",
    "staff": "employment and three years: who acted stands in the audit log",
}
"""Tables about people that no rule empties, and why."""

REPORTS = Listing(
    "retention_report", RetentionReport, select(RetentionReport, "r"), "FROM retention_report r WHERE true", "r"
)

# a run that was broken off is taken up by the next of its day, in the same report
_BEGIN = """INSERT INTO retention_report (run_on, started_at, removed) VALUES ($1, $2, '{}')
ON CONFLICT (run_on) DO UPDATE SET finished_at = NULL RETURNING id"""
_NOTE = """UPDATE retention_report SET removed = removed
  || jsonb_build_object($2::text, coalesce((removed ->> $2)::bigint, 0) + $3) WHERE id = $1"""
_FINISH = "UPDATE retention_report SET finished_at = $2 WHERE id = $1"


async def retain(_: dict[str, Any]) -> None:
    """The job: removes what is over its time in batches, each noted in the report of the day with its own commit.

    Harmless to repeat and to break off; two at once share the work.
    """
    report = int((await db.fetch(_BEGIN, clock.today(), clock.now()))[0]["id"])
    for rule in RULES:
        removed = retention.BATCH
        while removed == retention.BATCH:
            async with db.transaction() as tx:
                removed = await retention.remove(tx, rule, clock.now())
                if removed:
                    await tx.execute(_NOTE, report, rule.table, removed)
            _log.info("retained", table=rule.table, removed=removed)
    await db.current().execute(_FINISH, report, clock.now())


def removed_by_table(report: RetentionReport) -> dict[str, int]:
    """How many rows went, for every table with a rule, by its name."""
    return {table: int(report.removed.get(table, 0)) for table in sorted({rule.table for rule in RULES})}
