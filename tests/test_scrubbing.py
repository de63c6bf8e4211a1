"""What leaves for logs and traces tells nothing of people, and no secret."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from app import logs
from app.kit.personal import telling_names
from app.scrubbing import HIDDEN, Scrubber, scrubbed
from app.telemetry import ScrubbingExporter

OPENID = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"
TRACE = "4bf92f3577b34da6a3ce929d13800138"
PLANTED = {
    "phone": ("call 13800138000 now", f"call {HIDDEN} now"),
    "phone with country": ("+8613800138000", HIDDEN),
    "phone in groups": ("138 0013 8000, 138-0013-8000", f"{HIDDEN}, {HIDDEN}"),
    "phone in JSON": ('{"phoneNumber":"13800138000"}', f'{{"phoneNumber":"{HIDDEN}"}}'),
    "openid": (f"openid {OPENID}!", f"openid {HIDDEN}!"),
    "access token": ("Bearer yg2.abc-_.def", f"Bearer {HIDDEN}"),
    "refresh token": ("ygr_Ab-_9", HIDDEN),
    "API key": ("key ygk_lab_Ab-_9.", f"key {HIDDEN}."),
    "card": ("pay 4111 1111-1111 1111 today", f"pay {HIDDEN} today"),
    "address of WeChat": ("/sns/jscode2session?appid=wx1&secret=abc&js_code=def", f"&secret={HIDDEN}&js_code={HIDDEN}"),
    "failing row": ("error\nDETAIL:  Failing row contains (7, 王小明).\nmore", f"error\nDETAIL:{HIDDEN}\nmore"),
}
HARMLESS = [TRACE, "customer:7", "2026-11-20T10:00:00+08:00", "10138001380002", "o" * 28, "GET /healthz 200", "订单"]


@pytest.mark.parametrize(("text", "clean"), PLANTED.values(), ids=PLANTED)
def test_what_is_personal_or_secret_is_hidden(text: str, clean: str) -> None:
    """And what stands around it stays."""
    assert scrubbed(text).endswith(clean)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_stays(text: str) -> None:
    """Ids, times, digests, words."""
    assert scrubbed(text) == text


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text("ab ,:(中"), st.text("ab ,:)中"))
def test_no_number_of_the_mainland_passes(number: str, before: str, after: str) -> None:
    """Whatever it stands between."""
    assert number not in scrubbed(before + number + after)


def test_telling_keys_are_hidden_whole() -> None:
    """Also within, and numbers too; an error's code is none of WeChat's."""
    scrub = Scrubber(telling_names())
    assert scrub({"display_name": "王小明", "who": [{"openid": "o-1"}], "birth_year": 1990, "id": 7}) == {
        "display_name": HIDDEN,
        "who": [{"openid": HIDDEN}],
        "birth_year": HIDDEN,
        "id": 7,
    }
    assert scrub(40029, "code") == 40029
    assert scrub("081Kq4Ga1", "code") == HIDDEN
    assert scrub(13800138000, "caller") == HIDDEN
    assert scrub(7, "customer_id") == 7


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is logged as JSON from now on; afterwards logs go where they went before."""
    root, output = logging.getLogger(), io.StringIO()
    before, level = root.handlers, root.level
    logs.configure(level="info", as_json=True, hidden=telling_names())
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(output)
    yield output
    root.handlers = before
    root.setLevel(level)
    structlog.reset_defaults()


def test_every_log_line_is_scrubbed(written: io.StringIO) -> None:
    """Ours and a library's, keys, texts and tracebacks; what is harmless stays."""
    error = ValueError("no 13800138000\nDETAIL: row of 王小明")
    told = {"phone": "x", "openid": OPENID, "customer": 7}
    structlog.get_logger("shop").error("failed for 13800138000", exc_info=error, **told)
    logging.getLogger("httpx").info("HTTP Request: %s", "https://wechat.test/sns?secret=hush&js_code=c0de")
    ours, theirs = [json.loads(line) for line in written.getvalue().splitlines()]
    assert (ours["event"], ours["phone"], ours["openid"], ours["customer"]) == (
        f"failed for {HIDDEN}",
        HIDDEN,
        HIDDEN,
        7,
    )
    assert f"ValueError: no {HIDDEN}" in ours["exception"]
    assert theirs["event"] == f"HTTP Request: https://wechat.test/sns?secret={HIDDEN}&js_code={HIDDEN}"
    for planted in ("13800138000", OPENID, "王小明", "hush", "c0de"):
        assert planted not in written.getvalue()


def test_every_span_is_scrubbed() -> None:
    """Name, attributes, events, the error's text; its place in the trace stays."""
    exported, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(ScrubbingExporter(exported, telling_names())))
    tracer = provider.get_tracer("test")

    def fail() -> None:
        with tracer.start_as_current_span("call 13800138000", attributes={"phone": "x", "n": 1}) as span:
            span.add_event("got yg2.a.b", {"openid": OPENID})
            raise ValueError("no 13800138000")

    with pytest.raises(ValueError, match="13800138000"):
        fail()
    (span,) = exported.get_finished_spans()
    told = span.to_json()
    for planted in ("13800138000", OPENID, "yg2.a.b"):
        assert planted not in told
    assert span.name == f"call {HIDDEN}"
    assert dict(span.attributes or {}) == {"phone": HIDDEN, "n": 1}
    assert span.status.description == f"ValueError: no {HIDDEN}"
    assert [event.name for event in span.events] == [f"got {HIDDEN}", "exception"]
