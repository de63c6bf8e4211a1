"""A fault of ours is masked, logged and traceable; the client's is told in plain words."""

import httpx
import pytest
from opentelemetry import trace
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags
from structlog.testing import capture_logs

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
