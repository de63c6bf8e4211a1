"""Files of exports at /exports/: whole, for as long as the link holds, and kept by nobody on the way."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from app.files.addresses import EXPORTS, Addresses
from app.files.store import BadKeyError
from app.http.state import State

_HEADERS = {
    "cache-control": "private, no-store",
    "content-disposition": 'attachment; filename="yougou-my-data.zip"',
    "content-security-policy": "sandbox",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class Exports:
    """Answers GET with the file that a signed link names."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses

    def route(self) -> Route:
        """Where they are."""
        return Route(f"/{EXPORTS}{{path:path}}", self.answer, methods=["GET"])

    async def answer(self, request: Request) -> Response:
        """The file; 403 for a link that is over or not the shop's, 404 when the file is gone."""
        state: State = request.scope["state"]
        key, given = EXPORTS + request.path_params["path"], request.query_params
        if not self._addresses.is_open(key, given.get("expires", ""), given.get("signature", "")):
            return _refused(403, "This link is over. Ask for your data again in the mini-program.")
        try:
            opened = await state["files"].get(key)
        except BadKeyError:
            opened = None
        if opened is None:
            return _refused(404, "This file is gone. Ask for your data again in the mini-program.")
        headers = _HEADERS | {"content-length": str(opened.stored.size)}
        return StreamingResponse(opened.chunks, headers=headers, media_type="application/zip")


def _refused(status: int, why: str) -> Response:
    return PlainTextResponse(why + "\n", status, {"cache-control": "no-store"})
