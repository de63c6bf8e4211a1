"""Writes a GraphQL answer to HTTP: media type by Accept, and caching by what was asked."""

import hashlib
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from app.http.errors import RequestRefused
from app.http.media_types import GRAPHQL_RESPONSE, JSON, acceptable

VARY = "Accept, Accept-Language, Authorization"
_CONTENT_TYPES = {each: f"{each}; charset=utf-8" for each in (GRAPHQL_RESPONSE, JSON)}


def media_type(request: Request) -> str | None:
    """What the request accepts of what can be answered; None: nothing."""
    return acceptable(", ".join(request.headers.getlist("accept")))


def data(request: Request, answer: dict[str, Any], *, max_age: int, is_anonymous: bool) -> Response:
    """The answer of an executed request. A clean answer to GET has an ETag and may be answered by 304."""
    body = orjson.dumps(answer)
    kind = media_type(request) or JSON
    headers = {"vary": VARY, "cache-control": "no-store", "content-type": _CONTENT_TYPES[kind]}
    status = 200 if "data" in answer or kind == JSON else 400
    if request.method != "POST" and "errors" not in answer:
        headers["cache-control"] = _cache_control(max_age, is_anonymous=is_anonymous)
        headers["etag"] = etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        if _matches(request.headers.get("if-none-match", ""), etag):
            return Response(status_code=304, headers=headers)
    return _response(request, body, status, headers)


def refusal(request: Request, refused: RequestRefused) -> Response:
    """The answer to a request that is not executed."""
    kind = media_type(request) or JSON
    status = 200 if refused.is_well_formed and kind == JSON else refused.status
    headers = {"vary": VARY, "cache-control": "no-store", "content-type": _CONTENT_TYPES[kind], **refused.headers}
    return _response(request, orjson.dumps({"errors": refused.errors}), status, headers)


def _response(request: Request, body: bytes, status: int, headers: dict[str, str]) -> Response:
    response = Response(body, status, headers)
    if request.method == "HEAD":
        response.body = b""  # its length stays in the head
    return response


def _cache_control(max_age: int, *, is_anonymous: bool) -> str:
    if not is_anonymous:
        return "private, no-store"
    return f"public, max-age={max_age}" if max_age else "no-store"


def _matches(if_none_match: str, etag: str) -> bool:
    known = [each.strip().removeprefix("W/") for each in if_none_match.split(",")]
    return etag in known or "*" in known
