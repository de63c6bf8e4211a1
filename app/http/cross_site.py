"""Other sites in a browser: who may read answers (CORS), and what nobody may make a shopper's browser send (CSRF).

No cookie speaks for anybody here. Still nothing runs for a request that a page of another site can send without the
browser asking us first: bodies are JSON, which is asked for, and a GET from another site needs a header that is.
"""

from collections.abc import Iterable

from starlette.datastructures import Headers

from app.http.errors import Code, RequestRefused

# Headers no page may set without the browser asking first. GraphQL clients and wx.request send one of them.
_ASKED_FOR = ("authorization", "graphql-require-preflight", "apollo-require-preflight", "x-apollo-operation-name")
_REMEMBERED = "7200"  # seconds a browser need not ask again; Chromium's own maximum
_METHODS = "GET, HEAD, POST, PUT"
# Any header; a wildcard leaves out Authorization, so it is named.
_HEADERS = "Authorization, *"
_READABLE = "ETag, Retry-After"


class Origins:
    """The sites whose pages may call us."""

    def __init__(self, allowed: Iterable[str]) -> None:
        self._allowed = frozenset(allowed)

    def allows(self, origin: str | None) -> bool:
        """Whether an Origin header names one of them, to the letter."""
        return origin in self._allowed

    def refuse_simple(self, headers: Headers) -> None:
        """Refuses a GET that a page of another site sends as an image, a script, a form or a link.

        Raises:
            RequestRefused: FORBIDDEN. Who sends no Sec-Fetch-Site is no browser, or one too old to protect.
        """
        if headers.get("sec-fetch-site", "none") in {"none", "same-origin"} or self.allows(headers.get("origin")):
            return
        if not any(name in headers for name in _ASKED_FOR) and headers.get("content-type") != "application/json":
            message = "A page of another site may not ask this without the header GraphQL-Require-Preflight."
            raise RequestRefused(403, Code.FORBIDDEN, message)

    def preflight(self, headers: Headers) -> dict[str, str] | None:
        """The headers that answer a browser's question before a request; None: this is not such a question."""
        if "access-control-request-method" not in headers or "origin" not in headers:
            return None
        if not self.allows(headers["origin"]):
            return {}
        return {
            "access-control-allow-methods": _METHODS,
            "access-control-allow-headers": _HEADERS,
            "access-control-max-age": _REMEMBERED,
        }

    def readable(self, origin: str | None) -> list[tuple[bytes, bytes]]:
        """What an answer carries so that a page of `origin` may read it."""
        if origin is None or not self.allows(origin):
            return []
        return [
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-expose-headers", _READABLE.encode()),
        ]
