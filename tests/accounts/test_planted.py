"""Values planted through real requests, failing ones too: none reaches logs, errors, metrics, traces, jobs or audit."""

import io
import logging
from collections.abc import Iterator

import pytest
import structlog
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from app import logs
from app.http import observe
from app.kit.personal import telling_names
from app.telemetry import ScrubbingExporter
from tests.accounts.conftest import Phone
from tests.rows import Rows

OPENID = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"
NUMBER = "13712345678"
KEPT = (
    "audit_entry",
    "audit_unsealed",
    "pgqueuer",
    "pgqueuer_log",
    "idempotent_answer",
    "partner_event",
    "webhook_delivery",
)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is logged from now on, debug lines included."""
    root, output = logging.getLogger(), io.StringIO()
    before, level = root.handlers, root.level
    logs.configure(level="debug", as_json=True, hidden=telling_names())
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(output)
    yield output
    root.handlers = before
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    """What is exported of traces."""
    exported, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(ScrubbingExporter(exported, telling_names())))
    monkeypatch.setattr(observe, "_tracer", provider.get_tracer("test"))
    return exported


async def test_nothing_planted_is_found(
    phone: Phone, rows: Rows, written: io.StringIO, spans: InMemorySpanExporter
) -> None:
    """A sign-in, a bound number, a refresh; codes WeChat refuses, a token in the wrong place, a database that fails."""
    phone.openid = OPENID
    login_code, phone_code = phone.code(), phone.phone_code(NUMBER)
    await phone.log_in(login_code)
    await phone.refresh()
    await phone.bind(phone_code)
    await phone.log_in(login_code)
    planted = [OPENID, NUMBER, login_code, phone_code, phone.session["accessToken"], phone.session["refreshToken"]]
    shown = [
        (await phone.ask("query ($id: ID!) { product(id: $id) { name } }", id=value)).response.text
        for value in (NUMBER, OPENID)
    ]
    await rows.connection.execute("ALTER TABLE customer ADD CONSTRAINT planted CHECK (phone_index IS NULL) NOT VALID")
    try:
        failed = await phone.ask(
            "mutation ($code: String!) { bindPhone(input: {code: $code}) { __typename } }",
            code=phone.phone_code(NUMBER),
        )
    finally:
        await rows.connection.execute("ALTER TABLE customer DROP CONSTRAINT planted")
    assert failed.codes == ["INTERNAL_SERVER_ERROR"]
    name = await rows.connection.fetchval("SELECT display_name FROM customer")
    metrics = (await phone.shop.send("GET", "/metrics")).response.text
    traces = "".join(span.to_json() for span in spans.get_finished_spans())
    kept = [
        await rows.connection.fetchval(f"SELECT coalesce(string_agg(t::text, ''), '') FROM {table} t") for table in KEPT
    ]
    assert "request failed" in written.getvalue()
    assert "CheckViolationError" in written.getvalue()
    assert "graphql_requests_total" in metrics
    assert "bind phone" in kept[0]
    assert "graphql" in traces
    for value in planted:
        for place in (written.getvalue(), metrics, traces, failed.response.text, *kept):
            assert value not in place
            assert value.encode().hex() not in place
    for place in (written.getvalue(), metrics, traces, failed.response.text, *kept):
        assert name not in place
    assert all("BAD_USER_INPUT" in each for each in shown)
