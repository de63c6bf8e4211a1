"""What WeChat tells by itself: taken from its servers alone, done once, as if the customer had done it herself."""

import asyncio
from typing import Any

import httpx
import pytest

from app.embedded.wechat import push
from app.embedded.wechat.server import StandIn
from app.embedded.wechat.state import State
from app.http.wechat_events import LARGEST, PATH
from tests.accounts.conftest import Phone
from tests.favourites.conftest import Customer
from tests.privacy.conftest import NAME, NUMBER, OPENID, decide, person, places_of  # noqa: F401 - a fixture
from tests.rows import NOW, Rows
from tests.served import served, shop_application
from tests.shop import ACCOUNT, PUSH_KEY, PUSH_TOKEN, Answer, Shop

REVOKE, CANCELLATION = "user_authorization_revoke", "user_authorization_cancellation"
OTHER_KEY = "otherOtherOtherOtherOtherOtherOtherOtherOth"
HER = "SELECT status, display_name, avatar_id, birth_year, phone_sealed, openid_sealed FROM customer ORDER BY id"
COUNTS = """SELECT (SELECT count(*) FROM audit_entry) AS entries, (SELECT count(*) FROM consent) AS consents,
  (SELECT count(*) FROM data_request) AS requests, (SELECT count(*) FROM sign_in WHERE ended_at IS NULL) AS live"""


async def tell(shop: Shop, state: State, content: bytes, *, as_xml: bool = False, sent: int = 0) -> Answer:
    """Sends a message, signed so many seconds ago."""
    query, body = push.envelope(state, content, NOW.timestamp() - sent, as_xml=as_xml)
    return await shop.send("POST", PATH, params=query, content=body)


def event(shop: Shop, name: str, revoked: str = "", openid: str = OPENID, *, as_xml: bool = False) -> bytes:
    """A message of the stand-in's."""
    return push.message(shop.wechat.state, name, openid, NOW.timestamp(), revoked, as_xml=as_xml)


async def known(rows: Rows) -> list[Any]:
    """What is known of her, and how much was written down."""
    return [*await rows.connection.fetch(HER), *await rows.connection.fetch(COUNTS)]


def is_success(answer: Answer) -> bool:
    """Whether WeChat is content."""
    return (answer.response.status_code, answer.response.text) == (200, "success")


@pytest.mark.parametrize("as_xml", [False, True])
async def test_who_closes_her_wechat_account_closes_hers_here(person: Phone, rows: Rows, *, as_xml: bool) -> None:  # noqa: F811
    """In either of the forms the console offers: erased as by closeMyAccount, by the machine."""
    shop = person.shop
    told = await tell(shop, shop.wechat.state, event(shop, CANCELLATION, as_xml=as_xml), as_xml=as_xml)
    assert is_success(told)
    for value in (OPENID, NUMBER, NAME):
        assert await places_of(rows, value) == set()
    entry = await rows.connection.fetchrow("SELECT caller, scope FROM audit_entry WHERE action = 'close account'")
    assert tuple(entry) == ("machine", None)
    assert await rows.connection.fetchval("SELECT state FROM data_request WHERE kind = 'CLOSURE'") == "DONE"
    assert await rows.connection.fetchval("SELECT count(*) FROM sign_in WHERE ended_at IS NULL") == 0


@pytest.mark.parametrize(
    ("revoked", "gone"),
    [
        ("8", {"phone_sealed"}),
        ("6", {"display_name", "avatar_id"}),
        ("19", {"display_name"}),
        ("20", {"avatar_id"}),
        ("6,8", {"display_name", "avatar_id", "phone_sealed"}),
        ("2", set()),
    ],
)
async def test_what_she_takes_back_goes_and_nothing_else(
    revoked: str,
    gone: set[str],
    person: Phone,  # noqa: F811
    rows: Rows,
) -> None:
    """By WeChat's numbers: what the shop keeps of it; an address, which it does not keep, changes nothing."""
    before = await rows.connection.fetchrow(HER)
    assert is_success(await tell(person.shop, person.shop.wechat.state, event(person.shop, REVOKE, revoked)))
    after = await rows.connection.fetchrow(HER)
    assert {name for name in before.keys() if before[name] != after[name]} == gone  # noqa: SIM118 - a record
    assert (await places_of(rows, NAME) == {"sign_in"}) is ("display_name" in gone)
    assert await rows.connection.fetchval("SELECT count(*) FROM audit_entry WHERE action = 'wechat revoke'") == 1


async def test_a_place_taken_back_ends_its_consent(person: Phone, rows: Rows) -> None:  # noqa: F811
    """In the ledger, with the channel it came by; the others stay."""
    her = Customer(person.shop, await rows.connection.fetchval("SELECT id FROM customer"))
    await decide(her, "PRECISE_LOCATION", granted=True)
    assert is_success(await tell(person.shop, person.shop.wechat.state, event(person.shop, REVOKE, "13")))
    found = await rows.connection.fetch("SELECT purpose, granted, channel FROM consent ORDER BY id")
    assert [tuple(row) for row in found] == [
        ("PERSONALIZATION", True, "test"),
        ("PRECISE_LOCATION", True, "mini-program"),
        ("PRECISE_LOCATION", False, "wechat"),
    ]


async def test_an_event_is_done_once(person: Phone, rows: Rows) -> None:  # noqa: F811
    """Four at once and again later, as WeChat does when our answer is lost: also after she came back."""
    shop, content = person.shop, event(person.shop, CANCELLATION)
    answers = await asyncio.gather(*(tell(shop, shop.wechat.state, content) for _ in range(4)))
    assert [is_success(each) for each in answers] == [True] * 4
    assert await rows.connection.fetchval("SELECT count(*) FROM data_request WHERE kind = 'CLOSURE'") == 1
    await person.log_in()
    before = await known(rows)
    assert is_success(await tell(shop, shop.wechat.state, content))
    assert await known(rows) == before
    assert [row["status"] for row in before[:2]] == ["CLOSED", "ACTIVE"]


async def test_of_whom_nobody_knows_the_answer_is_the_same(person: Phone, rows: Rows) -> None:  # noqa: F811
    """And of what nobody acts upon."""
    before = await known(rows)
    strange = event(person.shop, CANCELLATION, openid="oNobodyNobodyNobodyNobody000")
    for content in (strange, event(person.shop, "wxa_media_check"), event(person.shop, "user_info_modified")):
        assert is_success(await tell(person.shop, person.shop.wechat.state, content))
    assert await known(rows) == before


async def refused(person: Phone) -> list[tuple[int, Answer]]:  # noqa: F811
    """Every message that is not to be believed, with the status it is answered."""
    shop = person.shop
    good, content = shop.wechat.state, event(shop, CANCELLATION)
    other_token = State(*ACCOUNT, push_token="another", push_key=PUSH_KEY)
    other_key = State(*ACCOUNT, push_token=PUSH_TOKEN, push_key=OTHER_KEY)
    other_app = State("wx-other", "", push_token=PUSH_TOKEN, push_key=PUSH_KEY)
    query, body = push.envelope(good, content, NOW.timestamp())
    named_other = push.message(other_app, CANCELLATION, OPENID, NOW.timestamp())
    unsigned = {name: value for name, value in query.items() if name != "msg_signature"}
    plain = query | {"msg_signature": query["signature"]}
    later = query | {"timestamp": str(int(query["timestamp"]) + 1)}
    return [
        (403, await tell(shop, other_token, content)),
        (403, await tell(shop, other_app, content)),
        (403, await tell(shop, good, named_other)),
        (403, await tell(shop, good, content, sent=301)),
        (403, await tell(shop, good, content, sent=-301)),
        (403, await shop.send("POST", PATH, params=unsigned, content=body)),
        (403, await shop.send("POST", PATH, params=later, content=body)),
        (403, await shop.send("POST", PATH, params=query, content=body.replace(b'"Encrypt": "', b'"Encrypt": "AAAA'))),
        (403, await shop.send("POST", PATH, params=plain, content=content)),  # the mode that signs no message
        (403, await shop.send("POST", PATH, params=query, content=b"{}")),
        (400, await tell(shop, other_key, content)),
        (400, await tell(shop, good, b"\xff\xfe")),
        (400, await tell(shop, good, b"[]")),
        (400, await tell(shop, good, b"{}")),
        (400, await shop.send("POST", PATH, params=query, content=b"\xff")),
        (400, await shop.send("POST", PATH, params=query, content=b"")),
        (413, await shop.send("POST", PATH, params=query, content=b"x" * (LARGEST + 1))),
        (405, await shop.send("PUT", PATH, params=query, content=body)),
    ]


async def test_what_does_not_come_from_wechat_changes_nothing(
    person: Phone,  # noqa: F811
    rows: Rows,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Other tokens, keys, times and mini-programs, the unsigned mode, garbage: 4xx, counted, and nothing is told."""
    before, counted = await known(rows), await refusals(person.shop)
    answers = await refused(person)
    assert [answer.response.status_code for _, answer in answers] == [status for status, _ in answers]
    assert await known(rows) == before
    assert await refusals(person.shop) == counted + len(answers) - 1  # the router knows the methods
    said = "".join(answer.response.text for _, answer in answers) + caplog.text
    assert not any(each in said for each in (OPENID, PUSH_TOKEN, PUSH_KEY))


async def refusals(shop: Shop) -> float:
    """How many were counted."""
    text = (await shop.send("GET", "/metrics")).response.text
    found = [line for line in text.splitlines() if line.startswith('wechat_events_total{outcome="refused"}')]
    return float(found[0].rpartition(" ")[2]) if found else 0


async def test_the_console_gets_its_echo_back(bare_shop: Shop) -> None:
    """Signed, and nothing of it when it is not."""
    timestamp = str(int(NOW.timestamp()))
    query = {"timestamp": timestamp, "nonce": "1", "echostr": "<b>7</b>"}
    right = query | {"signature": push.signed(PUSH_TOKEN, timestamp, "1")}
    answer = (await bare_shop.send("GET", PATH, params=right)).response
    assert (answer.status_code, answer.text) == (200, "<b>7</b>")
    assert answer.headers["content-type"].startswith("text/plain")
    wrong = (await bare_shop.send("GET", PATH, params=right | {"signature": "0" * 40})).response
    assert (wrong.status_code, wrong.text) == (403, "refused\n")


async def test_the_stand_in_tells_the_shop_over_http(app_url: str) -> None:
    """As the demo's does when somebody plays with it; a shop whose production knows no keys has no such address."""
    async with shop_application(app_url) as application, served(application) as address:
        told = {"push_token": PUSH_TOKEN, "push_key": PUSH_KEY, "push_url": f"{address}{PATH}"}
        stand_in = StandIn(State(*ACCOUNT, **told), NOW.timestamp)
        transport = httpx.ASGITransport(stand_in.app())
        async with httpx.AsyncClient(transport=transport, base_url="http://wechat.test") as client:
            answer = await client.post("/stand-in/push", json={"event": REVOKE, "openid": OPENID, "revoked": "8"})
    assert answer.json() == {"status": 200, "body": "success"}
