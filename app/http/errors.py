"""What a client is told when something cannot be answered: a GraphQL error with a code, and nothing internal."""

import secrets
from enum import StrEnum
from typing import Any

import asyncpg
import structlog
from graphql import FieldNode, GraphQLError
from opentelemetry import trace

from app.kit import db
from app.kit.errors import BadInput, Forbidden

_log = structlog.get_logger("graphql")
_LONGEST = 300  # characters of a message that repeats what was sent
_RETRY_AFTER = 2  # seconds: a database that restarts or fails over is back in a few
_UNREACHABLE = (*db.CONNECTION_LOST, asyncpg.TooManyConnectionsError, OSError)


class Code(StrEnum):
    """`extensions.code` of an error, the names Apollo's servers use where they have one."""

    BAD_REQUEST = "BAD_REQUEST"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    CLIENT_LEFT = "CLIENT_LEFT"
    COST_EXCEEDED = "COST_EXCEEDED"
    DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"
    DOCUMENT_TOO_COMPLEX = "DOCUMENT_TOO_COMPLEX"
    BUDGET_EXCEEDED = "BUDGET_EXCEEDED"
    FORBIDDEN = "FORBIDDEN"
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    INTERNAL_SERVER_ERROR = "INTERNAL_SERVER_ERROR"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    OPERATION_RESOLUTION_FAILURE = "OPERATION_RESOLUTION_FAILURE"
    PERSISTED_DOCUMENT_NOT_FOUND = "PERSISTED_DOCUMENT_NOT_FOUND"
    PERSISTED_DOCUMENT_REQUIRED = "PERSISTED_DOCUMENT_REQUIRED"
    PERSISTED_QUERY_MISMATCH = "PERSISTED_QUERY_MISMATCH"
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    PERSISTED_QUERY_NOT_SUPPORTED = "PERSISTED_QUERY_NOT_SUPPORTED"
    REQUEST_TIMEOUT = "REQUEST_TIMEOUT"
    REQUEST_TOO_LARGE = "REQUEST_TOO_LARGE"
    SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE"
    THROTTLED = "THROTTLED"
    TIMEOUT = "TIMEOUT"
    TOO_MANY_UPLOADS = "TOO_MANY_UPLOADS"
    UNAUTHENTICATED = "UNAUTHENTICATED"


class RequestRefused(Exception):  # noqa: N818 - a refusal, answered, not a fault
    """A request that is not executed: its status, code and message are for the client.

    `is_well_formed` says that it was a GraphQL request and only its document or variables are at fault:
    a client that accepts `application/json` alone is then answered with status 200. `facts` stand beside the code.
    """

    def __init__(
        self,
        status: int,
        code: Code,
        *messages: str,
        is_well_formed: bool = False,
        headers: dict[str, str] | None = None,
        facts: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(*messages)
        self.status = status
        self.code = code
        self.facts = facts or {}
        self.is_well_formed = is_well_formed
        self.headers = headers or {}
        self.errors: list[dict[str, Any]] = [
            {"message": message, "extensions": {"code": code, **self.facts}} for message in messages
        ]


def told(error: GraphQLError) -> dict[str, Any]:
    """An execution error as the client sees it: bad input in its own words, anything else masked and logged."""
    cause = error.original_error
    if isinstance(cause, BadInput):
        return _shown(error, str(cause), Code.BAD_USER_INPUT)
    if isinstance(cause, Forbidden):
        return _shown(error, str(cause), Code.FORBIDDEN)
    if _is_about_a_value(error):
        return _shown(error, wording(error), Code.BAD_USER_INPUT)
    code, message, facts = _fault(cause or error, path=error.path)
    shown = _shown(error, message, code)
    shown["extensions"] |= facts
    return shown


def failed(error: Exception) -> RequestRefused:
    """What went wrong outside any field, as the client is told it: 403 where the caller may not watch any more.

    Anything else is a fault of ours and logged: 503 if the database is away, else 500.
    """
    if isinstance(error, Forbidden):
        return RequestRefused(403, Code.FORBIDDEN, str(error))
    code, message, facts = _fault(error, path=None)
    if code is Code.SERVICE_UNAVAILABLE:
        return RequestRefused(503, code, message, headers={"retry-after": str(_RETRY_AFTER)}, facts=facts)
    return RequestRefused(500, code, message, facts=facts)


def unavailable(errors: list[dict[str, Any]]) -> RequestRefused | None:
    """What a client is told instead of an answer without any data, if the database was away for every field."""
    if any(error["extensions"]["code"] is not Code.SERVICE_UNAVAILABLE for error in errors):
        return None
    told = errors[0]
    facts = {name: value for name, value in told["extensions"].items() if name != "code"}
    headers = {"retry-after": str(_RETRY_AFTER)}
    return RequestRefused(503, Code.SERVICE_UNAVAILABLE, told["message"], headers=headers, facts=facts)


def _fault(error: Exception, path: list[str | int] | None) -> tuple[Code, str, dict[str, Any]]:
    """Logs a fault under an id that the client is told: that of the trace, or one made for it where none is traced."""
    span = trace.get_current_span().get_span_context()
    trace_id = f"{span.trace_id:032x}" if span.is_valid else secrets.token_hex(16)
    _log.error("request failed", path=path, trace_id=trace_id, exc_info=error)
    if isinstance(error, _UNREACHABLE):
        facts = {"traceId": trace_id, "retryAfter": _RETRY_AFTER}
        return Code.SERVICE_UNAVAILABLE, "The shop cannot look this up just now. Try again in a moment.", facts
    return Code.INTERNAL_SERVER_ERROR, "Something went wrong on our side.", {"traceId": trace_id}


def wording(error: GraphQLError) -> str:
    """graphql-core's message, without the words of a Python error in it and without a long echo of what was sent."""
    if error.original_error is not None and not isinstance(error.original_error, GraphQLError):
        return "A value cannot be read."
    return error.message if len(error.message) <= _LONGEST else f"{error.message[:_LONGEST]}..."


def _is_about_a_value(error: GraphQLError) -> bool:
    """Whether graphql-core could not coerce a variable or an argument: it points at that, else at a field."""
    return bool(error.nodes) and not any(isinstance(node, FieldNode) for node in error.nodes or ())


def _shown(error: GraphQLError, message: str, code: Code) -> dict[str, Any]:
    shown: dict[str, Any] = {"message": message, "extensions": {"code": code}}
    if error.locations:
        shown["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error.path is not None:
        shown["path"] = error.path
    return shown
