"""Answers a stored file: whole, by range, or that the client has it already (RFC 9110, 13 and 14)."""

import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app.files.store import OutOfRange, Store

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


async def stored(request: Request, store: Store, key: str, headers: Mapping[str, str]) -> Response | None:
    """The answer to a GET or HEAD of the file `key`, with these headers and its own; None when there is none.

    One range is honoured; several at once, or another unit, are answered with the whole file.
    """
    found = await store.head(key)
    if found is None:
        return None
    given = {**headers, "etag": found.etag, "accept-ranges": "bytes"}
    if _has(request.headers.get("if-none-match"), found.etag):
        return Response(status_code=304, headers=given)
    if request.method == "HEAD":
        return Response(headers={**given, "content-length": str(found.size)})
    return await _body(store, key, _span(request, found.etag, found.size), given)


async def _body(store: Store, key: str, span: tuple[int, int] | None, given: dict[str, str]) -> Response | None:
    try:
        opened = await store.get(key, span)
    except OutOfRange as refused:
        return Response(status_code=416, headers={**given, "content-range": f"bytes */{refused.size}"})
    if opened is None:
        return None
    given["content-length"] = str(opened.stop - opened.start)
    if span is not None:
        given["content-range"] = f"bytes {opened.start}-{opened.stop - 1}/{opened.stored.size}"
    return StreamingResponse(opened.chunks, 200 if span is None else 206, given)


def _has(if_none_match: str | None, etag: str) -> bool:
    known = [each.strip().removeprefix("W/") for each in (if_none_match or "").split(",")]
    return etag in known or "*" in known


def _span(request: Request, etag: str, size: int) -> tuple[int, int] | None:
    asked = _RANGE.fullmatch(request.headers.get("range", ""))
    unless = request.headers.get("if-range")
    if asked is None or asked[0] == "bytes=-" or (unless is not None and unless != etag):
        return None
    first, last = asked.groups()
    if not first:
        return (max(0, size - int(last)), size) if int(last) else (size, size + 1)
    if last and int(last) < int(first):
        return None
    return int(first), int(last) + 1 if last else size + int(first) + 1
