"""The daily purge: what is over its time goes, table by table, and the report says how much."""

import asyncio
from datetime import datetime, timedelta

import asyncpg
import pytest

from app.accounts.enums import RoleCode
from app.documents.histogram import BUCKETS
from app.kit import clock, db, retention
from app.kit.personal import REGISTER
from app.privacy.retention import KEPT, RULES, retain
from app.tables import Database
from tests.accounts.desk import hire
from tests.conftest import STAFF_TABLES
from tests.kit.conftest import PATIENCE
from tests.rows import NOW, Rows
from tests.shop import Shop

REPORT = "SELECT run_on, started_at, finished_at, removed FROM retention_report ORDER BY id"
READ = """{ retentionReports(first: 5) { nodes { runOn startedAt finishedAt removed { table rows } } totalCount } }"""
LONG_AGO = NOW - timedelta(days=5 * 366)


async def run(shop: Shop, **later: float) -> None:
    """The job, as if so much later."""
    with clock.moved_to(NOW + timedelta(**later)):
        async with shop.database.session():
            await retain({})


@pytest.fixture
def kept(rows: Rows) -> Rows:
    """Rows whose purge is reported."""
    rows.tables |= {*STAFF_TABLES, "retention_report", "data_request", "consent", "document_usage", "customer"}
    return rows


async def test_each_table_is_emptied_of_what_is_over(bare_shop: Shop, kept: Rows) -> None:
    """One row on either side of its term in each table; the report counts those that went, and staff read it."""
    app = await kept.connection.fetchval("SELECT id FROM app ORDER BY id LIMIT 1")
    her = await kept.customer()
    who = await kept.insert("staff", username="who", name="小李", is_active=True, created_at=NOW)
    sides = (timedelta(minutes=-1), timedelta(minutes=1))
    for number, side in enumerate(sides):
        await kept.insert("phone_code", customer_id=her, code_hash=bytes([number]) * 32, asked_at=aged(1, side))
        await kept.insert("sign_in_attempts", subject=bytes([number]) * 32, wrong=1, last_at=aged(1, side))
        await kept.insert(
            "pickup_attempts", staff_id=who, pickup_point_id=await kept.point(), wrong=1, last_at=aged(1, side)
        )
        product = await kept.product()
        await kept.insert("product_view", customer_id=her, product_id=product, viewed_at=aged(90, side))
        answer = {"caller": "customer:1", "operation": "x", "key": f"key-key-{number}", "input_hash": bytes(32)}
        await kept.insert("idempotent_answer", **answer, result="null", created_at=aged(1, side))
        ended = aged(183, side)
        given = {"created_at": ended - timedelta(days=1), "last_seen_at": ended, "expires_at": ended}
        sign_in = await kept.insert(
            "sign_in", customer_id=her, label="x", ended_at=ended, end_reason="SIGNED_OUT", **given
        )
        token = {"token_hash": bytes([number]) * 32, "created_at": ended - timedelta(days=1), "expires_at": ended}
        await kept.insert("refresh_token", sign_in_id=sign_in, **token)
        used = {"used_on": aged(400, side).date(), "calls": 1, "last_used_at": aged(400, side)}
        await kept.insert("document_usage", app_id=app, sha256=f"{number:064}", errors=0, latency=[0] * BUCKETS, **used)
        visitors = {"token_hash": bytes([number]) * 32, "address_index": bytes(32), "created_at": aged(40, side)}
        cart = await kept.insert("cart", **visitors, touched_at=aged(30, side))
        sku = await kept.sku(product)
        line = {"quantity": 1, "seen_price_fen": 1000, "added_at": aged(40, side)}
        await kept.insert("cart_line", cart_id=cart, sku_id=sku, **line)
        held = {"started_at": aged(1, side), "expires_at": NOW, "ended_at": NOW, "outcome": "RELEASED"}
        await kept.insert("hold", customer_id=her, address_index=bytes([1]) * 32, **held)
        done = aged(3 * 366, side)
        await request(kept, her, done)
    before = await kept.connection.fetchval("SELECT count(*) FROM retention_report")
    await run(bare_shop)
    expected = {rule.table: 1 for rule in RULES if rule.table not in NOTHING_THERE}
    (report,) = await kept.connection.fetch(REPORT)
    assert (before, report["run_on"], report["finished_at"]) == (0, NOW.date(), NOW)
    assert await removed(kept) == expected
    told = "SELECT count(*) FROM hold WHERE address_index <> decode(repeat('00', 32), 'hex')"
    assert (await kept.connection.fetchval(told), await kept.connection.fetchval("SELECT count(*) FROM hold")) == (1, 2)
    for table in set(expected) - {"hold"}:
        assert await kept.connection.fetchval(f"SELECT count(*) FROM {table}") == 1
    boss = await hire(bare_shop, kept, "boss", RoleCode.ADMINISTRATOR)
    await boss.sign_in()
    told = (await boss.send(READ)).data["retentionReports"]
    (node,) = told["nodes"]
    assert (node["runOn"], told["totalCount"]) == ("2026-11-20", 1)
    assert {each["table"]: each["rows"] for each in node["removed"] if each["rows"]} == expected
    assert {each["table"] for each in node["removed"]} == {rule.table for rule in RULES}


NOTHING_THERE = {
    "consent",
    "webhook_delivery",
    "partner_event",
    "personal_access",
    "retention_report",
    "subscribe_message",
}


def aged(term: int, side: timedelta) -> datetime:
    """So many days old, and a minute more or less."""
    return NOW - timedelta(days=term) + side


async def request(rows: Rows, customer: int, done: datetime) -> None:
    """The proof of a closing at that time."""
    facts = {"customer_id": customer, "kind": "CLOSURE", "state": "DONE", "counts": "{}"}
    await rows.insert("data_request", **facts, requested_at=done, due_on=NOW.date(), done_at=done)


async def removed(rows: Rows) -> dict[str, int]:
    """What the one report counts."""
    found = await rows.connection.fetch("SELECT key, value::int FROM retention_report, jsonb_each_text(removed)")
    return dict(tuple(row) for row in found)


async def test_who_saw_what_is_kept_three_years(bare_shop: Shop, kept: Rows) -> None:
    """A day younger stays, however far the program's clock is ahead; whoever serves deletes none."""
    desk = await hire(bare_shop, kept, "clerk", RoleCode.STORE_CLERK)
    seen = {"customer_id": await kept.customer(), "staff_id": desk.id, "value": "PHONE", "reason": "取货时联系"}
    young = await kept.insert("personal_access", **seen, seen_at=clock.now() - timedelta(days=365 * 3 - 2))
    await kept.insert("personal_access", **seen, seen_at=LONG_AGO)
    await run(bare_shop, days=4000)
    assert [row["id"] for row in await kept.connection.fetch("SELECT id FROM personal_access")] == [young]
    assert await removed(kept) == {"personal_access": 1}


async def test_consents_go_three_years_after_closure_and_not_a_day_sooner(bare_shop: Shop, kept: Rows) -> None:
    """By a function of the database, which knows the term itself: whoever serves deletes no consent."""
    decided = {"purpose": "MARKETING", "policy_version": "1", "granted": True, "channel": "test", "decided_at": NOW}
    young = clock.now() - timedelta(days=365 * 3 - 2)
    for facts in ({"status": "CLOSED", "closed_at": LONG_AGO}, {"status": "CLOSED", "closed_at": young}, {}):
        await kept.insert("consent", customer_id=await kept.customer(**facts), **decided)
    await run(bare_shop, days=4000)  # however far the program's clock is ahead
    assert await kept.connection.fetchval("SELECT count(*) FROM consent") == 2
    assert await removed(kept) == {"consent": 1}
    async with bare_shop.database.session() as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("DELETE FROM consent")


async def test_it_goes_in_batches_and_a_broken_run_is_taken_up(
    bare_shop: Shop, kept: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a run did before it died is done and counted; the next of the day goes on in the same report."""
    monkeypatch.setattr(retention, "BATCH", 10)
    her = await kept.customer()
    for number in range(25):
        await kept.insert("phone_code", customer_id=her, code_hash=bytes([number]) * 32, asked_at=LONG_AGO)
    whole, calls = retention.remove, []

    async def dies(*given: object) -> int:
        calls.append(given)
        if len(calls) > 3:  # sign-ins and their tokens, and one batch of codes
            raise ConnectionResetError
        return await whole(*given)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr(retention, "remove", dies)
    with pytest.raises(ConnectionResetError):
        await run(bare_shop)
    assert await removed(kept) == {"phone_code": 10}
    assert (await kept.connection.fetchrow(REPORT))["finished_at"] is None
    monkeypatch.setattr(retention, "remove", whole)
    await run(bare_shop)
    await run(bare_shop)
    (report,) = await kept.connection.fetch(REPORT)
    assert (await removed(kept), report["finished_at"]) == ({"phone_code": 25}, NOW)


async def test_two_at_once_share_the_work(bare_shop: Shop, kept: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    """No row is counted twice."""
    monkeypatch.setattr(retention, "BATCH", 7)
    her = await kept.customer()
    for number in range(50):
        await kept.insert("phone_code", customer_id=her, code_hash=bytes([number]) * 32, asked_at=LONG_AGO)
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(run(bare_shop), run(bare_shop))
    await run(bare_shop)
    assert await removed(kept) == {"phone_code": 50}


def test_every_table_about_people_has_a_rule_or_a_reason() -> None:
    """A new one without either fails; each rule says why."""
    ruled = {rule.table for rule in RULES}
    assert set(REGISTER) - ruled - set(KEPT) == set()
    assert ruled & set(KEPT) == set()
    assert all(rule.why for rule in RULES)


async def test_every_rule_is_a_statement_of_this_database(database: Database) -> None:
    """On empty tables: each finds nothing, and none is refused to whoever serves."""
    async with database.session(), db.transaction() as tx:
        assert [await retention.remove(tx, rule, NOW) for rule in RULES] == [0] * len(RULES)
