"""What is no GraphQL request is refused by a GraphQL-shaped error with a code, whatever its bytes."""

from collections.abc import AsyncIterator, Iterator

import pytest

from app.http.request import MAX_BODY, MAX_READ
from tests.shop import Shop

JSON = {"content-type": "application/json"}
QUERY = b'{"query": "{ __typename }", "variables": '


async def chunks(data: bytes) -> AsyncIterator[bytes]:
    """`data` in pieces, so that nobody announces its length."""
    for start in range(0, len(data), 65_536):
        yield data[start : start + 65_536]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b'"{ __typename }"',
        b"42",
        b"1.5",
        b"null",
        b"true",
        b"[]",
        b'[{"query": "{ __typename }"}]',
        b"NaN",
        b'{"query": "\xff"}',
        b"\xff\xfe{\x00}\x00",
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
        b"[" * 5000 + b"]" * 5000,
        QUERY + b'{"x": ' + b"[" * 5000 + b"]" * 5000 + b"}}",
        QUERY + b'{"x": ' + b"[" * 99 + b"]" * 99 + b"}}",
        QUERY + b'{"x": ' + b"9" * 5000 + b"}}",
        QUERY + b'{"x": "\\ud800"}}',
        b"{}",
        b'{"qeury": "{ __typename }"}',
        b'{"query": null}',
        b'{"query": 1}',
        b'{"query": ["{ __typename }"]}',
        b'{"documentId": 1}',
        b'{"query": "{ __typename }", "variables": [7]}',
        b'{"query": "{ __typename }", "variables": "x"}',
        b'{"query": "{ __typename }", "operationName": 1}',
        b'{"query": "{ __typename }", "extensions": "x"}',
    ],
    ids=lambda body: ascii(body[:40]),
)
async def test_a_body_that_is_no_request_is_refused(body: bytes, shop: Shop) -> None:
    """400 and BAD_REQUEST, never a fault of ours."""
    answer = await shop.send(content=body, headers=JSON)
    assert (answer.response.status_code, answer.codes) == (400, ["BAD_REQUEST"])
    assert set(answer.body) == {"errors"}
    assert answer.response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "body",
    [
        QUERY + b"null}",
        QUERY + b'{"unused": ' + b"[" * 98 + b"]" * 98 + b"}}",
        QUERY + b'{"unused": 18446744073709551616}}',
        b'{"query": "{ __typename }", "operationName": null, "extensions": null, "documentId": null}',
        b'{"query": "{ __typename }", "extensions": {}, "something": "else"}',
    ],
    ids=lambda body: ascii(body[:60]),
)
async def test_what_is_null_or_unknown_counts_as_absent(body: bytes, shop: Shop) -> None:
    """As GraphQL over HTTP demands; depth and unused variables do no harm."""
    answer = await shop.send(content=body, headers=JSON)
    assert answer.body == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "application/jsonx", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"],
)
async def test_another_content_type_is_refused(content_type: str, shop: Shop) -> None:
    """415; forms too, which any page may send in a shopper's name."""
    headers = {"content-type": content_type} if content_type else {}
    answer = await shop.send(content=b'{"query": "{ __typename }"}', headers=headers)
    assert (answer.response.status_code, answer.codes) == (415, ["BAD_REQUEST"])


@pytest.mark.parametrize(
    "content_type", ["application/json", "Application/JSON; charset=utf-8", "application/json ;x=y"]
)
async def test_json_is_json_with_any_parameters(content_type: str, shop: Shop) -> None:
    """Media types compare without case and parameters."""
    answer = await shop.send(content=b'{"query": "{ __typename }"}', headers={"content-type": content_type})
    assert answer.response.status_code == 200


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_over_the_cap_is_refused(chunked: bool, shop: Shop) -> None:  # noqa: FBT001 - a case of the test
    """413, whether the length was announced or not; a body at the cap is read."""
    start, end = b'{"query": "{ __typename }', b'"}'
    fits = start + b" " * (MAX_BODY - len(start) - len(end)) + end
    for body, status in ((fits, 200), (fits + b" ", 413)):
        answer = await shop.send(content=chunks(body) if chunked else body, headers=JSON)
        assert answer.response.status_code == status
    assert answer.codes == ["REQUEST_TOO_LARGE"]


async def test_reading_stops_at_the_cap(shop: Shop) -> None:
    """A body without end is not collected until memory is full."""
    sent = []

    async def endless() -> AsyncIterator[bytes]:
        for piece in _pieces():
            sent.append(len(piece))
            yield piece

    answer = await shop.send(content=endless(), headers=JSON)
    assert answer.response.status_code == 413
    assert sum(sent) <= MAX_READ + 2 * 65_536


def _pieces() -> Iterator[bytes]:
    while True:
        yield b" " * 65_536


@pytest.mark.parametrize("name", ["variables", "extensions"])
async def test_an_address_with_bad_json_is_refused(name: str, shop: Shop) -> None:
    """GET has its JSON in the address."""
    answer = await shop.send("GET", params={"query": "{ __typename }", name: "{"})
    assert (answer.response.status_code, answer.codes) == (400, ["BAD_REQUEST"])
    assert answer.body["errors"][0]["message"] == f"{name} is not JSON."


async def test_an_empty_parameter_of_an_address_counts_as_absent(shop: Shop) -> None:
    """As GraphQL over HTTP demands for GET."""
    answer = await shop.send("GET", params={"query": "{ __typename }", "operationName": "", "variables": ""})
    assert answer.body == {"data": {"__typename": "Query"}}


async def test_an_address_of_any_bytes_is_answered(shop: Shop) -> None:
    """Null characters, half characters and no UTF-8 at all."""
    for query in ("query=%00", "documentId=%00", "query=%ED%A0%80", "query=%FF", "variables=%22%00%22", "query", ""):
        answer = await shop.send("GET", f"/graphql?{query}")
        assert 400 <= answer.response.status_code < 500 or answer.codes, query
