"""Apollo Client, urql and graphql-request as their users set them up, against the shop on a port."""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import pytest

from app.http.media_types import GRAPHQL_RESPONSE
from app.kit import ids
from schema.documents import MINIPROGRAM
from tests.node.conftest import Node
from tests.shop import IDS
from tests.trading import Trading

ACCEPTS = {
    "apollo": "application/graphql-response+json,application/json;q=0.9",
    "graphql_request": "application/graphql-response+json, application/json",
    "urql": "application/graphql-response+json, application/graphql+json, application/json, text/event-stream,"
    " multipart/mixed",
}
UNKNOWN = {  # what an id that nobody registered comes to in the end
    "apollo": "PERSISTED_QUERY_MISMATCH",  # it sends the text when the id is not found
    "graphql_request": "PERSISTED_DOCUMENT_NOT_FOUND",
    "urql": "PERSISTED_QUERY_NOT_FOUND",
}
TREE = "query Tree { categories { __typename slug name } }"
PRODUCT = "query ($slug: String!) { product(slug: $slug) { __typename slug } }"
NO_FRUIT = {"data": {"product": None}}

Asking = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture(params=ACCEPTS)
def client(request: pytest.FixtureRequest) -> str:
    """Each client by its script."""
    name: str = request.param
    return name


@pytest.fixture
def ask(client: str, node: Node, url: str) -> Asking:
    """Runs steps in the client; what came of them and what it sent."""

    async def asking(*steps: dict[str, Any], **given: Any) -> dict[str, Any]:
        told: dict[str, Any] = await node(
            "http_client.mjs", orjson.dumps({"client": client, "url": url, "steps": steps, **given}).decode()
        )
        return told

    return asking


def free(text: str, *, is_get: bool = False, **variables: Any) -> dict[str, Any]:
    """A step that sends a text."""
    return {"how": "free", "text": text, "isGet": is_get, "variables": variables}


def registered(name: str, *, is_get: bool = False, **variables: Any) -> dict[str, Any]:
    """A step that sends the id of one of the mini-program's documents."""
    text = (MINIPROGRAM / f"{name}.graphql").read_text()
    document_id = IDS[name].removeprefix("sha256:")
    return {"how": "registered", "text": text, "id": document_id, "isGet": is_get, "variables": variables}


async def test_queries_are_answered(client: str, ask: Asking) -> None:
    """By POST and by GET; each client's Accept header gets the newer media type, and never a stream."""
    steps = [free(TREE), free(TREE, is_get=True), registered("CategoryTree")]
    if client != "graphql_request":  # it always sends the text in an address
        steps.append(registered("CategoryTree", is_get=True))
    told = await ask(*steps)
    fruit = {"slug": "fruit", "name": "水果"}
    assert told["results"][:2] == [{"data": {"categories": [{"__typename": "Category", **fruit}]}}] * 2
    for result in told["results"][2:]:
        (found,) = result["data"]["categories"]
        assert found == fruit | {"id": found["id"], "icon": "🍑", "children": []}
    assert [each["method"] for each in told["sent"]] == ["POST", "GET", "POST", "GET"][: len(steps)]
    assert {(each["accept"], each["status"], each["type"]) for each in told["sent"]} == {
        (ACCEPTS[client], 200, f"{GRAPHQL_RESPONSE}; charset=utf-8")
    }


async def test_refused_requests_are_graphql_errors(client: str, ask: Asking) -> None:
    """Of a variable, of a field, of an id and of who asks: with code and message, not as failures of the network."""
    told = await ask(
        free(PRODUCT, slug=1),
        free("{ categories { nmae } }"),
        registered("PickupSlots"),
        registered("CategoryTree") | {"id": "0" * 64},
        free('mutation { addFavourite(input: {productId: "x"}) { __typename } }'),
        free(PRODUCT, slug="fruit"),
    )
    errors = [each["errors"] for each in told["results"][:-1]]
    assert [[error["code"] for error in each] for each in errors] == [
        ["BAD_USER_INPUT"],
        ["GRAPHQL_VALIDATION_FAILED"],
        ["BAD_USER_INPUT"],
        [UNKNOWN[client]],
        ["UNAUTHENTICATED"],
    ]
    assert (
        errors[0][0]["message"] == "Variable '$slug' has invalid value: String cannot represent a non string value: 1"
    )
    assert errors[1][0]["message"] == "Cannot query field 'nmae' on type 'Category'. Did you mean 'name'?"
    assert told["results"][-1] == NO_FRUIT


async def test_a_customer_writes(ask: Asking, trade: Trading) -> None:
    """With her token; a refusal is data."""
    told = await ask(
        registered("AddFavourite", productId=trade.product),
        registered("AddFavourite", productId=ids.encode("Product", 10**9)),
        token=trade.token,
    )
    assert told["results"] == [
        {"data": {"addFavourite": {"__typename": "Product", "id": trade.product, "isFavourite": True}}},
        {"data": {"addFavourite": {"__typename": "ProductNotFound", "message": "商品不存在或已下架。"}}},
    ]
    kept = await trade.owner.fetch("SELECT customer_id, product_id FROM favourite")
    assert [tuple(row) for row in kept] == [(trade.customer, ids.decode(trade.product, "Product"))]


async def test_a_token_that_does_not_hold(ask: Asking, trade: Trading) -> None:
    """An error of GraphQL as well, and nothing is written."""
    told = await ask(registered("AddFavourite", productId=trade.product), token="yg1.old")
    assert [error["code"] for error in told["results"][0]["errors"]] == ["UNAUTHENTICATED"]
    assert [each["status"] for each in told["sent"]] == [401]
    assert await trade.owner.fetchval("SELECT count(*) FROM favourite") == 0


@pytest.mark.parametrize("client", ["apollo", "urql"], indirect=True)
async def test_automatic_persisted_queries(client: str, ask: Asking) -> None:
    """The hash alone, then the text with it; from then on the hash is enough, also by GET."""
    text = f"query {client.title()} {{ categories {{ __typename slug }} }}"
    hashed = free(text) | {"how": "automatic"}
    told = await ask(hashed, hashed, hashed | {"isGet": True})
    assert told["results"] == [{"data": {"categories": [{"__typename": "Category", "slug": "fruit"}]}}] * 3
    assert [(each["method"], each["status"]) for each in told["sent"]] == [
        ("POST", 404),
        ("POST", 200),
        ("POST", 200),
        ("GET", 200),
    ]
