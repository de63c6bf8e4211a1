"""What customers ask people about their data, and how it is answered by its day."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.accounts.enums import RoleCode
from app.kit import ids
from tests.accounts.conftest import Phone
from tests.accounts.desk import Desk, hire
from tests.conftest import STAFF_TABLES
from tests.privacy.conftest import places_of
from tests.privacy.test_closing import CLOSE
from tests.rows import Rows

ASK = """mutation ($kind: DataRequestKind!, $subject: DataSubject!, $wish: String!, $key: String!) {
  askAboutMyData(input: {idempotencyKey: $key, kind: $kind, subject: $subject, wish: $wish}) {
  __typename ... on DataRequest { id kind state dueOn isOverdue subject wish } ... on UserError { message } } }"""
QUEUE = """query ($state: DataRequestState, $overdue: Boolean! = false, $first: Int! = 20, $after: String) {
  dataRequests(state: $state, overdueOnly: $overdue, first: $first, after: $after) {
  nodes { id kind state dueOn isOverdue subject wish answer customerId fileUrl } totalCount
  pageInfo { endCursor hasNextPage } } }"""
ANSWER = """mutation ($id: ID!, $done: Boolean!, $answer: String!) {
  answerDataRequest(input: {requestId: $id, isDone: $done, answer: $answer}) {
  __typename ... on DataRequest { state answer doneAt } ... on UserError { message } } }"""
MINE = "{ me { dataRequests { kind state dueOn isOverdue wish answer } } }"
WISH = "这条评价不是我写的，请更正。"
ANY_STATE = "SELECT state, answer FROM data_request ORDER BY id"


async def ask(
    person: Phone, kind: str = "CORRECTION", subject: str = "REVIEW", wish: str = WISH, key: str = "ask-key-1"
) -> dict[str, Any]:
    """Asks; the answer."""
    found: dict[str, Any] = (await person.ask(ASK, kind=kind, subject=subject, wish=wish, key=key)).data[
        "askAboutMyData"
    ]
    return found


async def answer(boss: Desk, request: str, text: str, *, done: bool) -> dict[str, Any]:
    """Staff's answer; what came of it."""
    found: dict[str, Any] = (await boss.send(ANSWER, id=request, done=done, answer=text)).data["answerDataRequest"]
    return found


@pytest.fixture
async def boss(person: Phone, rows: Rows) -> Desk:
    """An administrator who signed in."""
    rows.tables |= STAFF_TABLES
    hired = await hire(person.shop, rows, "boss", RoleCode.ADMINISTRATOR)
    await hired.sign_in()
    return hired


async def test_a_wish_stands_in_the_queue_until_it_is_answered(person: Phone, boss: Desk, rows: Rows) -> None:
    """Staff see whose it is and by when; she reads the answer; both are in the audit log without what was written."""
    asked = await ask(person)
    assert asked == {
        "__typename": "DataRequest",
        "id": asked["id"],
        "kind": "CORRECTION",
        "state": "OPEN",
        "dueOn": "2026-12-11",
        "isOverdue": False,
        "subject": "REVIEW",
        "wish": WISH,
    }
    customer = await rows.connection.fetchval("SELECT id FROM customer")
    (waiting,) = (await boss.send(QUEUE, state="OPEN")).data["dataRequests"]["nodes"]
    assert (waiting["id"], waiting["wish"]) == (asked["id"], WISH)
    assert waiting["customerId"] == ids.encode("Customer", customer)
    told = await answer(boss, asked["id"], "已更正评价的归属。", done=True)
    assert told == {
        "__typename": "DataRequest",
        "state": "DONE",
        "answer": "已更正评价的归属。",
        "doneAt": "2026-11-20T02:00:00+00:00",
    }
    (mine,) = (await person.ask(MINE)).data["me"]["dataRequests"]
    assert (mine["state"], mine["answer"], mine["isOverdue"]) == ("DONE", "已更正评价的归属。", False)
    actions = "SELECT caller, action FROM audit_entry WHERE action LIKE '%data%' ORDER BY id"
    assert [tuple(row) for row in await rows.connection.fetch(actions)] == [
        (f"customer:{customer}", "ask about data"),
        (f"staff:{boss.id}", "answer data request"),
    ]
    assert await places_of(rows, WISH) == {"data_request"}


async def test_a_refusal_has_a_written_reason(person: Phone, boss: Desk, rows: Rows) -> None:
    """As the law wants for minors; without one it is not refused."""
    asked = await ask(person, "MINOR", "OTHER", "请删除孩子的资料。")
    assert (await boss.send(ANSWER, id=asked["id"], done=False, answer="  ")).codes == ["BAD_USER_INPUT"]
    assert [tuple(row) for row in await rows.connection.fetch(ANY_STATE)] == [("OPEN", None)]
    assert (await answer(boss, asked["id"], "无法核实监护人身份。", done=False))["state"] == "REFUSED"
    (mine,) = (await person.ask(MINE)).data["me"]["dataRequests"]
    assert (mine["kind"], mine["state"], mine["answer"]) == ("MINOR", "REFUSED", "无法核实监护人身份。")


async def test_an_answer_is_given_once(person: Phone, boss: Desk, rows: Rows) -> None:
    """The same again changes nothing, another is refused; what machines answer and what is not there is unknown."""
    asked = await ask(person)
    await answer(boss, asked["id"], "已更正。", done=True)
    assert (await answer(boss, asked["id"], "已更正。", done=True))["state"] == "DONE"
    assert (await answer(boss, asked["id"], "不行。", done=False))["__typename"] == "DataRequestAnswered"
    assert [tuple(row) for row in await rows.connection.fetch(ANY_STATE)] == [("DONE", "已更正。")]
    await person.ask("mutation { exportMyData(input: {confirms: true}) { __typename } }")
    export = await rows.connection.fetchval("SELECT id FROM data_request WHERE kind = 'EXPORT'")
    for key in (export, export + 1_000):
        told = await answer(boss, ids.encode("DataRequest", key), "已更正。", done=True)
        assert told["__typename"] == "DataRequestNotFound"
    assert await rows.connection.fetchval("SELECT state FROM data_request WHERE id = $1", export) == "OPEN"


async def test_the_overdue_ones_are_found(person: Phone, boss: Desk) -> None:
    """The day after its day; those answered never are."""
    first = await ask(person)
    await ask(person, "OTHER", "OTHER", "我的资料给过谁？", "ask-key-2")
    late = replace(boss.later(days=25), session={})
    await late.sign_in()
    assert (await boss.send(QUEUE, overdue=True)).data["dataRequests"] == {
        "nodes": [],
        "totalCount": 0,
        "pageInfo": {"endCursor": None, "hasNextPage": False},
    }
    found = (await late.send(QUEUE, overdue=True)).data["dataRequests"]
    assert ([each["isOverdue"] for each in found["nodes"]], found["totalCount"]) == ([True, True], 2)
    await answer(late, first["id"], "已更正。", done=True)
    assert (await late.send(QUEUE, overdue=True)).data["dataRequests"]["totalCount"] == 1
    assert "data_requests_overdue 1.0" in (await late.shop.send("GET", "/metrics")).response.text


async def test_the_queue_is_paged_what_is_due_first_first(person: Phone, boss: Desk) -> None:
    """Across pages none is missing; a state chooses."""
    made = [
        (await ask(person, kind, "OTHER", "请答复。", f"ask-key-{kind}"))["id"]
        for kind in ("CORRECTION", "MINOR", "OTHER")
    ]
    page = (await boss.send(QUEUE, state="OPEN", first=2)).data["dataRequests"]
    rest = await boss.send(QUEUE, state="OPEN", first=2, after=page["pageInfo"]["endCursor"])
    both = [*page["nodes"], *rest.data["dataRequests"]["nodes"]]
    assert ([each["id"] for each in both], page["totalCount"]) == (made, 3)
    assert (await boss.send(QUEUE, state="REFUSED")).data["dataRequests"]["nodes"] == []


async def test_staff_get_no_link_to_a_copy(person: Phone, boss: Desk, rows: Rows) -> None:
    """They see that there is one, and nothing of what is in it."""
    customer = await rows.connection.fetchval("SELECT id FROM customer")
    times = {"requested_at": person.shop.now, "done_at": person.shop.now, "due_on": person.shop.now.date()}
    file = {"storage_key": "exports/1.zip", "expires_at": person.shop.now + timedelta(days=7)}
    await rows.connection.execute(
        """INSERT INTO data_request (customer_id, kind, state, counts, requested_at, done_at, due_on, storage_key,
        expires_at) VALUES ($1, 'EXPORT', 'DONE', '{}', $2, $3, $4, $5, $6)""",
        *(customer, *times.values(), *file.values()),
    )
    (seen,) = (await boss.send(QUEUE, state="DONE")).data["dataRequests"]["nodes"]
    assert (seen["kind"], seen["fileUrl"]) == ("EXPORT", None)


@pytest.mark.parametrize(
    ("kind", "subject", "refusal"),
    [
        ("CORRECTION", "WECHAT_ACCOUNT", "NotCorrectable"),
        ("CORRECTION", "CONSENT_HISTORY", "NotCorrectable"),
        ("CORRECTION", "PHONE", "CorrectItYourself"),
        ("CORRECTION", "PROFILE", "CorrectItYourself"),
    ],
)
async def test_what_nobody_corrects_is_refused_with_why(
    kind: str, subject: str, refusal: str, person: Phone, rows: Rows
) -> None:
    """The ledgers and the WeChat account stay; what she corrects herself needs nobody."""
    told = await ask(person, kind, subject)
    assert (told["__typename"], len(told["message"]) > 20) == (refusal, True)
    assert await rows.connection.fetchval("SELECT count(*) FROM data_request") == 0


async def test_one_of_a_kind_at_a_time_and_a_retry_is_the_same(person: Phone, rows: Rows) -> None:
    """The queue cannot be flooded."""
    first = await ask(person)
    assert await ask(person) == first
    assert (await ask(person, key="ask-key-2"))["__typename"] == "DataRequestOpen"
    assert (await ask(person, wish="另一件事。"))["__typename"] == "IdempotencyKeyReused"
    assert await rows.connection.fetchval("SELECT count(*) FROM data_request") == 1


@pytest.mark.parametrize(
    ("kind", "wish"),
    [("EXPORT", WISH), ("CLOSURE", WISH), ("OTHER", ""), ("OTHER", "x" * 1001), ("OTHER", "卡号 4111111111111111")],
)
async def test_what_cannot_be_asked_changes_nothing(kind: str, wish: str, person: Phone, rows: Rows) -> None:
    """Kinds with a mutation of their own, texts out of bounds, card numbers."""
    asked = await person.ask(ASK, kind=kind, subject="OTHER", wish=wish, key="ask-key-1")
    assert asked.codes == ["BAD_USER_INPUT"]
    assert await rows.connection.fetchval("SELECT count(*) FROM data_request") == 0


async def test_closing_ends_what_is_open_and_forgets_what_was_written(person: Phone, boss: Desk, rows: Rows) -> None:
    """Hers and staff's words."""
    first = await ask(person)
    await answer(boss, first["id"], "汪小满的评价已更正。", done=True)
    await ask(person, "OTHER", "OTHER", "我叫汪小满。", "ask-key-2")
    await person.ask(CLOSE, confirms=True)
    states = await rows.connection.fetch("SELECT kind, state FROM data_request ORDER BY id")
    assert [tuple(each) for each in states] == [("CORRECTION", "DONE"), ("OTHER", "ENDED"), ("CLOSURE", "DONE")]
    assert await places_of(rows, "汪小满") == set()
    assert await places_of(rows, WISH) == set()
