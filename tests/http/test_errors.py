"""A fault of ours is masked, logged and traceable; the client's is told in plain words."""

from pathlib import Path
from urllib.parse import quote, urlsplit

import asyncpg
import httpx
import pytest
from opentelemetry import trace
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags
from structlog.testing import capture_logs

from app.embedded import postgres
from tests.conftest import Addresses
from tests.shop import open_shop

CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1"
TRACE = SpanContext(trace_id=0xABC, span_id=0x1, is_remote=False, trace_flags=TraceFlags(TraceFlags.SAMPLED))


@pytest.mark.parametrize("field", ["fails", "never", "outOfRange"])
async def test_a_fault_is_masked_and_logged(field: str, toy_client: httpx.AsyncClient) -> None:
    """A resolver that raises, null where none may be, a number that does not fit: nothing internal is told."""
    with capture_logs() as logs, trace.use_span(NonRecordingSpan(TRACE)):
        response = await toy_client.post("/", json={"query": f"{{ long {field} }}"})
    assert response.status_code == 200
    body = response.json()
    (error,) = body["errors"]
    assert error == {
        "message": "Something went wrong on our side.",
        "extensions": {"code": "INTERNAL_SERVER_ERROR", "traceId": f"{0xABC:032x}"},
        "locations": [{"line": 1, "column": 8}],
        "path": [field],
    }
    assert body["data"] == (None if field == "never" else {"long": 1, field: None})
    (entry,) = logs
    assert (entry["log_level"], entry["path"], entry["trace_id"]) == ("error", [field], error["extensions"]["traceId"])
    assert entry["exc_info"] is not None


async def test_nothing_of_the_exception_reaches_the_client(toy_client: httpx.AsyncClient) -> None:
    """Its text may hold addresses, SQL, or secrets."""
    response = await toy_client.post("/", json={"query": "{ fails }"})
    assert not any(word in response.text for word in ("hunter2", "RuntimeError", "/etc/shop.conf", "Traceback"))


async def test_a_value_that_cannot_be_coerced_is_not_logged_as_a_fault(toy_client: httpx.AsyncClient) -> None:
    """The client's mistake wakes nobody."""
    with capture_logs() as logs:
        response = await toy_client.post(
            "/", json={"query": "query ($x: [Int!]!) { list(ids: $x) }", "variables": {"x": ["x" * 10_000]}}
        )
    assert [error["extensions"]["code"] for error in response.json()["errors"]] == ["BAD_USER_INPUT"]
    assert len(response.content) < 500
    assert logs == []


async def test_a_fault_has_an_id_without_a_trace_too(toy_client: httpx.AsyncClient) -> None:
    """Another one each time; the log has the same."""
    ids = []
    for _ in range(2):
        with capture_logs() as logs:
            (error,) = (await toy_client.post("/", json={"query": "{ fails }"})).json()["errors"]
        assert [entry["trace_id"] for entry in logs if "trace_id" in entry] == [error["extensions"]["traceId"]]
        ids.append(error["extensions"]["traceId"])
    assert ids[0] != ids[1]
    assert all(len(each) == 32 and int(each, 16) for each in ids)


async def test_a_database_that_is_away_is_told_so(
    server: postgres.Running, addresses: Addresses, tmp_path: Path
) -> None:
    """503 with the seconds to wait, by POST and GET; when it is back, the next request is answered."""
    road = tmp_path / "road"
    road.symlink_to(server.host, target_is_directory=True)
    superuser = await asyncpg.connect(host=server.host, port=server.port, user=server.user, database="postgres")
    async with open_shop(addresses.app_url.replace(quote(server.host), quote(str(road)))) as shop:
        assert (await shop.ask("{ categories { id } }")).data == {"categories": []}
        road.unlink()
        await superuser.execute(CUT, urlsplit(addresses.app_url).path[1:])
        for method, asked in (("POST", "json"), ("GET", "params")):
            with capture_logs() as logs:
                answer = await shop.send(method, **{asked: {"query": "{ categories { id } }"}})
            assert (answer.response.status_code, answer.codes) == (503, ["SERVICE_UNAVAILABLE"])
            assert answer.response.headers["retry-after"] == "2"
            assert answer.response.headers["cache-control"] == "no-store"
            assert set(answer.body) == {"errors"}
            extensions = answer.body["errors"][0]["extensions"]
            assert [entry["trace_id"] for entry in logs if "trace_id" in entry] == [extensions["traceId"]]
            assert extensions["retryAfter"] == 2
        partly = await shop.ask('{ __typename product(slug: "x") { id } }')
        assert (partly.response.status_code, partly.codes) == (200, ["SERVICE_UNAVAILABLE"])
        assert partly.body["data"] == {"__typename": "Query", "product": None}
        road.symlink_to(server.host, target_is_directory=True)
        assert (await shop.ask("{ categories { id } }")).data == {"categories": []}
    await superuser.close()
