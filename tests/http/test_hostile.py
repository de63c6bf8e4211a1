"""Hostile requests to the running server: each is refused with its status and code, while another client is served."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import httpx
import pytest

from app.http.request import MAX_READ
from tests.conftest import Addresses
from tests.served import served, shop_application

JSON = {"content-type": "application/json", "accept": "application/graphql-response+json"}
PATIENCE = 60.0  # a bound against hanging, not a measurement
COPIES = 4  # of each hostile request, at once
HOT_WORDS = 10
FAR = 64 * MAX_READ  # bytes, more than all buffers on the way hold


def asking(query: str) -> bytes:
    """The body that asks a document."""
    return json.dumps({"query": query}).encode()


def bomb(fragments: int) -> str:
    """Fragments that each spread the next one twice."""
    spreads = (f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(fragments))
    return f"{{ ...F0 }} {' '.join(spreads)} fragment F{fragments} on Query {{ __typename }}"


BODIES = {
    "no JSON": (b"{", 400, "BAD_REQUEST"),
    "a text": (b'"{ __typename }"', 400, "BAD_REQUEST"),
    "a number": (b"42", 400, "BAD_REQUEST"),
    "null": (b"null", 400, "BAD_REQUEST"),
    "a list": (b'[{"query": "{ __typename }"}]', 400, "BAD_REQUEST"),
    "invalid UTF-8": (b'{"query": "\xff"}', 400, "BAD_REQUEST"),
    "UTF-16": ('{"query": "{ __typename }"}'.encode("utf-16"), 400, "BAD_REQUEST"),
    "deep JSON": (b'{"query": "{ __typename }", "x": ' + b"[" * 100_000, 400, "BAD_REQUEST"),
    "deep JSON in a string": (asking('{ a(b: "' + "[" * 60_000 + '") }'), 400, "GRAPHQL_VALIDATION_FAILED"),
    "many brackets": (b'{"query": "{ nothing }", "x": [' + b"[]," * 60_000 + b"1]}", 400, "GRAPHQL_VALIDATION_FAILED"),
    "a number of 5,000 digits": (
        b'{"query": "{ __typename }", "variables": {"x": ' + b"9" * 5_000 + b"}}",
        400,
        "BAD_REQUEST",
    ),
    "an argument of 5,000 digits": (asking(f"{{ hotWords(x: {'9' * 5_000}) }}"), 400, "GRAPHQL_VALIDATION_FAILED"),
    "two queries": (b'{"query": "{ __typename }", "query": "{ hotWords }"}', 400, "BAD_REQUEST"),
    "two queries, one in disguise": (
        b'{"query": "{ __typename }", "qu\\u0065ry": "{ hotWords }"}',
        400,
        "BAD_REQUEST",
    ),
    "a deep document": (asking("{a" * 50_000), 400, "DOCUMENT_TOO_COMPLEX"),
    "deep arguments": (asking("{ products(filter: " + "[{a:" * 50_000), 400, "DOCUMENT_TOO_COMPLEX"),
    "many tokens": (asking("{" + "__typename " * 20_000 + "}"), 400, "DOCUMENT_TOO_COMPLEX"),
    "many comments": (asking("{" + "#\n" * 30_000 + "nothing }"), 400, "DOCUMENT_TOO_COMPLEX"),
    "a block string without end": (asking('{ a(b: """' + '"\\' * 30_000), 400, "GRAPHQL_PARSE_FAILED"),
    "30 doubling fragments": (asking(bomb(30)), 400, "DOCUMENT_TOO_COMPLEX"),
    "3,000 equal fields": (asking("{" + "categories { id } " * 3_000 + "}"), 400, "DOCUMENT_TOO_COMPLEX"),
    "a string of 200 kB": (asking('{ product(slug: "' + "x" * 200_000 + '") { id } }'), 400, "DOCUMENT_TOO_COMPLEX"),
    "deep introspection": (
        asking("{ __schema { types " + "{ fields { type " * 9 + "{ name }" + "} }" * 9 + " } }"),
        400,
        "GRAPHQL_VALIDATION_FAILED",
    ),
    "900 kB": (asking("{" + "__typename " * 80_000 + "}"), 413, "REQUEST_TOO_LARGE"),
}
HEADS = {
    "compressed": ({"content-encoding": "gzip"}, 415, "BAD_REQUEST"),
    "compressed twice": ({"content-encoding": "br, gzip"}, 415, "BAD_REQUEST"),
    "another charset": ({"content-type": "application/json; charset=utf-16"}, 415, "BAD_REQUEST"),
    "a form": ({"content-type": "application/x-www-form-urlencoded"}, 415, "BAD_REQUEST"),
    "a page": ({"accept": "text/html"}, 406, "BAD_REQUEST"),
    "no token": ({"authorization": "Bearer " + "x" * 7_000}, 401, "UNAUTHENTICATED"),
}
ADDRESSES = {
    "too long": ("query={__typename}&x=" + "x" * 20_000, 414, "REQUEST_TOO_LARGE"),
    "many parameters": ("query={__typename}" + "&x=1" * 2_000, 400, "BAD_REQUEST"),
    "two queries": ("query={__typename}&query={hotWords}", 400, "BAD_REQUEST"),
    "no UTF-8": ("query=%ff", 400, "BAD_REQUEST"),
    "deep variables": ("query={__typename}&variables=" + "%5B" * 3_000, 400, "BAD_REQUEST"),
    "a mutation": ("query=mutation{__typename}", 405, "METHOD_NOT_ALLOWED"),
}


@pytest.fixture(scope="module")
async def root(seeded: Addresses) -> AsyncIterator[str]:
    """The address of the application over the demo shop."""
    async with shop_application(seeded.app_url) as shop, served(shop) as address:
        yield address


@pytest.fixture
async def client(root: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the running server."""
    async with httpx.AsyncClient(base_url=root, timeout=PATIENCE) as opened:
        yield opened


async def beside_others(client: httpx.AsyncClient, *sent: httpx.Request) -> list[httpx.Response]:
    """The answers to hostile requests at once, while somebody else asks and is answered throughout."""
    hostile = asyncio.gather(*(client.send(each) for each in sent))
    others = 0
    while not hostile.done() or others < COPIES:
        answer = await client.post("/graphql", json={"query": "{ hotWords }"})
        assert len(answer.json()["data"]["hotWords"]) == HOT_WORDS
        others += 1
    return await hostile


def assert_refused(answers: list[httpx.Response], status: int, code: str) -> None:
    """GraphQL-shaped, with one code, short, and nothing of what was sent beyond a little."""
    for answer in answers:
        errors = answer.json()["errors"]
        assert (answer.status_code, {error["extensions"]["code"] for error in errors}) == (status, {code}), errors
        assert "data" not in answer.json()
        assert len(answer.content) < 8_000
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(("body", "status", "code"), BODIES.values(), ids=BODIES)
async def test_a_hostile_body_is_refused(body: bytes, status: int, code: str, client: httpx.AsyncClient) -> None:
    """Whatever it holds."""
    sent = [client.build_request("POST", "/graphql", content=body, headers=JSON) for _ in range(COPIES)]
    assert_refused(await beside_others(client, *sent), status, code)


@pytest.mark.parametrize(("headers", "status", "code"), HEADS.values(), ids=HEADS)
async def test_a_hostile_head_is_refused(
    headers: dict[str, str], status: int, code: str, client: httpx.AsyncClient
) -> None:
    """Before its body is looked at, which inflates to 100 MB."""
    body = gzip.compress(b"0" * 100_000_000) if "content-encoding" in headers else asking("{ __typename }")
    sent = [client.build_request("POST", "/graphql", content=body, headers=JSON | headers) for _ in range(COPIES)]
    assert_refused(await beside_others(client, *sent), status, code)


@pytest.mark.parametrize(("query", "status", "code"), ADDRESSES.values(), ids=ADDRESSES)
async def test_a_hostile_address_is_refused(query: str, status: int, code: str, client: httpx.AsyncClient) -> None:
    """With what HTTP says of it."""
    accept = {"accept": JSON["accept"]}
    sent = [client.build_request("GET", f"/graphql?{query}", headers=accept) for _ in range(COPIES)]
    answers = await beside_others(client, *sent)
    assert_refused(answers, status, code)
    if status == 405:
        assert {answer.headers["allow"] for answer in answers} == {"POST"}


async def test_a_body_without_end_or_length_is_read_no_further(client: httpx.AsyncClient) -> None:
    """Chunks go on and on: the server stops reading, so that the client cannot write, and says why if it still can."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < FAR:
            sent += 65_536
            yield b" " * 65_536

    request = client.build_request("POST", "/graphql", content=endless(), headers=JSON)
    with suppress(httpx.TransportError):
        assert_refused(await beside_others(client, request), 413, "REQUEST_TOO_LARGE")
    assert sent < FAR


def head(length: int) -> bytes:
    """The head of a POST whose body has so many bytes, as it says."""
    lines = ("POST /graphql HTTP/1.1", "host: shop", "content-type: application/json", f"content-length: {length}")
    return "\r\n".join([*lines, "", ""]).encode()


def lies() -> Iterator[tuple[str, bytes, bytes]]:
    """What is sent, and how its answer begins; the connection ends after the last byte."""
    body = asking("{ __typename }")
    yield "huge by its own word", head(10**12) + body, b"HTTP/1.1 413 "
    yield "huge beyond 64 bits", head(10**30) + body, b"HTTP/1.1 4"
    yield "shorter than it says", head(len(body) + 10) + body, b""
    yield "longer than it says", head(len(body) - 1) + body, b"HTTP/1.1 400 "
    yield "of negative length", head(-1) + body, b"HTTP/1.1 400 "
    yield "of two lengths", head(5).replace(b"\r\n\r\n", b"\r\ncontent-length: 6\r\n\r\n") + body, b"HTTP/1.1 400 "
    yield (
        "with a header of 1 MB",
        head(len(body)).replace(b"host: shop", b"host: shop\r\nx: " + b"x" * 2**20),
        b"",
    )


@pytest.mark.parametrize(("sent", "begins"), [lie[1:] for lie in lies()], ids=[lie[0] for lie in lies()])
async def test_a_length_that_lies_harms_nobody(sent: bytes, begins: bytes, root: str) -> None:
    """It is refused, or nobody is there to be answered; the next client is served."""
    address = urlsplit(root)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    answer = b""
    with suppress(OSError):  # the server hung up while this was written
        async with asyncio.timeout(PATIENCE):
            writer.write(sent)
            await writer.drain()
            writer.write_eof()
            answer = await reader.read(4_096)
    writer.close()
    assert answer.startswith(begins)
    async with httpx.AsyncClient(base_url=root, timeout=PATIENCE) as other:
        asked = await other.post("/graphql", json={"query": "{ __typename }"})
    assert asked.json() == {"data": {"__typename": "Query"}}
