"""Built pages: HTML made by Vite, given their data and a strict policy on the way out."""

from dataclasses import dataclass
from pathlib import Path

import orjson
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

DIST = Path(__file__).parents[1] / "web" / "dist"
NOT_BUILT = "This page is not built yet. `make web` builds it; after that, load it again.\n"
_MARK = '<script id="given" type="application/json">null</script>'
_YEAR = 365 * 24 * 3600
_BASE = "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """A page of the build folder. `policy` is added to a Content-Security-Policy that runs our own script files only.

    Data travel in a script element of type application/json: browsers do not run it, so no policy has to allow it.
    """

    name: str
    policy: str
    dist: Path = DIST

    def response(self, given: object, status: int = 200) -> Response:
        """The page with `given` (JSON-able) in it; a plain word and 503 where it was not built."""
        try:
            html = (self.dist / self.name).read_text("utf-8")
        except FileNotFoundError:
            return PlainTextResponse(NOT_BUILT, 503, {"cache-control": "no-store"})
        data = orjson.dumps(given).decode().replace("<", "\\u003c")
        headers = {
            "cache-control": "no-store",
            "content-security-policy": f"{_BASE}; frame-ancestors 'none'; {self.policy}",
            "vary": "Accept",
        }
        filled = html.replace(_MARK, _MARK.replace("null", data))
        return Response(filled, status, headers, media_type="text/html")


class BuiltFiles(StaticFiles):
    """Scripts, styles and fonts of the pages. Their names hold a hash of their content, so they are kept for a year."""

    def __init__(self, dist: Path = DIST) -> None:
        super().__init__(directory=dist / "assets", check_dir=False)

    async def check_config(self) -> None:
        """A missing build is no error: its files are not found."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or 404."""
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = f"public, max-age={_YEAR}, immutable"
        return response
