"""Pages for people: GraphiQL, the clerks', two previews of what customers see, and the files they are made of."""

from pathlib import Path

from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import Scope

from app.context import Context
from app.documents.files import DocumentFile
from app.files.addresses import Addresses
from app.http import cashier
from app.http.examples import examples
from app.http.html import DIST, BuiltFiles, BuiltPage
from app.http.operations import operations
from app.http.preview import open_points, preview
from app.http.state import State
from app.kit import clock

# GraphiQL's style sheet holds its fonts as data:. Monaco, the editor inside, writes style elements and attributes:
# styles alone may be inline, scripts never.
GRAPHIQL_POLICY = "worker-src 'self'; font-src 'self' data:; img-src 'self' data:; style-src 'self' 'unsafe-inline'"
# The panorama's viewer makes its textures from blob: addresses. No style is inline here.
PREVIEW_POLICY = "img-src 'self' data: blob:; media-src 'self'; style-src 'self'"
# A page of our own without anything from elsewhere: pictures of the shop, and the camera's, for codes.
OWN_POLICY = "img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self'"
PREVIEWED = "ProductDetail"
SESSION = ("StaffSignIn", "StaffSessionRefresh", "StaffSignOut")
CLERKS = (
    *SESSION,
    *("SlotsOn", "PickupOrders", "PickList", "PickupBoard"),
    *("StartPicking", "RecordWeight", "ShortPick", "MarkReady", "HandOver"),
)
_NOT_HERE = "GraphiQL is not served here: only registered documents are answered.\n"


class BrowserRoute(Route):
    """Matches a browser that comes to see a page: a GET that accepts HTML and names no document.

    Everything else at the same address, curl's `Accept: */*` too, goes on to the route behind it.
    """

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """A full match or none."""
        match, found = super().matches(scope)
        if match is Match.FULL and _comes_to_see(scope):
            return match, found
        return Match.NONE, {}


def _comes_to_see(scope: Scope) -> bool:
    asked = QueryParams(scope["query_string"])
    return "text/html" in Headers(scope=scope).get("accept", "") and not {"query", "documentId"} & asked.keys()


def routes(
    documents: list[DocumentFile],
    staffs: list[DocumentFile],
    addresses: Addresses,
    *,
    shows_graphiql: bool,
    stand_in: str | None = None,
    dist: Path = DIST,
) -> list[BaseRoute]:
    """The routes, to stand before the GraphQL endpoint, for the mini-program's documents and the staff's.

    `shows_graphiql`: where free documents are answered. `stand_in`: where WeChat Pay's is; without one nobody tries
    the shop out.
    """
    detail = next(each for each in documents if each.name == PREVIEWED)
    preview_page = BuiltPage("preview.html", PREVIEW_POLICY, dist)
    graphiql_page = BuiltPage("graphiql.html", GRAPHIQL_POLICY, dist)
    shop_page, clerk_page = BuiltPage("shop.html", OWN_POLICY, dist), BuiltPage("clerk.html", OWN_POLICY, dist)
    of_customers, of_session, of_clerks = operations(documents), operations(staffs, SESSION), operations(staffs, CLERKS)

    async def graphiql(request: Request) -> Response:
        if not shows_graphiql:
            return PlainTextResponse(_NOT_HERE, 404, {"cache-control": "no-store", "vary": "Accept"})
        state: State = request.scope["state"]
        async with state["database"].session():
            shown = await examples(documents, Context(addresses))
        return graphiql_page.response({"examples": shown, "operations": of_session})

    async def product(request: Request) -> Response:
        slug, point = request.path_params["slug"], request.query_params.get("pickupPoint")
        state: State = request.scope["state"]
        async with state["database"].session():
            given = await preview(detail, slug, point, Context(addresses))
        return preview_page.response(given, 404 if given is None else 200)

    async def shop(request: Request) -> Response:
        state: State = request.scope["state"]
        async with state["database"].session():
            given = {"operations": of_customers, "now": clock.now().isoformat(), "points": await open_points()}
        return shop_page.response(given)

    async def clerk(_: Request) -> Response:
        return clerk_page.response({"operations": of_clerks, "now": clock.now().isoformat()})

    tried = [Route("/preview/shop", shop, methods=["GET"]), cashier.route(stand_in)] if stand_in else []
    return [
        BrowserRoute("/graphql", graphiql, methods=["GET"]),
        Route("/preview/product/{slug}", product, methods=["GET"]),
        Route("/clerk", clerk, methods=["GET"]),
        *tried,
        Mount("/web/assets", BuiltFiles(dist)),
    ]
