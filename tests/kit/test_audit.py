"""The audit log stands or falls with the act."""

from datetime import UTC, datetime

import asyncpg
import pytest
from opentelemetry.sdk.trace import TracerProvider

from app.kit import audit, clock, db
from app.kit.caller import Caller, CallerKind
from app.kit.models import AuditEntry
from app.tables import Database

STAFF = Caller(CallerKind.STAFF, 3, frozenset({"catalog:write"}))
NOON = datetime(2026, 8, 1, 4, tzinfo=UTC)
ACT = {"scope": "catalog:write", "action": "publish", "entity": "Product", "entity_id": 7}


async def entries(database: Database) -> list[AuditEntry]:
    """What was written."""
    async with database.session():
        return await AuditEntry.all().order_by("id")


async def test_an_entry_says_who_did_what_when_and_by_what_right(database: Database) -> None:
    """Every column, with the trace of the running span."""
    tracer = TracerProvider().get_tracer("test")
    with clock.moved_to(NOON), tracer.start_as_current_span("request") as span:
        async with database.session(), db.transaction() as tx:
            await audit.append(tx, STAFF, **ACT, before={"status": "DRAFT"}, after={"status": "PUBLISHED"})
    (entry,) = await entries(database)
    assert (entry.happened_at, entry.caller, entry.scope, entry.action, entry.entity, entry.entity_id) == (
        NOON,
        "staff:3",
        "catalog:write",
        "publish",
        "Product",
        7,
    )
    assert (entry.before, entry.after) == ({"status": "DRAFT"}, {"status": "PUBLISHED"})
    assert entry.trace_id == f"{span.get_span_context().trace_id:032x}"


async def test_without_a_span_there_is_no_trace(database: Database) -> None:
    """Null, not a row of zeros."""
    async with database.session(), db.transaction() as tx:
        await audit.append(tx, STAFF, **ACT, after={"id": 7})
    (entry,) = await entries(database)
    assert (entry.trace_id, entry.before) == (None, None)


async def test_an_entry_without_a_change_is_refused(database: Database) -> None:
    """By the table itself."""
    async with database.session():
        with pytest.raises(asyncpg.CheckViolationError):
            await _append_nothing()
    assert await entries(database) == []


async def _append_nothing() -> None:
    async with db.transaction() as tx:
        await audit.append(tx, STAFF, **ACT)


async def test_it_is_refused_outside_a_transaction(database: Database) -> None:
    """An act that fails afterwards would be in the log."""
    async with database.session() as connection:
        with pytest.raises(db.NoTransactionError):
            await audit.append(connection, STAFF, **ACT, after={})
    assert await entries(database) == []
