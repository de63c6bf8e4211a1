"""What a request may cost, from which buckets it is paid, and what its client is told."""

import itertools
import os
from collections.abc import AsyncIterator
from ipaddress import IPv4Address
from typing import Any

import httpx
import pytest

from app.http.actual import actual
from app.http.limits import FREE
from app.http.prepared import prepare
from app.http.state import State
from app.kit.bucket import Plan
from app.kit.caller import Caller, CallerKind
from tests.http import toy, trees
from tests.http.toy import bearer
from tests.shop import Shop, with_state
from tests.shop import state as open_state

_TESTS = itertools.count()
GRAPHQL = {"accept": "application/graphql-response+json"}
DEAR = {"query": "{ dear }"}  # 1,000 points
FIVE = Plan(capacity=5_000, rate=1)  # of them; the next comes back in a quarter of an hour


@pytest.fixture
def base() -> int:
    """A number from which on nobody has asked yet: customers and addresses that are this test's own."""
    return os.getpid() * 1_000 + next(_TESTS) * 10


def _customer(number: int) -> dict[str, str]:
    return bearer(Caller(CallerKind.CUSTOMER, number))


@pytest.fixture
async def state(shop: Shop, redis_url: str) -> AsyncIterator[State]:
    """Of an application with the Redis of this run, which others use too."""
    opened = await open_state(shop.database, redis_url)
    yield opened
    await opened["redis"].aclose()


def _client(state: State, number: int, **plans: Any) -> httpx.AsyncClient:
    """Of the address of that number."""
    transport = httpx.ASGITransport(with_state(toy.endpoint(**plans), state), client=(str(IPv4Address(number)), 1))
    return httpx.AsyncClient(transport=transport, base_url="http://shop.test")


async def test_who_asks_too_much_is_told_when_to_ask_again(state: State, base: int) -> None:
    """429 with the seconds, in the header and in the error; plain JSON gets 200, as all well-formed requests."""
    async with _client(state, base, plan=FIVE) as client:
        for _ in range(5):
            assert (await client.post("/", json=DEAR, headers=_customer(base + 1))).json() == {"data": {"dear": 1}}
        for accept, status in ((GRAPHQL, 429), ({}, 200)):
            refused = await client.post("/", json=DEAR, headers=_customer(base + 1) | accept)
            (error,) = refused.json()["errors"]
            seconds = error["extensions"].pop("retryAfterSeconds")
            assert seconds in range(900, 1_001)
            assert error == {
                "message": f"Too much at once. Ask again in {seconds} s.",
                "extensions": {"code": "THROTTLED"},
            }
            assert (refused.status_code, refused.headers["retry-after"]) == (status, str(seconds))
            assert refused.headers["cache-control"] == "no-store"


async def test_customers_behind_one_address_do_not_stop_each_other(state: State, base: int) -> None:
    """Each has a bucket of its own; another address does not help."""
    async with _client(state, base, plan=FIVE) as here, _client(state, base + 1, plan=FIVE) as there:
        for _ in range(5):
            await here.post("/", json=DEAR, headers=_customer(base + 1))
        assert "errors" in (await here.post("/", json=DEAR, headers=_customer(base + 1))).json()
        assert "errors" in (await there.post("/", json=DEAR, headers=_customer(base + 1))).json()
        assert "data" in (await here.post("/", json=DEAR, headers=_customer(base + 2))).json()


async def test_visitors_share_the_bucket_of_their_address(state: State, base: int) -> None:
    """And so do customers behind it; another address has another."""
    async with _client(state, base, address_plan=FIVE) as here, _client(state, base + 1, address_plan=FIVE) as there:
        for headers in ({}, _customer(base + 1), {}, _customer(base + 2), {}):
            assert "data" in (await here.post("/", json=DEAR, headers=headers)).json()
        for headers in ({}, _customer(base + 3)):
            assert "errors" in (await here.post("/", json=DEAR, headers=headers)).json()
        assert "data" in (await there.post("/", json=DEAR)).json()


async def test_nothing_is_charged_for_what_is_refused(state: State, base: int) -> None:
    """A document that is not valid, or needs a scope, takes no point; and nothing throttled is run."""
    writer = bearer(Caller(CallerKind.STAFF, 1, frozenset({"box:write"})))
    async with _client(state, base, address_plan=FIVE) as client:
        for refused in ("{ nothing }", "{", "{ staffBox { plain } }", "query A { short } query B { short }"):
            for _ in range(3):
                assert "errors" in (await client.post("/", json={"query": refused})).json()
        for _ in range(5):
            assert "data" in (await client.post("/", json=DEAR)).json()
        throttled = await client.post("/", json={"query": "mutation { dear staffWrite }"}, headers=writer)
        assert throttled.json()["errors"][0]["extensions"]["code"] == "THROTTLED"
        assert toy.WRITTEN == []


async def test_a_request_that_costs_too_much_is_refused_before_it_runs(shop: Shop) -> None:
    """By its variables: the document itself is fine. No statement is sent."""
    document = "query ($n: Int!) { products(first: $n) { nodes { reviews(first: $n) { nodes { id } } } } }"
    refused = await shop.send(json={"query": document, "variables": {"n": 100}}, headers=GRAPHQL)
    assert (refused.response.status_code, refused.statements) == (400, [])
    assert refused.body["errors"][0]["extensions"] == {"code": "COST_EXCEEDED", "cost": 10_201, "maximum": 5_000}
    assert (await shop.ask(document, n=2)).data["products"]["nodes"]


@pytest.mark.parametrize("n", [10**6, 2**31 - 1, -1, 0, -(2**31)])
async def test_a_size_no_page_has_is_told_as_bad_input(n: int, shop: Shop) -> None:
    """Counted as the largest page, then refused by the field, before it reads anything."""
    asked = await shop.ask("query ($n: Int!) { products(first: $n) { nodes { id } } }", n=n)
    assert (asked.codes, asked.statements) == (["BAD_USER_INPUT"], [])


@pytest.mark.parametrize("variables", [{}, {"n": None}, {"n": "5"}, {"n": 2**40}, {"n": [1]}], ids=str)
async def test_a_variable_that_is_no_size_is_told_as_bad_input(variables: dict[str, Any], shop: Shop) -> None:
    """Missing, null, of another type, out of range: the cost has an answer, and execution says what is wrong."""
    document = "query ($n: Int!) { products(first: $n) { nodes { id } } }"
    asked = await shop.send(json={"query": document, "variables": variables})
    assert (asked.codes, asked.statements) == (["BAD_USER_INPUT"], [])


async def test_a_client_is_told_its_cost_when_it_asks(state: State, base: int) -> None:
    """With the bucket it is paid from: its own, or the address's for a visitor."""
    asked = {"query": "{ box { plain } short }"}
    async with _client(state, base, plan=Plan(50, 2), address_plan=Plan(500, 20)) as client:
        assert "extensions" not in (await client.post("/", json=asked)).json()
        visitor = await client.post("/", json=asked, headers={"graphql-cost": "1"})
        customer = await client.post("/", json=asked, headers={"graphql-cost": "1", **_customer(base + 1)})
    cost = visitor.json()["extensions"]["cost"]
    assert cost["throttle"].pop("available") in {498, 499}
    assert cost == {"requested": 1, "actual": 1, "throttle": {"maximum": 500, "restoreRate": 20}}
    assert customer.json()["extensions"]["cost"]["throttle"] == {"maximum": 50, "available": 49, "restoreRate": 2}


async def test_an_answer_that_tells_its_cost_is_not_kept(state: State, base: int) -> None:
    """The same document without the header is."""
    async with _client(state, base) as client:
        plain = await client.get("/", params={"query": "{ long }"})
        told = await client.get("/", params={"query": "{ long }"}, headers={"graphql-cost": "1"})
    assert plain.headers["cache-control"] == "public, max-age=300"
    assert told.headers["cache-control"] == "no-store"
    assert told.json()["data"] == plain.json()["data"]


async def test_the_shop_counts_what_it_answered(shop: Shop) -> None:
    """Fewer products than were asked for: what came is counted."""
    answer = await shop.send(
        json={"query": "{ products(first: 50) { nodes { id category { id } } } }"}, headers={"graphql-cost": "1"}
    )
    cost = answer.body["extensions"]["cost"]
    assert cost["requested"] == 1 + 50 * 2
    assert cost["actual"] == 1 + len(answer.body["data"]["products"]["nodes"]) * 2


@pytest.mark.parametrize(
    ("text", "data", "points"),
    [
        ("{ tree { leaf } }", {"tree": {"leaf": 1}}, 1),
        ("{ tree { leaf } }", {"tree": None}, 0),
        ("{ tree { leaf } }", None, 0),
        ("{ dear { dearLeaf } }", {"dear": {"dearLeaf": 1}}, 7 + 3),
        ("{ dear { dearLeaf } }", {"dear": {"dearLeaf": None}}, 7),
        ("{ pair { leaf } }", {"pair": [{"leaf": 1}, None, {"leaf": 2}]}, 2),
        ("{ a: tree { ...F } } fragment F on Tree { b: tree { leaf } }", {"a": {"b": {"leaf": 1}}}, 2),
        ("{ tree { leaf } tree { tree { leaf } } }", {"tree": {"leaf": 1, "tree": {"leaf": 1}}}, 2),
        ("{ page { edges { node { leaf } } } }", {"page": {"edges": [{"node": {"leaf": 1}}] * 3}}, 1 + 3 * 2),
        ("mutation { write { leaf } writeLeaf }", {"write": {"leaf": 1}, "writeLeaf": 1}, 20),
    ],
)
def test_what_an_answer_came_to(text: str, data: dict[str, Any] | None, points: int) -> None:
    """By hand: what is null costs nothing, equal fields are one."""
    document = prepare(trees.SCHEMA, text, FREE)
    assert actual(trees.SCHEMA, document, document.operation(None), data) == points
