"""Documents by an address of their own: one spelling per question, kept by caches."""

import json
from urllib.parse import quote

import pytest

from tests.documents.test_documents import variables_of
from tests.shop import IDS, Shop


def address(name: str, query: str = "") -> str:
    """The address of a document of the mini-program."""
    return f"/graphql/miniprogram/{IDS[name]}{query}"


async def test_an_address_answers_as_the_id_does(shop: Shop) -> None:
    """By GET and by POST; an anonymous GET may be kept."""
    variables = await variables_of(shop, "ProductDetail")
    by_id = await shop.registered("ProductDetail", variables)
    compact = quote(json.dumps(variables, separators=(",", ":")))
    got = await shop.send("GET", address("ProductDetail", f"?variables={compact}"))
    posted = await shop.send(url=address("ProductDetail"), json={"variables": variables})
    assert got.data == posted.data == by_id.data
    assert got.statements == posted.statements == by_id.statements
    assert got.response.headers["cache-control"] == "public, max-age=15"
    assert posted.response.headers["cache-control"] == "no-store"


async def test_the_order_of_the_parameters_is_the_drafts(shop: Shop) -> None:
    """All three, in that order."""
    answer = await shop.send("GET", address("HotWords", "?operationName=HotWords&variables=%7B%7D&extensions=%7B%7D"))
    assert answer.data["hotWords"]


@pytest.mark.parametrize(
    "query",
    [
        "?variables=%7B%7D&operationName=HotWords",
        "?extensions=%7B%7D&variables=%7B%7D",
        "?variables=%7B%7D&variables=%7B%7D",
        "?variables=",
        "?operationName=",
        "?utm_source=x",
        "?documentId=sha256:1",
        "?query=%7B__typename%7D",
        "?variables=%7B%7D&_=1",
        "?variables=%7B%20%7D",
        "?variables=%7B%22a%22:%201%7D",
        "?extensions=%7B%0A%7D",
    ],
)
async def test_another_spelling_of_a_question_is_refused(query: str, shop: Shop) -> None:
    """400, said why, nothing run, nothing kept."""
    answer = await shop.send("GET", address("HotWords", query))
    assert answer.response.status_code == 400
    assert answer.codes == ["BAD_REQUEST"]
    assert answer.response.headers["cache-control"] == "no-store"
    assert answer.statements == []


async def test_spaces_inside_texts_are_no_spelling(shop: Shop) -> None:
    """They are part of what is asked."""
    text = quote(json.dumps({"search": 'a "b c" \\ d'}, separators=(",", ":")))
    assert "errors" not in (await shop.send("GET", address("ProductSearch", f"?variables={text}"))).body


@pytest.mark.parametrize("body", [{"documentId": "sha256:1"}, {"query": "{ hotWords }"}])
async def test_an_address_names_the_document_alone(body: dict[str, str], shop: Shop) -> None:
    """A second one beside it is refused."""
    answer = await shop.send(url=address("HotWords"), json=body)
    assert (answer.response.status_code, answer.codes) == (400, ["BAD_REQUEST"])
    assert answer.statements == []


@pytest.mark.parametrize("path", ["/graphql/miniprogram", "/graphql/miniprogram/", "/graphql/miniprogram/a/b"])
async def test_other_addresses_are_nothing(path: str, shop: Shop) -> None:
    """Plain 404."""
    assert (await shop.client.get(path)).status_code == 404
