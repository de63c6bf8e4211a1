"""The audit log: who did what to which row, written in the same transaction as the act itself."""

from typing import Any

import orjson
from opentelemetry import trace

from app.kit import clock
from app.kit.caller import Caller
from app.kit.db import RequestConnection

# The entry waits in audit_unsealed for app.kit.audit_seals to chain it: writers take no lock that another needs.
APPEND = """
WITH entry AS (
  INSERT INTO audit_entry (happened_at, caller, scope, action, entity, entity_id, before, after, trace_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id
) INSERT INTO audit_unsealed (entry_id) SELECT id FROM entry
"""


async def append(
    tx: RequestConnection,
    caller: Caller,
    *,
    scope: str | None,
    action: str,
    entity: str,
    entity_id: int,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Adds one entry: `caller` did `action` to the row `entity_id` of `entity`, by right of `scope`.

    `before` and `after` hold the changed columns only, as ids and sealed values where they are personal
    (DESIGN rule 9). The entry carries the trace of the running request, if there is one.

    Raises:
        NoTransactionError: outside the transaction of the act.
        asyncpg.CheckViolationError: neither `before` nor `after`, so that nothing was changed.
    """
    tx.require_transaction()
    await tx.execute(
        APPEND, clock.now(), str(caller), scope, action, entity, entity_id, _json(before), _json(after), trace_id()
    )


def trace_id() -> str | None:
    """The trace of the running request, 32 hexadecimal digits; None outside of one."""
    span = trace.get_current_span().get_span_context()
    return trace.format_trace_id(span.trace_id) if span.is_valid else None


def _json(value: dict[str, Any] | None) -> str | None:
    return None if value is None else orjson.dumps(value).decode()
