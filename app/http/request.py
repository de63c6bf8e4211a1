"""Reads a GraphQL request from HTTP (GraphQL over HTTP, draft of August 2026, with Appendix A: documentId)."""

from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import Request

from app.http.errors import Code, RequestRefused

MAX_BODY = 256 * 1024  # bytes; the largest document here is 4 kB


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """What is asked for. Exactly one of `document_id` and `query` decides; a null counts as absent."""

    document_id: str | None
    query: str | None
    operation_name: str | None
    variables: dict[str, Any] | None


async def read(request: Request) -> GraphQLRequest:
    """The request in the body of a POST, or in the address of a GET.

    Raises:
        RequestRefused: it is not one.
    """
    if request.method == "GET":
        return _of(_from_address(request))
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        raise RequestRefused(415, Code.BAD_REQUEST, "Send application/json.")
    try:
        payload = orjson.loads(await _body(request))
    except orjson.JSONDecodeError:
        raise RequestRefused(400, Code.BAD_REQUEST, "The body is not JSON.") from None
    return _of(payload)


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise RequestRefused(413, Code.REQUEST_TOO_LARGE, f"The body is larger than {MAX_BODY} bytes.")
    return bytes(body)


def _from_address(request: Request) -> dict[str, Any]:
    payload: dict[str, Any] = {name: value for name, value in request.query_params.items() if value}
    for name in ("variables", "extensions"):
        if name in payload:
            try:
                payload[name] = orjson.loads(payload[name])
            except orjson.JSONDecodeError:
                raise RequestRefused(400, Code.BAD_REQUEST, f"{name} is not JSON.") from None
    return payload


def _of(payload: object) -> GraphQLRequest:
    if not isinstance(payload, dict):
        raise RequestRefused(400, Code.BAD_REQUEST, "The body is not a JSON object.")
    variables = _member(payload, "variables", dict)
    _member(payload, "extensions", dict)
    if _has_null_character(variables):
        raise RequestRefused(400, Code.BAD_USER_INPUT, "Text cannot hold a null character.", is_well_formed=True)
    return GraphQLRequest(
        document_id=_member(payload, "documentId", str),
        query=_member(payload, "query", str),
        operation_name=_member(payload, "operationName", str),
        variables=variables,
    )


def _member(payload: dict[str, Any], name: str, kind: type) -> Any:
    value = payload.get(name)
    if value is not None and not isinstance(value, kind):
        raise RequestRefused(400, Code.BAD_REQUEST, f"{name} is not a {'string' if kind is str else 'JSON object'}.")
    return value


def _has_null_character(value: object) -> bool:
    waiting = [value]  # not by recursion: JSON may be nested as deep as Python's stack
    while waiting:
        each = waiting.pop()
        if isinstance(each, str) and "\0" in each:
            return True
        if isinstance(each, dict):
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
    return False
