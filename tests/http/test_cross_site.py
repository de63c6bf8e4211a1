"""No page of another site makes a shopper's browser run anything."""

import httpx
import pytest

from app.settings import Settings
from tests.http.toy import SITE, WRITTEN

READ = {"query": "{ short }"}
FOREIGN = ("cross-site", "same-site")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
async def test_no_simple_body_is_read(kind: str, toy_client: httpx.AsyncClient) -> None:
    """The three types a page may send unasked: 415 says what to send."""
    before = len(WRITTEN)
    refused = await toy_client.post("/", content=b'{"query": "mutation { write }"}', headers={"content-type": kind})
    assert (refused.status_code, refused.headers["accept-post"]) == (415, "application/json")
    assert refused.json()["errors"][0]["extensions"] == {"code": "BAD_REQUEST"}
    assert len(WRITTEN) == before


@pytest.mark.parametrize("site", FOREIGN)
@pytest.mark.parametrize("headers", [{}, {"origin": "https://evil.test"}, {"content-type": "text/plain"}])
async def test_a_simple_get_of_another_site_runs_nothing(
    site: str, headers: dict[str, str], toy_client: httpx.AsyncClient
) -> None:
    """An image, a script, a link: the browser says where it comes from."""
    refused = await toy_client.get("/", params=READ, headers={"sec-fetch-site": site, **headers})
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]) == (403, {"code": "FORBIDDEN"})
    assert refused.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("site", FOREIGN)
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": SITE},
        {"graphql-require-preflight": "1"},
        {"apollo-require-preflight": "1"},
        {"x-apollo-operation-name": "Q"},
        {"content-type": "application/json"},  # as wx.request sends it
    ],
    ids=str,
)
async def test_a_get_that_was_asked_for_runs(site: str, headers: dict[str, str], toy_client: httpx.AsyncClient) -> None:
    """An allowed site, or a header no page may set without asking."""
    answer = await toy_client.get("/", params=READ, headers={"sec-fetch-site": site, **headers})
    assert answer.json() == {"data": {"short": 1}}


@pytest.mark.parametrize("site", ["same-origin", "none", None])
async def test_our_own_pages_and_other_programs_need_nothing(site: str | None, toy_client: httpx.AsyncClient) -> None:
    """GraphiQL, an address typed in, curl, a CDN."""
    headers = {"sec-fetch-site": site} if site else {}
    assert (await toy_client.get("/", params=READ, headers=headers)).json() == {"data": {"short": 1}}


def test_origins_come_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    """As one writes a list in an environment variable; none by default."""
    assert Settings().origins == ()
    monkeypatch.setenv("YOUGOU_ORIGINS", "https://a.test, http://localhost:5173 ,")
    assert Settings().origins == ("https://a.test", "http://localhost:5173")


@pytest.mark.parametrize(
    "origin", ["*", "a.test", "https://a.test/", "https://*.a.test", "https://a.test/x", "ftp://a"]
)
def test_what_is_no_origin_is_refused(origin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser would never send it, so nothing would be allowed."""
    monkeypatch.setenv("YOUGOU_ORIGINS", origin)
    with pytest.raises(ValueError, match="no origin"):
        Settings()
