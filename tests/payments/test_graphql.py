"""What staff see of money in the API, and what they may try again."""

from datetime import date
from typing import Any

import pytest

from app.kit import clock, ids
from app.kit.caller import Caller, CallerKind
from tests.http.toy import bearer
from tests.rows import Rows
from tests.shop import NOW, Answer, Shop

READS, WRITES = frozenset({"payments:read"}), frozenset({"payments:read", "payments:write"})
REFUND = "number amount { fen amount } reason state failure tries createdAt succeededAt"
FAILED = f"{{ failedRefunds {{ totalCount nodes {{ id {REFUND} }} }} }}"
REPORTS = """{ reconciliations(first: 2) { totalCount pageInfo { hasNextPage } nodes {
  day chargeCount charged { fen } refundCount refunded { amount } matched
  differences { kind outTradeNo transactionId outRefundNo onBill { fen } onLedger { fen } isHealed } } } }"""
RETRY = f"""mutation ($id: ID!) {{ retryRefund(input: {{refundId: $id}}) {{
  __typename ... on GrantedRefund {{ {REFUND} }} ... on UserError {{ message }} }} }}"""
TABLES = {"payment", "granted_refund", "payment_event", "reconciliation_report", "reconciliation_difference"}


@pytest.fixture
def shop(bare_shop: Shop, rows: Rows) -> Shop:
    """The shop; what is written there is taken away after the test."""
    rows.tables |= TABLES | {"pgqueuer", "audit_entry", "audit_unsealed"}
    return bare_shop


async def ask(shop: Shop, query: str, scopes: frozenset[str] = WRITES, **variables: Any) -> Answer:
    """Asks as staff."""
    with clock.moved_to(NOW):
        headers = bearer(Caller(CallerKind.STAFF, 1, scopes)) | {"accept-language": "en"}
    return await shop.send(json={"query": query, "variables": variables}, headers=headers)


async def refund_of(rows: Rows, **values: Any) -> int:
    """A granted refund of 4 yuan of a payment of 10; its id."""
    number = len(await rows.connection.fetch("SELECT id FROM payment")) + 1
    trade = f"YG20261120{number:012}"
    paid = {"paid_at": NOW, "transaction_id": f"T{number}", "paid_fen": 1000, "refund_granted_fen": 400}
    payment = await rows.insert(
        "payment",
        customer_id=await rows.customer(),
        out_trade_no=trade,
        amount_fen=1000,
        description="优购生鲜",
        expires_at=NOW.replace(hour=11),
        created_at=NOW,
        **paid,
    )
    given = {
        "payment_id": payment,
        "key": "k",
        "ordinal": 1,
        "transaction_id": f"T{number}",
        "amount_fen": 400,
        "reason": "少拣退款",
        "out_refund_no": f"{trade}R1",
        "created_at": NOW,
    }
    return await rows.insert("granted_refund", **given | values)


async def test_refunds_that_need_somebody_are_listed(shop: Shop, rows: Rows) -> None:
    """The newest first; those that are done or on their way are not."""
    first = await refund_of(rows, failure="ABNORMAL", tries=1)
    await refund_of(rows, next_try_at=NOW)
    await refund_of(rows, succeeded_at=NOW)
    last = await refund_of(rows, failure="PARAM_ERROR", attempt=2, tries=3)
    found = (await ask(shop, FAILED, READS)).data["failedRefunds"]
    assert found["totalCount"] == 2
    assert [each["id"] for each in found["nodes"]] == [ids.encode("GrantedRefund", each) for each in (last, first)]
    newest = found["nodes"][0]
    assert (newest["number"], newest["amount"], newest["state"]) == (
        "YG20261120000000000004R1B",
        {"fen": 400, "amount": "4.00"},
        "FAILED",
    )
    assert (newest["failure"], newest["tries"], newest["succeededAt"]) == ("PARAM_ERROR", 3, None)


async def test_a_failed_refund_is_tried_again(shop: Shop, rows: Rows) -> None:
    """With its number, by the job; who did it stands in the audit log. A second time there is nothing to retry."""
    refund = await refund_of(rows, failure="NO_ANSWER", tries=30)
    answer = (await ask(shop, RETRY, id=ids.encode("GrantedRefund", refund))).data["retryRefund"]
    assert (answer["number"], answer["state"], answer["failure"], answer["tries"]) == (
        "YG20261120000000000001R1",
        "GRANTED",
        None,
        0,
    )
    queued = await rows.connection.fetch("SELECT entrypoint, convert_from(payload, 'UTF8') FROM pgqueuer")
    assert [tuple(each) for each in queued] == [("payments.refund", f'{{"refund":{refund}}}')]
    done = await rows.connection.fetchrow("SELECT caller, scope, action, entity, entity_id FROM audit_entry")
    assert tuple(done) == ("staff:1", "payments:write", "retry", "GrantedRefund", refund)
    before = await rows.connection.fetchval("SELECT json_agg(r)::text FROM granted_refund r")
    again = (await ask(shop, RETRY, id=ids.encode("GrantedRefund", refund))).data["retryRefund"]
    assert again == {"__typename": "RefundNotFailed", "message": "This refund does not wait for anybody."}
    assert await rows.connection.fetchval("SELECT json_agg(r)::text FROM granted_refund r") == before
    assert await rows.connection.fetchval("SELECT count(*) FROM audit_entry") == 1


async def test_a_refund_that_is_not_there_is_not_tried_again(shop: Shop, rows: Rows) -> None:
    """Nor one that is done."""
    done = await refund_of(rows, succeeded_at=NOW)
    for key in (done, done + 1000):
        answer = (await ask(shop, RETRY, id=ids.encode("GrantedRefund", key))).data["retryRefund"]
        assert answer["__typename"] == "RefundNotFailed"
    assert await rows.connection.fetchval("SELECT count(*) FROM pgqueuer") == 0
    assert await rows.connection.fetchval("SELECT count(*) FROM audit_entry") == 0


async def test_retrying_needs_the_right_to_write(shop: Shop, rows: Rows) -> None:
    """Reading is not enough, and nothing is changed."""
    refund = await refund_of(rows, failure="ABNORMAL")
    answer = await ask(shop, RETRY, READS, id=ids.encode("GrantedRefund", refund))
    assert answer.codes == ["FORBIDDEN"]
    assert await rows.connection.fetchval("SELECT failure FROM granted_refund") == "ABNORMAL"


async def test_reports_are_listed_with_what_differed(shop: Shop, rows: Rows) -> None:
    """Newest first, what is still open first; in as many statements for two reports as for one."""
    for day in (18, 19, 20):
        counts = {"charge_count": 2, "charge_fen": 3000, "refund_count": 1, "refund_fen": 400, "matched": 1}
        report = await rows.insert("reconciliation_report", day=date(2026, 11, day), **counts, created_at=NOW)
        common = {"report_id": report, "out_trade_no": "YG20261120000000000001"}
        charge = {"kind": "MISSING_HERE", "transaction_id": "T1", "bill_fen": 1000, "is_healed": True}
        back = {"kind": "MISSING_THERE", "out_refund_no": "R1", "ledger_fen": 400, "is_healed": False}
        await rows.insert("reconciliation_difference", **common, **charge)
        await rows.insert("reconciliation_difference", **common, **back)
    answer = await ask(shop, REPORTS, READS)
    found = answer.data["reconciliations"]
    assert (found["totalCount"], found["pageInfo"]) == (3, {"hasNextPage": True})
    assert [each["day"] for each in found["nodes"]] == ["2026-11-20", "2026-11-19"]
    assert len(answer.statements) == 3
    newest = found["nodes"][0]
    assert (newest["charged"], newest["refunded"], newest["matched"]) == ({"fen": 3000}, {"amount": "4.00"}, 1)
    assert newest["differences"] == [
        {
            "kind": "MISSING_THERE",
            "outTradeNo": "YG20261120000000000001",
            "transactionId": None,
            "outRefundNo": "R1",
            "onBill": None,
            "onLedger": {"fen": 400},
            "isHealed": False,
        },
        {
            "kind": "MISSING_HERE",
            "outTradeNo": "YG20261120000000000001",
            "transactionId": "T1",
            "outRefundNo": None,
            "onBill": {"fen": 1000},
            "onLedger": None,
            "isHealed": True,
        },
    ]
