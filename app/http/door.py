"""What every answer passes on its way out, whatever route made it: security headers, CORS, and no fault untold."""

from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http import answer
from app.http.cross_site import Origins
from app.http.errors import failed

# What a route says itself stands: pages have a policy of their own.
_SECURITY = {
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
    b"cross-origin-resource-policy": b"same-origin",
    b"referrer-policy": b"no-referrer",
    b"x-content-type-options": b"nosniff",
}
_HSTS = {b"strict-transport-security": b"max-age=63072000; includeSubDomains"}  # two years, as preload lists ask

RawHeaders = list[tuple[bytes, bytes]]


class Door:
    """The outermost application. A fault that no route answered is masked, logged and told by its trace id."""

    def __init__(self, app: ASGIApp, origins: Origins, *, is_production: bool) -> None:
        """Takes the application behind the door. In production browsers are told to come by HTTPS only."""
        self._app = app
        self._origins = origins
        self._added = tuple((_SECURITY | (_HSTS if is_production else {})).items())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; a socket or the lifespan passes as it is."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        has_begun = False

        async def out(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                message["headers"] = self._dressed(message.get("headers", ()), origin)
            await send(message)

        if scope["method"] == "OPTIONS" and (asked := self._origins.preflight(headers)) is not None:
            await Response(status_code=204 if asked else 403, headers=asked)(scope, receive, out)
            return
        try:
            await self._app(scope, receive, out)
        except Exception as fault:
            if has_begun:
                raise
            await answer.refusal(Request(scope), failed(fault))(scope, receive, out)

    def _dressed(self, headers: Iterable[tuple[bytes, bytes]], origin: str | None) -> RawHeaders:
        """The headers of an answer with what is missing."""
        said = list(headers)
        names = {name for name, _ in said}
        said.extend(each for each in self._added if each[0] not in names)
        said.append((b"vary", b"Origin"))
        said.extend(self._origins.readable(origin))
        return said
