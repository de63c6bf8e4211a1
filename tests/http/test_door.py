"""What every answer carries, whatever route it came from."""

from collections.abc import AsyncIterator

import httpx
import pytest
from structlog.testing import capture_logs

from app.http.cross_site import Origins
from app.http.door import Door
from app.settings import Environment
from tests.conftest import Addresses
from tests.shop import Shop, open_shop

SITE = "https://admin.shop.test"
PATHS = ("/graphql", "/graphql?query={__typename}", "/healthz", "/metrics", "/web/assets/none.js", "/no/such/path")
PREFLIGHT = {
    "origin": SITE,
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization,content-type,graphql-cost",
}


@pytest.fixture(scope="module")
async def production(seeded: Addresses) -> AsyncIterator[Shop]:
    """The shop in production."""
    async with open_shop(seeded.app_url, env=Environment.PRODUCTION) as opened:
        yield opened


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "OPTIONS"])
async def test_every_answer_has_the_security_headers(method: str, path: str, shop: Shop, production: Shop) -> None:
    """Refusals and what is not found too; HTTPS alone is demanded in production, where there is HTTPS."""
    for asked, hsts in ((shop, None), (production, "max-age=63072000; includeSubDomains")):
        headers = (await asked.send(method, path)).response.headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert headers.get("strict-transport-security") == hsts
        assert "Origin" in headers["vary"].split(", ")
        assert headers.get("server") is None


async def test_what_a_route_says_itself_stands(shop: Shop) -> None:
    """A page has a policy of its own, once."""
    page = await shop.send("GET", "/preview/product/lijiang-xuetao", headers={"accept": "text/html"})
    policies = page.response.headers.get_list("content-security-policy")
    assert len(policies) == 1
    assert page.response.status_code == 503 or "script-src 'self'" in policies[0]  # 503: not built here


async def _fails(scope: object, receive: object, send: object) -> None:
    raise RuntimeError("password=hunter2")


async def test_a_fault_nobody_answered_is_masked_and_logged() -> None:
    """As GraphQL tells it, with the security headers and the id that stands in the log."""
    door = Door(_fails, Origins([SITE]), is_production=True)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(door), base_url="http://shop.test") as client:
        with capture_logs() as logs:
            response = await client.get("/anything", headers={"origin": SITE})
    assert response.status_code == 500
    (error,) = response.json()["errors"]
    assert error["message"] == "Something went wrong on our side."
    assert error["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    assert [entry["trace_id"] for entry in logs] == [error["extensions"]["traceId"]]
    assert "hunter2" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["access-control-allow-origin"] == SITE


async def test_an_allowed_site_may_read_answers(toy_client: httpx.AsyncClient) -> None:
    """Its own name comes back; no cookie is ever allowed; refusals are readable too."""
    for query in ("{ short }", "{"):
        response = await toy_client.post("/", json={"query": query}, headers={"origin": SITE})
        assert response.headers["access-control-allow-origin"] == SITE
        assert response.headers["access-control-expose-headers"] == "ETag, Retry-After"
        assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize(
    "origin", ["https://evil.test", "null", f"{SITE}.evil.test", SITE.upper(), "http://admin.shop.test"]
)
async def test_another_site_may_not(origin: str, toy_client: httpx.AsyncClient) -> None:
    """Neither read an answer nor ask before a request."""
    response = await toy_client.post("/", json={"query": "{ short }"}, headers={"origin": origin})
    assert not any(name.startswith("access-control-") for name in response.headers)
    asked = await toy_client.options("/", headers=PREFLIGHT | {"origin": origin})
    assert asked.status_code == 403
    assert not any(name.startswith("access-control-") for name in asked.headers)


async def test_a_preflight_is_answered_for_two_hours(toy_client: httpx.AsyncClient) -> None:
    """Methods and any header, without asking the application."""
    response = await toy_client.options("/", headers=PREFLIGHT)
    assert (response.status_code, response.content) == (204, b"")
    assert {name: value for name, value in response.headers.items() if name.startswith("access-control-")} == {
        "access-control-allow-origin": SITE,
        "access-control-allow-methods": "GET, HEAD, POST, PUT",
        "access-control-allow-headers": "Authorization, *",
        "access-control-max-age": "7200",
        "access-control-expose-headers": "ETag, Retry-After",
    }
    assert "Origin" in response.headers["vary"]
