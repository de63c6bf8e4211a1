"""The endpoint: documents by id and as text, methods, media types, and whose request it is."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from app.kit import clock
from app.kit.caller import Caller, CallerKind
from app.settings import Environment
from tests.conftest import Addresses
from tests.http.toy import WRITE, bearer
from tests.shop import IDS, NOW, Shop, open_shop

GRAPHQL = {"accept": "application/graphql-response+json"}
CUSTOMER = Caller(CallerKind.CUSTOMER, 7, frozenset({"orders:write"}))


async def test_a_registered_document_is_answered_by_id(shop: Shop) -> None:
    """By POST and by GET, the same."""
    posted = await shop.registered("CouponCenter", {"first": 1})
    got = await shop.send("GET", params={"documentId": IDS["CouponCenter"], "variables": '{"first":1}'})
    assert posted.data["coupons"]["nodes"]
    assert got.body == posted.body
    assert got.response.headers["content-type"] == "application/json; charset=utf-8"


async def test_an_id_is_the_sha256_of_the_exact_bytes() -> None:
    """GraphQL over HTTP, Appendix A: its own example."""
    assert all(len(id_) == 71 and id_.startswith("sha256:") for id_ in IDS.values())
    assert len(set(IDS.values())) == len(IDS)


@pytest.mark.parametrize("document_id", ["sha256:" + "0" * 64, "x", "", "sha256:", "A" * 10_000, "\0"])
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_an_unknown_id_is_one_error_that_nobody_keeps(document_id: str, method: str, shop: Shop) -> None:
    """A well-formed GraphQL answer; a text beside it is not run instead."""
    asked = {"documentId": document_id, "query": "{ __typename }"}
    answer = await shop.send(method, **{"params" if method == "GET" else "json": asked})
    if method == "GET" and not document_id:
        assert answer.body == {"data": {"__typename": "Query"}}  # an empty parameter is absent
        return
    assert answer.codes == ["PERSISTED_DOCUMENT_NOT_FOUND"]
    assert set(answer.body) == {"errors"}
    assert (answer.response.status_code, answer.response.headers["cache-control"]) == (200, "no-store")
    assert (await shop.send(json=asked, headers=GRAPHQL)).response.status_code == 404


async def test_production_runs_registered_documents_only(seeded: Addresses) -> None:
    """Free text is for development."""
    async with open_shop(seeded.app_url, env=Environment.PRODUCTION) as shop:
        assert (await shop.registered("CategoryTree")).data["categories"]
        for method, asked in (("GET", "params"), ("POST", "json")):
            refused = await shop.send(method, headers=GRAPHQL, **{asked: {"query": "{ categories { id } }"}})
            assert (refused.response.status_code, refused.codes) == (403, ["PERSISTED_DOCUMENT_REQUIRED"])
            assert refused.statements == []


async def test_requests_side_by_side_do_not_meet(shop: Shop) -> None:
    """Four times as many as there are connections, of two kinds: each gets its own answer."""
    names = ["CategoryTree", "CouponCenter"] * 10
    alone = {name: (await shop.registered(name)).body for name in set(names)}
    together = await asyncio.gather(*(shop.registered(name) for name in names))
    assert [answer.body for answer in together] == [alone[name] for name in names]


async def test_an_operation_is_chosen_by_name(shop: Shop) -> None:
    """Of several, one must be named, and exist."""
    document = "query A { __typename } query B { other: __typename }"
    for name, expected in ((None, None), ("C", None), ("", None), ("B", {"other": "Query"})):
        answer = await shop.send(json={"query": document, "operationName": name})
        assert answer.body.get("data") == expected
        assert answer.codes == ([] if expected else ["OPERATION_RESOLUTION_FAILURE"])


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"query": "{"}, 400, "GRAPHQL_PARSE_FAILED"),
        ({"query": ""}, 400, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{" * 5000}, 400, "DOCUMENT_TOO_COMPLEX"),
        ({"query": "{ nothing }"}, 400, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": f"{{ products(first: {'9' * 5000}) {{ totalCount }} }}"}, 400, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "{ __typename }", "operationName": "X"}, 400, "OPERATION_RESOLUTION_FAILURE"),
        ({"query": "query ($x: Int!) { __typename products(first: $x) { totalCount } }"}, 400, "BAD_USER_INPUT"),
        ({"query": "{ products(first: 0) { totalCount } }"}, 200, "BAD_USER_INPUT"),
    ],
    ids=lambda value: ascii(value)[:60],
)
async def test_the_status_depends_on_what_the_client_accepts(
    asked: dict[str, str], status: int, code: str, shop: Shop
) -> None:
    """Who knows the newer media type gets 4xx where nothing was executed; plain JSON gets 200."""
    newer, plain = await shop.send(json=asked, headers=GRAPHQL), await shop.send(json=asked)
    assert (newer.response.status_code, newer.codes) == (status, [code])
    assert newer.response.headers["content-type"] == "application/graphql-response+json; charset=utf-8"
    assert (plain.response.status_code, plain.codes) == (200, [code])
    assert plain.response.headers["content-type"] == "application/json; charset=utf-8"
    assert len(newer.response.content) < 1000  # no long echo of what was sent


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "QUERY"])
async def test_another_method_is_refused(method: str, shop: Shop) -> None:
    """405 says which are taken."""
    answer = await shop.send(method, json={"query": "{ __typename }"})
    assert (answer.response.status_code, answer.response.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert answer.codes == ["METHOD_NOT_ALLOWED"]


async def test_options_say_what_is_taken(shop: Shop) -> None:
    """Without a body, whoever asks."""
    answer = await shop.send("OPTIONS")
    assert (answer.response.status_code, answer.response.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    assert answer.response.content == b""


async def test_head_is_get_without_its_body(shop: Shop) -> None:
    """The same head, for a good question and for a bad one; a mutation is no more run than by GET."""
    for asked in ({"documentId": IDS["CategoryTree"]}, {"query": "{"}, {"query": "mutation { x }"}):
        get, head = await shop.send("GET", params=asked), await shop.send("HEAD", params=asked)
        assert head.response.status_code == get.response.status_code
        assert head.response.headers == get.response.headers
        assert head.response.content == b"" != get.response.content


@pytest.mark.parametrize("asked", [{"query": "mutation { write }"}, {"documentId": WRITE.id}], ids=["text", "id"])
async def test_a_mutation_is_not_run_by_get(asked: dict[str, str], toy_client: httpx.AsyncClient) -> None:
    """An address may be fetched again by anyone, at any time."""
    refused = await toy_client.get("/", params=asked)
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
    assert refused.json()["errors"][0]["extensions"] == {"code": "METHOD_NOT_ALLOWED"}
    assert (await toy_client.post("/", json=asked)).json() == {"data": {"write": 1}}


async def test_a_query_beside_a_mutation_is_run_by_get(toy_client: httpx.AsyncClient) -> None:
    """The operation that is named counts, not the document."""
    document = {"query": "query Q { short } mutation M { write }"}
    assert (await toy_client.get("/", params={**document, "operationName": "Q"})).json() == {"data": {"short": 1}}
    assert (await toy_client.get("/", params={**document, "operationName": "M"})).status_code == 405


async def test_a_token_says_who_asks(toy_client: httpx.AsyncClient) -> None:
    """Without one it is a visitor."""
    asked = {"query": "{ caller }"}
    assert (await toy_client.post("/", json=asked)).json() == {"data": {"caller": "visitor"}}
    found = await toy_client.post("/", json=asked, headers=bearer(CUSTOMER))
    assert found.json() == {"data": {"caller": "customer:7"}}


async def test_a_token_that_does_not_hold_is_refused(toy_client: httpx.AsyncClient) -> None:
    """401, and nobody is taken for a visitor."""
    token = bearer(CUSTOMER)["authorization"]
    with clock.moved_to(NOW - timedelta(days=9)):
        expired = bearer(CUSTOMER)["authorization"]
    for header in (
        "",
        "Bearer",
        "Bearer x",
        "Basic eDp5",
        token[:-1],
        token.replace("Bearer ", ""),
        token + "x",
        expired,
    ):
        refused = await toy_client.post("/", json={"query": "{ caller }"}, headers={"authorization": header})
        assert refused.status_code == 401, header
        assert refused.headers["www-authenticate"] == "Bearer"
        assert refused.json()["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}
        assert "data" not in refused.json()
