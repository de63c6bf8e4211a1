"""Who is shown a page at /graphql, and what a page may do."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import NonNullTypeNode, OperationDefinitionNode, parse
from starlette.applications import Starlette

from app.documents import files
from app.http import pages
from app.http.html import NOT_BUILT
from app.kit import clock
from app.settings import Environment
from schema.documents import MINIPROGRAM, STAFF
from tests.conftest import Addresses
from tests.documents.test_documents import HERS
from tests.shop import ADDRESSES, IDS, NOW, READS, STREAMS, WRITES, Shop, open_shop, state, with_state

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
CURL = {"accept": "*/*"}
HEAD, TAIL = '<script id="given" type="application/json">', "</script>"
DOCUMENTS, STAFFS = files.read(MINIPROGRAM), files.read(STAFF)


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A build: the pages without anything but the place for their data, and one file."""
    (tmp_path / "assets").mkdir()
    for name in ("graphiql.html", "preview.html", "shop.html", "clerk.html"):
        (tmp_path / name).write_text(f"{HEAD}null{TAIL}", "utf-8")
    (tmp_path / "assets" / "page-1a2b.js").write_text("1", "utf-8")
    return tmp_path


@pytest.fixture
async def visitor(shop: Shop, dist: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Visits the pages alone, over the demo shop at tests.shop.NOW."""
    app = Starlette(routes=pages.routes(DOCUMENTS, STAFFS, ADDRESSES, shows_graphiql=True, dist=dist))
    served = with_state(app, await state(shop.database))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(served), base_url="http://shop.test") as client:
        with clock.moved_to(NOW):
            yield client


def given(page: httpx.Response) -> Any:
    """The data in a page."""
    return json.loads(page.text.removeprefix(HEAD).removesuffix(TAIL))


async def test_a_browser_is_shown_graphiql(visitor: httpx.AsyncClient) -> None:
    """With every registered document as an example, in the order of their names, those that only read first."""
    page = await visitor.get("/graphql", headers=BROWSER)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    reads, others = (
        [d for d in DOCUMENTS if (d.name not in READS or d.name == "Cart") is is_other] for is_other in (False, True)
    )
    assert [(each["name"], each["text"]) for each in given(page)["examples"]] == [
        (d.name, d.text) for d in [*reads, *others]
    ]


@pytest.mark.parametrize("name", sorted(IDS.keys() - STREAMS))
async def test_each_example_finds_something(name: str, visitor: httpx.AsyncClient, shop: Shop) -> None:
    """A new document whose variables app/http/examples.py does not know needs a value there.

    What writes, and what is a customer's own, is not asked here: it has all the variables it needs.
    """
    page = await visitor.get("/graphql", headers=BROWSER)
    example = next(each for each in given(page)["examples"] if each["name"] == name)
    assert required(example["text"]) <= example["variables"].keys()
    if name not in HERS and name not in WRITES and name != "Cart":  # which opens with its visitor's secret alone
        assert all((await shop.ask(example["text"], **example["variables"])).data.values())


def required(text: str) -> set[str]:
    """The variables a document cannot do without."""
    operation = parse(text).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    return {
        each.variable.name.value
        for each in operation.variable_definitions or ()
        if isinstance(each.type, NonNullTypeNode) and each.default_value is None
    }


async def test_the_policy_runs_our_own_scripts_only(visitor: httpx.AsyncClient) -> None:
    """No inline script, no eval, no other host; styles alone may be inline, for Monaco."""
    page = await visitor.get("/graphql", headers=BROWSER)
    policy = dict(each.strip().split(" ", 1) for each in page.headers["content-security-policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "worker-src": "'self'",
        "font-src": "'self' data:",
        "img-src": "'self' data:",
        "style-src": "'self' 'unsafe-inline'",
    }
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("headers", [CURL, BROWSER, {"accept": "application/json"}, {}])
async def test_a_document_is_answered_whoever_asks(headers: dict[str, str], shop: Shop) -> None:
    """The endpoint behind the page answers a documentId by GET also to `Accept: */*` and to a browser."""
    params = {"documentId": IDS["CategoryTree"]}
    answer = await shop.send("GET", params=params, headers=headers)
    assert answer.response.headers["content-type"] == "application/json; charset=utf-8"
    assert len(answer.data["categories"]) == 12


@pytest.mark.parametrize("headers", [CURL, {"accept": "application/json"}])
async def test_who_accepts_no_page_gets_none(headers: dict[str, str], shop: Shop) -> None:
    """A GET without a document stays a bad request."""
    answer = await shop.send("GET", headers=headers)
    assert (answer.response.status_code, answer.codes) == (400, ["BAD_REQUEST"])


async def test_a_post_is_no_visit(shop: Shop) -> None:
    """Whatever it accepts."""
    answer = await shop.send(json={"query": "{ __typename }"}, headers=BROWSER)
    assert answer.data == {"__typename": "Query"}


async def test_production_shows_no_graphiql(seeded: Addresses) -> None:
    """Where only registered documents are answered, the page is not found; the endpoint still answers."""
    async with open_shop(seeded.app_url, env=Environment.PRODUCTION) as production:
        visit = await production.send("GET", headers=BROWSER)
        assert visit.response.status_code == 404
        assert visit.response.text.startswith("GraphiQL is not served here")
        answer = await production.send("GET", params={"documentId": IDS["CategoryTree"]}, headers=BROWSER)
        assert len(answer.data["categories"]) == 12


async def test_a_missing_build_is_told(visitor: httpx.AsyncClient, dist: Path) -> None:
    """In words and with the remedy; once it is built, the next visit finds it."""
    built = (dist / "graphiql.html").rename(dist / "elsewhere")
    page = await visitor.get("/graphql", headers=BROWSER)
    assert (page.status_code, page.text) == (503, NOT_BUILT)
    built.rename(dist / "graphiql.html")
    assert (await visitor.get("/graphql", headers=BROWSER)).status_code == 200


async def test_files_are_kept_for_a_year(visitor: httpx.AsyncClient) -> None:
    """Their names change with their content."""
    file = await visitor.get("/web/assets/page-1a2b.js")
    assert file.status_code == 200
    assert file.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/web/assets/none.js", "/web/assets/../graphiql.html", "/web/assets/%2e%2e/x"])
async def test_other_files_are_not_found(path: str, visitor: httpx.AsyncClient) -> None:
    """Nor is anything outside the folder, or a folder that was never built."""
    assert (await visitor.get(path)).status_code == 404


async def test_files_of_a_missing_build_are_not_found(tmp_path: Path) -> None:
    """It is no error of the server."""
    app = Starlette(routes=pages.routes(DOCUMENTS, STAFFS, ADDRESSES, shows_graphiql=True, dist=tmp_path / "none"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop.test") as client:
        assert (await client.get("/web/assets/page.js")).status_code == 404


async def test_a_preview_is_given_its_request(visitor: httpx.AsyncClient, shop: Shop) -> None:
    """The registered document, the product's id, the first pickup point, and the shop's clock."""
    page = await visitor.get("/preview/product/lijiang-xuetao")
    told = given(page)
    assert page.status_code == 200
    assert told["documentId"] == IDS["ProductDetail"]
    point = await shop.id("PickupPoint", "KM-WH-01")
    assert told["variables"] == {"id": await shop.id("Product", "lijiang-xuetao"), "pickupPointId": point}
    assert told["now"] == "2026-11-20T02:00:00+00:00"
    assert told["points"][0] == {"id": point, "name": "优购生鲜·五华翠湖店"}
    assert "'unsafe-inline'" not in page.headers["content-security-policy"]


async def test_a_preview_at_another_point(visitor: httpx.AsyncClient) -> None:
    """One of the points is asked for by its id; anything else falls back to the first."""
    points = given(await visitor.get("/preview/product/lijiang-xuetao"))["points"]
    other = await visitor.get("/preview/product/lijiang-xuetao", params={"pickupPoint": points[1]["id"]})
    assert given(other)["variables"]["pickupPointId"] == points[1]["id"]
    unknown = await visitor.get("/preview/product/lijiang-xuetao", params={"pickupPoint": "\0"})
    assert given(unknown)["variables"]["pickupPointId"] == points[0]["id"]


@pytest.mark.parametrize("slug", ["no-such-thing", "%00", "%3Cscript%3E", "x" * 200])
async def test_a_preview_of_nothing_is_not_found(slug: str, visitor: httpx.AsyncClient) -> None:
    """The page is shown without data: it says so in the shop's words."""
    page = await visitor.get(f"/preview/product/{slug}")
    assert (page.status_code, given(page)) == (404, None)


async def test_clerks_are_given_their_documents_alone(visitor: httpx.AsyncClient) -> None:
    """By id and type; the policy allows nothing from elsewhere, and nothing inline."""
    page = await visitor.get("/clerk")
    told = given(page)
    assert set(told["operations"]) == set(pages.CLERKS)
    assert told["operations"]["HandOver"]["type"] == "mutation"
    assert told["now"] == "2026-11-20T02:00:00+00:00"
    assert "'unsafe-inline'" not in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"


async def test_the_shop_is_tried_out_only_beside_a_stand_in(visitor: httpx.AsyncClient, shop: Shop, dist: Path) -> None:
    """With every document of the mini-program and the open points; without a stand-in neither it nor its cashier is."""
    assert (await visitor.get("/preview/shop")).status_code == 404
    assert (await visitor.post("/preview/pay", json={})).status_code == 404
    routes = pages.routes(DOCUMENTS, STAFFS, ADDRESSES, shows_graphiql=True, stand_in="http://127.0.0.1:1", dist=dist)
    tried = with_state(Starlette(routes=routes), await state(shop.database))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(tried), base_url="http://shop.test") as client:
        with clock.moved_to(NOW):
            told = given(await client.get("/preview/shop"))
    assert {name: each["id"] for name, each in told["operations"].items()} == {each.name: each.id for each in DOCUMENTS}
    assert told["points"][0]["name"] == "优购生鲜·五华翠湖店"
