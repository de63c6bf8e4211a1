"""What operators see of requests: metrics by document, and a trace span each."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol

from opentelemetry import propagate, trace
from prometheus_client import Counter, Histogram

_tracer = trace.get_tracer("yougou.graphql")
_REQUESTS = Counter("graphql_requests", "Executed GraphQL requests.", ["document", "outcome"])
_SECONDS = Histogram(
    "graphql_request_seconds",
    "Time to execute a GraphQL request.",
    ["document"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
_STATEMENTS = Histogram(
    "graphql_request_statements",
    "SQL statements of a GraphQL request.",
    ["document"],
    buckets=(0, 1, 2, 4, 8, 12, 16, 32, 64),
)


@dataclass(slots=True)
class Seen:
    """What becomes known while a request runs."""

    statements: int = 0
    seconds: float = 0.0
    has_errors: bool = False


class Note(Protocol):
    """Told of an execution: how long it took, and whether anything went wrong."""

    def __call__(self, seconds: float, *, has_errors: bool) -> None:
        """Once, at its end."""


@contextmanager
def observed(document: str, headers: Mapping[str, str], note: Note | None = None) -> Iterator[Seen]:
    """Counts and times the block as one execution of `document`, inside a span of that name; `note` is told too.

    The span is a part of the trace that `headers` name by `traceparent`, else the first of its own.
    """
    seen, began, outcome = Seen(), perf_counter(), "failed"
    parent = propagate.extract(headers) if "traceparent" in headers else None
    with _tracer.start_as_current_span(f"graphql {document}", parent) as span:
        try:
            yield seen
            outcome = "errors" if seen.has_errors else "ok"
        finally:
            seen.seconds = perf_counter() - began
            span.set_attribute("graphql.document.name", document)
            span.set_attribute("db.statements", seen.statements)
            _REQUESTS.labels(document, outcome).inc()
            _SECONDS.labels(document).observe(seen.seconds)
            _STATEMENTS.labels(document).observe(seen.statements)
            if note is not None:
                note(seen.seconds, has_errors=outcome != "ok")
