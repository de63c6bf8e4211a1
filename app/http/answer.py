"""Writes a GraphQL answer to HTTP: media type by Accept, and caching by what was asked."""

import hashlib
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from app.http.errors import RequestRefused

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"
VARY = "Accept, Accept-Language, Authorization"


def data(request: Request, answer: dict[str, Any], *, max_age: int, is_anonymous: bool) -> Response:
    """The answer of an executed request. A GET of a clean answer has an ETag and may be answered by 304."""
    body = orjson.dumps(answer)
    media_type = _media_type(request)
    headers = {"vary": VARY, "cache-control": "no-store"}
    status = 200 if "data" in answer or media_type == JSON else 400
    if request.method == "GET" and "errors" not in answer:
        headers["cache-control"] = _cache_control(max_age, is_anonymous=is_anonymous)
        headers["etag"] = etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        if _matches(request.headers.get("if-none-match", ""), etag):
            return Response(status_code=304, headers=headers)
    return Response(body, status, headers, media_type=media_type)


def refusal(request: Request, refused: RequestRefused) -> Response:
    """The answer to a request that is not executed."""
    media_type = _media_type(request)
    status = 200 if refused.is_well_formed and media_type == JSON else refused.status
    headers = {"vary": VARY, "cache-control": "no-store", **refused.headers}
    return Response(orjson.dumps({"errors": refused.errors}), status, headers, media_type=media_type)


def _media_type(request: Request) -> str:
    """The newer media type for those who name it, plain JSON for everybody else."""
    return GRAPHQL_RESPONSE if GRAPHQL_RESPONSE in request.headers.get("accept", "") else JSON


def _cache_control(max_age: int, *, is_anonymous: bool) -> str:
    if not is_anonymous:
        return "private, no-store"
    return f"public, max-age={max_age}" if max_age else "no-store"


def _matches(if_none_match: str, etag: str) -> bool:
    known = [each.strip().removeprefix("W/") for each in if_none_match.split(",")]
    return etag in known or "*" in known
