"""Traces: exported where the standard OTEL_EXPORTER_OTLP_ENDPOINT says, and nowhere without it."""

import os
from collections.abc import Collection, Sequence

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Event, ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF
from opentelemetry.trace import Status

from app.scrubbing import Scrubber


class ScrubbingExporter(SpanExporter):
    """Hands spans on with what is personal or secret taken out of names, attributes, events and errors.

    An exporter, not a span processor: a span that has ended is read-only, and this way nothing unscrubbed can leave.
    """

    def __init__(self, inner: SpanExporter, hidden: Collection[str] = ()) -> None:
        """`hidden` names more keys whose values go whole."""
        self._inner = inner
        self._scrub = Scrubber(hidden)

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Exports scrubbed copies."""
        return self._inner.export([self._copy(span) for span in spans])

    def shutdown(self) -> None:
        """Closes what it exports by."""
        self._inner.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Nothing waits here."""
        return self._inner.force_flush(timeout_millis)

    def _copy(self, span: ReadableSpan) -> ReadableSpan:
        events = [Event(self._scrub(each.name), self._scrub(each.attributes), each.timestamp) for each in span.events]
        return ReadableSpan(
            name=self._scrub(span.name),
            context=span.context,
            parent=span.parent,
            resource=span.resource,
            attributes=self._scrub(span.attributes),
            events=events,
            links=span.links,
            kind=span.kind,
            status=Status(span.status.status_code, self._scrub(span.status.description)),
            start_time=span.start_time,
            end_time=span.end_time,
            instrumentation_scope=span.instrumentation_scope,
        )


def configure(service: str, hidden: Collection[str] = ()) -> None:
    """Starts exporting the spans of this process under the name `service`, scrubbed; `hidden` as the exporter's.

    Trace ids exist either way: where nothing is exported, spans have an id and record nothing, which costs a tenth.
    """
    resource = Resource.create({"service.name": service})
    if not os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):
        trace.set_tracer_provider(TracerProvider(ALWAYS_OFF, resource))
        return
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(ScrubbingExporter(OTLPSpanExporter(), hidden)))
    trace.set_tracer_provider(provider)
