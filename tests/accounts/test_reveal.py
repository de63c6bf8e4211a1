"""Staff see customers masked; whoever sees a whole number is written down, limited, and nothing of it leaks."""

import asyncio
import io
from datetime import UTC, timedelta
from typing import Any

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from app.accounts import allowances
from app.accounts.enums import Looking, RoleCode
from app.documents import files
from app.kit import ids
from schema.documents import TREE
from tests.accounts.conftest import Phone
from tests.accounts.desk import Desk, hire
from tests.accounts.test_planted import KEPT, NUMBER, OPENID, spans, written
from tests.rows import Rows
from tests.shop import NOW, Answer, Shop

__all__ = ["spans", "written"]  # fixtures

TEXTS = {each.name: each.text for each in files.read(TREE / "staff")}
MASKED = "+86****5678"
REASON = "取货时联系不上"
NAME = "欧阳娜娜"
SEEN = "SELECT count(*) FROM personal_access"
USED = "SELECT coalesce(sum(used), 0) FROM looking_allowance"
CUSTOMER = "query ($id: ID!) { staffCustomer(id: $id) { customerId displayName phone } }"


@pytest.fixture
async def her(phone: Phone, rows: Rows) -> str:
    """The id of a customer with a number."""
    phone.openid = OPENID
    await phone.log_in()
    await phone.bind(phone.phone_code(NUMBER))
    key = await rows.connection.fetchval("UPDATE customer SET display_name = $1 RETURNING id", NAME)
    return ids.encode("Customer", key)


@pytest.fixture
async def clerk(office: Shop, rows: Rows) -> Desk:
    """A store clerk, signed in."""
    rows.tables |= {"looking_allowance", "personal_access"}
    desk = await hire(office, rows, "clerk", RoleCode.STORE_CLERK)
    await desk.sign_in()
    return desk


@pytest.fixture
async def boss(office: Shop, rows: Rows) -> Desk:
    """An administrator, signed in."""
    desk = await hire(office, rows, "boss", RoleCode.ADMINISTRATOR)
    await desk.sign_in()
    return desk


async def look_up(desk: Desk, phone: str = NUMBER) -> Answer:
    """By the registered document."""
    return await desk.send(TEXTS["CustomerLookup"], input={"phone": phone})


async def reveal(desk: Desk, customer: str, reason: str = REASON) -> Answer:
    """By the registered document."""
    return await desk.send(TEXTS["PhoneReveal"], input={"customerId": customer, "reason": reason})


def kind(answer: Answer) -> str:
    """What a mutation of one field answered."""
    ((found),) = answer.data.values()
    return str(found["__typename"])


async def test_a_customer_is_masked_by_role(her: str, clerk: Desk, boss: Desk) -> None:
    """Her number is hidden from everybody, her name from whoever lacks its scope; found by the number or the id."""
    for desk, name in ((clerk, "欧***娜"), (boss, NAME)):
        found = (await look_up(desk)).data["lookUpCustomer"]
        assert (found["customerId"], found["displayName"], found["phone"]) == (her, name, MASKED)
        by_id = (await desk.send(CUSTOMER, id=her)).data["staffCustomer"]
        assert by_id == {"customerId": her, "displayName": name, "phone": MASKED}
    for written_so in (f"+86{NUMBER}", "137 1234 5678", "86-137-1234-5678"):
        assert (await look_up(clerk, written_so)).data["lookUpCustomer"]["customerId"] == her


@pytest.mark.usefixtures("her")
async def test_a_number_nobody_has_takes_the_same_statements(clerk: Desk, rows: Rows) -> None:
    """And is counted the same; a closed account's number is nobody's."""
    known = await look_up(clerk)
    unknown = await look_up(clerk, "13912345678")
    assert unknown.statements == known.statements
    assert unknown.data["lookUpCustomer"]["__typename"] == "CustomerNotFound"
    assert await rows.connection.fetchval(USED) == 2
    assert await rows.connection.fetchval(SEEN) == 0


async def test_what_is_no_number_is_refused_before_anything_is_counted(clerk: Desk, rows: Rows) -> None:
    """The message does not repeat it."""
    for wrong in ("", "1371234567", "23712345678", "137123456789", "１３７１２３４５６７８", "x" * 5000):
        answer = await look_up(clerk, wrong)
        assert answer.codes == ["BAD_USER_INPUT"]
        assert not wrong or wrong not in answer.response.text
    assert await rows.connection.fetchval(USED) == 0


async def test_a_seen_number_is_written_down_and_read_by_administrators(
    her: str, clerk: Desk, boss: Desk, rows: Rows
) -> None:
    """Each look is a row without the value, and an entry of the audit log; pages go by who and whose."""
    for number in range(3):
        shown = (await reveal(clerk, her, f"  {REASON} {number} ")).data["revealPhone"]
        assert shown["phone"] == f"+86{NUMBER}"
        assert (shown["customerId"], shown["seenAt"]) == (her, NOW.astimezone(UTC).isoformat())
    assert (await reveal(boss, her)).data["revealPhone"]["phone"] == f"+86{NUMBER}"
    clerks = {"staffId": ids.encode("Staff", clerk.id), "customerId": her, "first": 2}
    page = (await boss.send(TEXTS["PersonalAccessList"], **clerks)).data["personalAccess"]
    assert [each["reason"] for each in page["nodes"]] == [f"{REASON} 2", f"{REASON} 1"]
    assert {(each["customerId"], each["value"], each["staffMember"]["name"]) for each in page["nodes"]} == {
        (her, "PHONE", "张敏")
    }
    after = page["pageInfo"]["endCursor"]
    last = (await boss.send(TEXTS["PersonalAccessList"], **clerks, after=after)).data["personalAccess"]
    assert ([each["reason"] for each in last["nodes"]], last["pageInfo"]["hasNextPage"]) == ([f"{REASON} 0"], False)
    assert len((await boss.send(TEXTS["PersonalAccessList"])).data["personalAccess"]["nodes"]) == 4
    nobody = {"customerId": ids.encode("Customer", 10**9)}
    assert (await boss.send(TEXTS["PersonalAccessList"], **nobody)).data["personalAccess"]["nodes"] == []
    entries = await rows.connection.fetch(
        "SELECT caller, scope, after FROM audit_entry WHERE action = 'reveal phone' ORDER BY id"
    )
    assert [each["caller"] for each in entries] == [f"staff:{clerk.id}"] * 3 + [f"staff:{boss.id}"]
    assert {each["scope"] for each in entries} == {"customers:reveal"}


@pytest.mark.usefixtures("her")
async def test_every_refusal_shows_and_writes_nothing(clerk: Desk, rows: Rows) -> None:
    """Nobody, no number, a closed account; the looks are counted, so nobody finds out whom there is."""
    bare = ids.encode("Customer", await rows.customer())
    closed = ids.encode("Customer", await rows.customer(status="CLOSED", closed_at=NOW))
    nobody = ids.encode("Customer", 10**9)
    found = [kind(await reveal(clerk, each)) for each in (nobody, bare, closed)]
    assert found == ["CustomerNotFound", "NoPhone", "AccountClosed"]
    assert (await clerk.send(CUSTOMER, id=closed)).data == {"staffCustomer": None}
    assert (await clerk.send(CUSTOMER, id=nobody)).data == {"staffCustomer": None}
    assert (await rows.connection.fetchval(SEEN), await rows.connection.fetchval(USED)) == (0, 3)


async def test_a_reason_is_a_reason(her: str, clerk: Desk, rows: Rows) -> None:
    """Not too short or long, without a card's or a phone's number: it is kept for three years."""
    for wrong in ("", "  因为要 ", "长" * 201, "卡号 4111 1111 1111 1111", f"打 {NUMBER} 联系她"):
        answer = await reveal(clerk, her, wrong)
        assert answer.codes == ["BAD_USER_INPUT"]
        assert NUMBER not in answer.response.text
    assert (await rows.connection.fetchval(SEEN), await rows.connection.fetchval(USED)) == (0, 0)


async def test_forty_looks_at_once_are_thirty(her: str, clerk: Desk, boss: Desk, rows: Rows) -> None:
    """However they race; who is over learns when again, others are not slowed down, an hour later it begins anew."""
    answers = await asyncio.gather(*(reveal(clerk, her) for _ in range(40)))
    found = [answer.data["revealPhone"] for answer in answers]
    limit = allowances.MOST[Looking.REVEAL]
    over = [each for each in found if each["__typename"] == "RevealLimitReached"]
    assert (len(over), len(found) - len(over)) == (40 - limit, limit)
    assert {each["againAt"] for each in over} == {(NOW + timedelta(hours=1)).astimezone(UTC).isoformat()}
    assert NUMBER not in str(over)
    assert await rows.connection.fetchval(SEEN) == limit
    assert kind(await reveal(boss, her)) == "RevealedPhone"
    await rows.connection.execute("UPDATE looking_allowance SET began_at = began_at - interval '1 hour'")
    assert kind(await reveal(clerk, her)) == "RevealedPhone"
    assert await rows.connection.fetchval("SELECT used FROM looking_allowance WHERE staff_id = $1", clerk.id) == 1


@pytest.mark.usefixtures("her")
async def test_lookups_are_limited_too(clerk: Desk, rows: Rows) -> None:
    """One more than an hour allows is refused, of a known number as of one nobody has, and not counted."""
    assert kind(await look_up(clerk)) == "StaffCustomer"
    most = allowances.MOST[Looking.LOOKUP]
    await rows.connection.execute("UPDATE looking_allowance SET used = $1", most)
    refused = [(await look_up(clerk, number)) for number in (NUMBER, "13912345678")]
    assert refused[0].data == refused[1].data
    assert refused[0].data["lookUpCustomer"]["__typename"] == "LookupLimitReached"
    assert refused[0].statements == refused[1].statements
    assert await rows.connection.fetchval(USED) == most


async def test_a_number_that_cannot_be_written_down_is_not_shown(
    her: str, clerk: Desk, rows: Rows, written: io.StringIO, spans: InMemorySpanExporter
) -> None:
    """Number, openid and name, planted through lookups, looks and failing ones: in no log, error, metric or trace."""
    await look_up(clerk)
    await reveal(clerk, her)
    shown = [await look_up(clerk, OPENID), await reveal(clerk, NUMBER), await clerk.send(CUSTOMER, id=OPENID)]
    seen = await rows.connection.fetchval(SEEN)
    await rows.connection.execute("ALTER TABLE personal_access ADD CONSTRAINT planted CHECK (id < 0) NOT VALID")
    try:
        failed = await reveal(clerk, her)
    finally:
        await rows.connection.execute("ALTER TABLE personal_access DROP CONSTRAINT planted")
    assert (failed.codes, await rows.connection.fetchval(SEEN)) == (["INTERNAL_SERVER_ERROR"], seen)
    metrics = (await clerk.shop.send("GET", "/metrics")).response.text
    traces = "".join(span.to_json() for span in spans.get_finished_spans())
    tables = ("personal_access", "looking_allowance", *KEPT)
    places = [
        await rows.connection.fetchval(f"SELECT coalesce(string_agg(t::text, ''), '') FROM {table} t")
        for table in tables
    ]
    assert "customer looked at" in written.getvalue()
    assert "CheckViolationError" in written.getvalue()
    assert 'customer_looks_total{act="REVEAL",outcome="seen"}' in metrics
    assert "graphql" in traces
    errors = [failed.response.text, *(answer.response.text for answer in shown)]
    assert [answer.codes for answer in shown] == [["BAD_USER_INPUT"]] * 3
    hidden: list[Any] = [NUMBER, OPENID, NAME]
    for value in hidden:
        for place in (written.getvalue(), metrics, traces, *errors, *places):
            assert value not in place
            assert value.encode().hex() not in place
