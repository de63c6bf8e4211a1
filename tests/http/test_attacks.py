"""Attacks on who somebody is: each is refused, logged and counted, and changes nothing."""

import asyncio
import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
import pytest
from prometheus_client import REGISTRY

from app.accounts.enums import RoleCode
from app.accounts.rules import CUSTOMER_SCOPES
from app.kit import clock, ids
from app.kit.caller import Caller, CallerKind
from app.kit.subkeys import subkey
from app.kit.tokens import VERSION, Tokens
from tests.accounts.conftest import DEVICES, END, LOGIN, REFRESH, Phone
from tests.accounts.desk import Desk, hire
from tests.conftest import STAFF_TABLES
from tests.http.toy import bearer
from tests.privacy.conftest import person  # noqa: F401 - a fixture
from tests.rows import NOW, Rows
from tests.shop import SECRET

SCOPES = frozenset({"staff:write", "privacy:answer", "audit:read"})
BOSS = Caller(CallerKind.STAFF, 1, SCOPES)
CLOSE = "mutation { closeMyAccount(input: {confirms: true}) { __typename } }"
QUEUE = "{ dataRequests { totalCount } }"
WATCHED = ("customer", "sign_in", "refresh_token", "phone_code", "audit_entry", "data_request", "staff", "staff_role")


def text_of(value: bytes) -> str:
    """As tokens write bytes."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def signed(caller: Caller, key: bytes, name: str) -> str:
    """A token of the shop's form, by any key under any name."""
    expires = int((NOW + timedelta(hours=1)).timestamp())
    claims = orjson.dumps([caller.kind, caller.id, expires, sorted(caller.scopes), None])
    body = f"{VERSION}.{name}.{text_of(claims)}"
    return f"{body}.{text_of(hmac.digest(key, body.encode(), hashlib.sha256))}"


def jwt(algorithm: str, key: bytes = b"") -> str:
    """A JSON Web Token that says she is an administrator; unsigned without a key."""
    claims = {"sub": "1", "kind": "staff", "scopes": sorted(SCOPES), "aud": "another shop"}
    body = ".".join(text_of(orjson.dumps(part)) for part in ({"alg": algorithm, "typ": "JWT"}, claims))
    return f"{body}.{text_of(hmac.digest(key, body.encode(), hashlib.sha256)) if key else ''}"


def _true() -> str:
    with clock.moved_to(NOW):
        return Tokens([SECRET]).issue(Caller(CallerKind.CUSTOMER, 1, CUSTOMER_SCOPES), timedelta(hours=1))


def _key_name() -> str:
    return _true().split(".")[1]


def _expired() -> str:
    with clock.moved_to(NOW - timedelta(hours=2)):
        return Tokens([SECRET]).issue(BOSS, timedelta(hours=1))


def _widened() -> str:
    """A true token whose claims were written anew, its signature kept."""
    parts, forged = _true().split("."), signed(BOSS, b"x", _key_name()).split(".")
    return ".".join([*parts[:2], forged[2], parts[3]])


FORGED: dict[str, Callable[[], str]] = {
    "signature changed": lambda: _true()[:-4] + "AAAA",
    "claims widened": _widened,
    "expired": _expired,
    "no algorithm": lambda: jwt("none"),
    "another algorithm": lambda: jwt("HS256", SECRET.encode()),
    "algorithm none in our form": lambda: signed(BOSS, b"", _key_name()).rpartition(".")[0] + ".",
    "the secret itself as key": lambda: signed(BOSS, SECRET.encode(), _key_name()),
    "another installation": lambda: Tokens(["another shop's secret, as long as this one"]).issue(BOSS, timedelta(1)),
    "another audience": lambda: signed(BOSS, subkey(SECRET, "links"), _key_name()),
    "another version": lambda: _true().replace(VERSION, "yg1"),
    "a refresh token": lambda: "ygr_" + "a" * 43,
    "an invented key": lambda: "ygk_" + "a" * 50,
    "nothing": lambda: "",
}


def counted(name: str) -> float:
    """The sum of a counter over its labels."""
    samples = [each for metric in REGISTRY.collect() for each in metric.samples if each.name == f"{name}_total"]
    return sum(each.value for each in samples)


async def everything(rows: Rows) -> dict[str, str]:
    """All that is known of people."""
    sql = "SELECT coalesce(md5(string_agg(t::text, ',' ORDER BY id)), '') FROM {} t"
    return {table: await rows.connection.fetchval(sql.format(table)) for table in WATCHED}


@pytest.mark.parametrize("name", FORGED)
async def test_a_token_that_does_not_hold_opens_nothing(
    name: str,
    person: Phone,  # noqa: F811
    rows: Rows,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Forged, over, unsigned, by other keys, for other uses: 401, the same for reads and writes, and no statement."""
    before, count, token = await everything(rows), counted("bearers_refused"), FORGED[name]()
    for query in (CLOSE, QUEUE, "{ categories { id } }"):
        answer = await person.shop.send(json={"query": query}, headers={"authorization": f"Bearer {token}"})
        assert (answer.response.status_code, answer.codes) == (401, ["UNAUTHENTICATED"])
        assert [text for text in answer.statements if "api_key" not in text] == []
    assert await everything(rows) == before
    assert counted("bearers_refused") == count + 3
    said = capsys.readouterr().out
    assert "a bearer was refused" in said
    assert not token or token not in said


async def test_a_login_code_at_once_signs_in_once_and_the_others_are_counted(person: Phone) -> None:  # noqa: F811
    """Of four one wins."""
    code, count = person.code(), counted("wechat_codes_refused")
    asked = [person.shop.ask(LOGIN, code=code, label="x") for _ in range(4)]
    told = sorted(answer.data["loginWithWeChat"]["__typename"] for answer in await asyncio.gather(*asked))
    assert told == ["LoginCodeUsed"] * 3 + ["Session"]
    assert counted("wechat_codes_refused") == count + 3


async def test_a_race_for_a_refresh_token_is_counted_and_ends_the_family(
    person: Phone,  # noqa: F811
    rows: Rows,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whoever won is out too: nobody knows which of them the thief was."""
    token, count = person.session["refreshToken"], counted("refresh_tokens_refused")
    answers = await asyncio.gather(*(person.shop.ask(REFRESH, token=token) for _ in range(4)))
    told = sorted(answer.data["refreshSession"]["__typename"] for answer in answers)
    assert told == ["Session"] + ["SessionEnded"] * 3
    assert counted("refresh_tokens_refused") == count + 3
    assert "a refresh token was used twice" in capsys.readouterr().out
    assert await rows.connection.fetchval("SELECT count(*) FROM sign_in WHERE ended_at IS NULL") == 0


OTHERS = ("Customer", "Staff", "StaffMember", "SignIn", "DataRequest", "AuditEntry", "ApiKey", "Partner", "Upload")


@pytest.mark.parametrize("kind", OTHERS)
async def test_no_node_tells_of_people(kind: str, person: Phone, rows: Rows) -> None:  # noqa: F811
    """Whether there is one of this number or not, and whoever asks: the same answer, and no statement."""
    key = await rows.connection.fetchval("SELECT id FROM customer")
    told = []
    for number in (key, key + 10_000):
        for headers in ({}, bearer(BOSS), {"authorization": f"Bearer {person.session['accessToken']}"}):
            asked = {
                "query": "query ($id: ID!) { node(id: $id) { id } }",
                "variables": {"id": ids.encode(kind, number)},
            }
            answer = await person.shop.send(json=asked, headers=headers)
            assert answer.statements == []
            told.append((answer.codes, answer.body["errors"][0]["message"]))
    assert told == [(["BAD_USER_INPUT"], "not an id")] * 6


ESCALATING = {
    "a field that is none": 'mutation { setBirthYear(input: {birthYear: 1990, agrees: true, policyVersion: "1", '
    'scopes: ["staff:write"]}) { __typename } }',
    "somebody else's name": 'mutation { correctMyData(input: {idempotencyKey: "12345678", displayName: "x", '
    'customerId: "Q3VzdG9tZXI6MQ"}) { __typename } }',
    "a role of her own": 'mutation { setStaffRoles(input: {staffMemberId: "U3RhZmY6MQ", roles: [ADMINISTRATOR]}) '
    "{ __typename } }",
    "the queue of others": QUEUE,
    "an answer to herself": 'mutation { answerDataRequest(input: {requestId: "RGF0YVJlcXVlc3Q6MQ", isDone: true, '
    'answer: "ok"}) { __typename } }',
    "a scope behind an alias": "{ me { dataRequests { mine: customerId } } }",
    "a scope in a fragment": "{ me { ...F } } fragment F on Customer { dataRequests { customerId } }",
}


@pytest.mark.parametrize("name", ESCALATING)
async def test_no_input_gives_more_than_she_has(name: str, person: Phone, rows: Rows) -> None:  # noqa: F811
    """The whole document is refused before it runs."""
    before = await everything(rows)
    answer = await person.ask(ESCALATING[name])
    assert answer.codes in (["FORBIDDEN"], ["BAD_USER_INPUT"], ["GRAPHQL_VALIDATION_FAILED"])
    assert (answer.body.get("data"), answer.statements) == (None, [])
    assert await everything(rows) == before


async def test_the_device_of_another_is_as_unknown_as_none(person: Phone, rows: Rows) -> None:  # noqa: F811
    """By its true id; she stays signed in."""
    other = Phone(person.shop, openid="o-other")
    await other.log_in()
    theirs = (await other.ask(DEVICES)).data["me"]["devices"][0]["id"]
    before = await everything(rows)
    answers = [(await person.ask(END, id=each)).data["endDevice"] for each in (theirs, ids.encode("SignIn", 2**40))]
    assert answers[0] == answers[1]
    assert answers[0]["__typename"] == "DeviceNotFound"
    assert await everything(rows) == before


@pytest.fixture
async def desk(person: Phone, rows: Rows) -> Desk:  # noqa: F811
    """A clerk of the shop."""
    rows.tables |= STAFF_TABLES
    return await hire(person.shop, rows, "li.na", RoleCode.STORE_CLERK)


async def test_codes_are_not_guessed(desk: Desk, rows: Rows) -> None:
    """With the right password: after five wrong codes the right one is refused as well, and no more is learnt."""
    before, count = await everything(rows), counted("staff_sign_ins")
    wrong = [f"{number:06}" for number in range(40) if f"{number:06}" not in {desk.code(step) for step in (-1, 0, 1)}]
    answers: list[dict[str, Any]] = [await desk.sign_in(totp=code) for code in wrong[:20]]
    answers.append(await desk.sign_in())
    assert {each["__typename"] for each in answers} == {"StaffSignInRefused"}
    assert len({each["message"] for each in answers}) == 1
    assert counted("staff_sign_ins") == count + 21
    assert await rows.connection.fetchval("SELECT max(wrong) FROM sign_in_attempts") == 5
    after = await everything(rows)
    assert {name for name in after if after[name] != before[name]} <= {"audit_entry", "audit_unsealed"}  # the lock


async def test_a_number_of_another_account_is_told_to_its_owner_alone(person: Phone, rows: Rows) -> None:  # noqa: F811
    """Who has no code of WeChat's for a number learns nothing of it: known and unknown codes are answered alike."""
    stranger = Phone(person.shop, openid="o-stranger")
    await stranger.log_in()
    before, count = await everything(rows), counted("wechat_codes_refused")
    for guess in ("13712345678", "+8613712345678", "13700000000", "a" * 64):
        assert (await stranger.bind(guess))["__typename"] == "PhoneCodeInvalid"
    after = await everything(rows)
    assert {name for name in after if after[name] != before[name]} == {
        "phone_code"
    }  # asked about once, and never again
    assert counted("wechat_codes_refused") == count + 4
