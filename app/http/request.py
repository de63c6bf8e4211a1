"""Reads a GraphQL request from HTTP (GraphQL over HTTP, draft of August 2026, with Appendix A: documentId).

Everything is bounded: bytes while they arrive, seconds until they are all here, brackets before they are parsed.
"""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request

from app.http.brackets import MAX_DEPTH, is_deep_document, is_deep_json
from app.http.errors import Code, RequestRefused
from app.http.media_types import JSON, is_json

MAX_BODY = 256 * 1024  # bytes; the largest document here is 4 kB
MAX_READ = 1024 * 1024  # bytes read of one that is too large
MAX_ADDRESS = 16 * 1024  # bytes, with its query
PATIENCE = 30.0  # seconds for a whole body; on a bad line 256 kB take 15
_MEMBERS = ("query", "documentId", "operationName", "variables", "extensions")
_QUOTED = tuple(f'"{name}"'.encode() for name in _MEMBERS)
_MOST_PARAMETERS = 20


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """What is asked for. `document_id` decides, else `persisted`, else `query`; a null counts as absent.

    `persisted`: the hash that Apollo's clients send in `extensions`. `app`: whose document it is.
    """

    document_id: str | None
    query: str | None
    operation_name: str | None
    variables: dict[str, Any] | None
    persisted: str | None = None
    app: str | None = None


async def read(request: Request) -> GraphQLRequest:
    """The request in the body of a POST, or in the address of a GET.

    Raises:
        RequestRefused: it is not one.
        ClientDisconnect: nobody waits for the answer.
    """
    if request.method != "POST":
        query = request.scope["query_string"]
        return _of(_from_address(query), may_hold_null=b"u0000" in query)
    _require_json(request.headers)
    body = await _body(request)
    payload = _parsed(body, "The body")
    _refuse_twins(body)
    return _of(payload, may_hold_null=b"u0000" in body)


def _bad(message: str) -> RequestRefused:
    return RequestRefused(400, Code.BAD_REQUEST, message)


def _parsed(text: bytes, what: str) -> object:
    if is_deep_json(text):
        raise _bad(f"{what} is nested deeper than {MAX_DEPTH} brackets.")
    try:
        parsed: object = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise _bad(f"{what} is not JSON.") from None
    return parsed


def _require_json(headers: Headers) -> None:
    given = headers.getlist("content-type")
    if given != [JSON] and not is_json(", ".join(given)):
        message = "Send application/json, in UTF-8."
        raise RequestRefused(415, Code.BAD_REQUEST, message, headers={"accept-post": JSON})
    if headers.get("content-encoding", "identity").lower() != "identity":
        message = "Send the body as it is, not compressed."
        raise RequestRefused(415, Code.BAD_REQUEST, message, headers={"accept-encoding": "identity"})


async def _body(request: Request) -> bytes:
    """All of the body; what a length in the head said is not believed.

    What is a little too long is read to its end, and forgotten: a connection that ends while the client still sends
    takes the answer with it.
    """
    body, size = bytearray(), 0
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > MAX_READ:
        raise _too_large()
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                message = await request.receive()
                if message["type"] == "http.disconnect":
                    raise ClientDisconnect
                chunk = message.get("body", b"")
                size += len(chunk)
                if size <= MAX_BODY:
                    body += chunk
                if size > MAX_READ or not message.get("more_body", False):
                    break
    except TimeoutError:
        raise RequestRefused(408, Code.REQUEST_TIMEOUT, f"The body took longer than {PATIENCE:.0f} seconds.") from None
    if size > MAX_BODY:
        raise _too_large()
    return bytes(body)


def _too_large() -> RequestRefused:
    return RequestRefused(413, Code.REQUEST_TOO_LARGE, f"The body is larger than {MAX_BODY} bytes.")


def _from_address(query: bytes) -> dict[str, Any]:
    try:
        given = parse_qsl(
            query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS
        )
    except ValueError:  # which a UnicodeDecodeError is
        raise _bad("The address is not UTF-8, or has too many parameters.") from None
    payload: dict[str, Any] = {name: value for name, value in given if value}
    if len(given) > len(payload):
        _refuse_repeated(name for name, _ in given)
    for name in ("variables", "extensions"):
        if name in payload:
            payload[name] = _parsed(payload[name].encode(), name)
    return payload


def _refuse_repeated(names: Iterable[str]) -> None:
    """Two of a name would be read differently by whoever checks a request before us.

    Raises:
        RequestRefused: BAD_REQUEST, if a name that means something here comes more than once.
    """
    seen = set()
    for name in names:
        if name in seen and name in _MEMBERS:
            raise _bad(f"{name} is given more than once.")
        seen.add(name)


def _refuse_twins(body: bytes) -> None:
    """As `_refuse_repeated`, for JSON, whose parser keeps the last member of a name. Only suspects are read again."""
    if b"\\u" not in body and all(body.count(name) < 2 for name in _QUOTED):  # noqa: PLR2004 - twins
        return
    whole = json.loads(body, object_pairs_hook=_Pairs, parse_int=str, parse_float=str)
    if isinstance(whole, _Pairs):
        _refuse_repeated(name for name, _ in whole)


class _Pairs(list[Any]):
    """An object's members as they were written."""


def _of(payload: object, *, may_hold_null: bool) -> GraphQLRequest:
    if not isinstance(payload, dict):
        raise _bad("The body is not a JSON object.")
    variables = _member(payload, "variables", dict)
    extensions = _member(payload, "extensions", dict)
    if may_hold_null and _has_null_character(variables):
        raise RequestRefused(400, Code.BAD_USER_INPUT, "Text cannot hold a null character.", is_well_formed=True)
    query = _member(payload, "query", str)
    if query is not None and is_deep_document(query):
        message, facts = f"Brackets are nested deeper than {MAX_DEPTH}.", {"limit": "brackets", "maximum": MAX_DEPTH}
        raise RequestRefused(400, Code.DOCUMENT_TOO_COMPLEX, message, is_well_formed=True, facts=facts)
    return GraphQLRequest(
        document_id=_member(payload, "documentId", str),
        query=query,
        operation_name=_member(payload, "operationName", str),
        variables=variables,
        persisted=_persisted(extensions) if extensions else None,
    )


def _persisted(extensions: dict[str, Any]) -> str | None:
    given = _member(extensions, "persistedQuery", dict)
    if given is None:
        return None
    digest = _member(given, "sha256Hash", str)
    if digest is None or given.get("version") != 1:
        raise _bad("extensions.persistedQuery is understood in version 1, with a sha256Hash.")
    return str(digest)


def _member(payload: dict[str, Any], name: str, kind: type) -> Any:
    value = payload.get(name)
    if value is not None and not isinstance(value, kind):
        raise _bad(f"{name} is not a {'string' if kind is str else 'JSON object'}.")
    return value


def _has_null_character(value: object) -> bool:
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str) and "\0" in each:
            return True
        if isinstance(each, dict):
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
    return False


def of_message(payload: dict[str, Any]) -> GraphQLRequest:
    """The request in the payload of a socket's `subscribe` message.

    Raises:
        RequestRefused: it is not one.
    """
    return _of(payload, may_hold_null=True)
