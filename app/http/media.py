"""Files at /media/: pictures, films, reports; whole, in part, or as a smaller picture."""

from collections.abc import AsyncIterator
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from app.files.addresses import PUBLIC, ROOT, UPLOADS, WIDTHS, Addresses
from app.files.sizes import NotAPicture, Sizes
from app.files.store import BadKeyError, Opened, OutOfRange, Store, Stored
from app.http.ranges import asked_span, is_known
from app.http.state import State

_YEAR = 365 * 24 * 3600
_TYPES = {
    ".webp": "image/webp",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
}
_UNKNOWN = "application/octet-stream"
# A browser shows pictures, films and PDF files with parts of its own: no sandbox, or Chrome refuses the PDF.
_POLICY = "default-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_ALWAYS = {
    "accept-ranges": "bytes",
    "content-security-policy": _POLICY,
    "cross-origin-resource-policy": "cross-origin",  # pages of other hosts may show the shop's pictures
    "x-content-type-options": "nosniff",
}
_ONLY_SAVED = {"content-disposition": "attachment", "content-security-policy": "sandbox"}
# A key is never written twice with another content: uploads have random names, drawn pictures a version in theirs.
_FOREVER = f"public, max-age={_YEAR}, immutable"
_FOREVER_HERS = f"private, max-age={_YEAR}, immutable"
_WIDTH, _SIGNATURE = "width", "signature"


class Media:
    """Answers GET and HEAD for stored files: ranges, entity tags, signed widths."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._sizes = Sizes()

    def route(self) -> Route:
        """Where they are."""
        return Route(ROOT + "{path:path}", self.answer, methods=["GET", "HEAD"])

    async def answer(self, request: Request) -> Response:
        """The file, a part of it, 304, 403, 404 or 416."""
        state: State = request.scope["state"]
        path, width = request.path_params["path"], request.query_params.get(_WIDTH, "")
        signature = request.query_params.get(_SIGNATURE)
        if signature is None and not width:
            return await _file(request, state["files"], PUBLIC + path, _FOREVER)
        if signature is None or not self._addresses.is_ours(path, width, signature):
            return _refused(403, "This address was not given out by the shop.")
        if not width:
            return await _file(request, state["files"], path, _FOREVER_HERS)
        if width not in map(str, WIDTHS):  # it was offered once
            return _refused(403, "This width is not offered any more.")
        try:
            whole = path if path.startswith(UPLOADS) else PUBLIC + path
            key = await self._sizes.key(state["files"], whole, int(width))
        except (BadKeyError, NotAPicture):
            key = None
        return _missing() if key is None else await _file(request, state["files"], key, _FOREVER)


async def _file(request: Request, store: Store, key: str, caching: str) -> Response:
    try:
        stored = await store.head(key)
        return _missing() if stored is None else await _of(request, store, stored, _headers(stored, key, caching))
    except BadKeyError:
        return _missing()
    except OutOfRange as outside:
        return _refused(416, "There is no such part.", {"content-range": f"bytes */{outside.size}"})


async def _of(request: Request, store: Store, stored: Stored, headers: dict[str, str]) -> Response:
    if is_known(request.headers.get("if-none-match"), stored.etag):
        return Response(status_code=304, headers=headers)
    span = asked_span(request.headers, stored)
    if request.method == "HEAD":
        return Response(headers={**headers, "content-length": str(stored.size)}, media_type=_type(stored.key))
    opened = await store.get(stored.key, span)
    if opened is None or opened.stored.etag != stored.etag:  # removed or replaced since
        return _missing()
    return _content(opened, headers, is_part=span is not None)


def _content(opened: Opened, headers: dict[str, str], *, is_part: bool) -> Response:
    headers = {**headers, "content-length": str(opened.stop - opened.start)}
    if is_part:
        headers["content-range"] = f"bytes {opened.start}-{opened.stop - 1}/{opened.stored.size}"
    return StreamingResponse(_chunks(opened), 206 if is_part else 200, headers, media_type=_type(opened.stored.key))


async def _chunks(opened: Opened) -> AsyncIterator[bytes]:
    async for chunk in opened.chunks:
        yield bytes(chunk)  # the store's own buffer type is no bytes


def _headers(stored: Stored, key: str, caching: str) -> dict[str, str]:
    modified = format_datetime(stored.modified_at, usegmt=True)
    shown = _ONLY_SAVED if _type(key) == _UNKNOWN else {}
    return {**_ALWAYS, **shown, "cache-control": caching, "etag": stored.etag, "last-modified": modified}


def _type(key: str) -> str:
    return _TYPES.get(key[key.rfind(".") :], _UNKNOWN)


def _missing() -> Response:
    return _refused(404, "There is no such file.")


def _refused(status: int, why: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(why + "\n", status, {**_ALWAYS, "cache-control": "no-store", **(headers or {})})
