"""How the tests capture documents and look at what is stored."""

from typing import Any

from app.kit import db
from app.tables import Database
from app.traceability.epcis.reader import read
from app.traceability.importing import import_events
from tests.traceability.epcis.samples import as_bytes, document

TABLES = ("lot", "trace_event", "lot_event", "lot_seal")

Told = list[str | list[tuple[str, str]]]


async def imported(database: Database, data: bytes) -> Told:
    """What became of each event of a document: its outcome, or (rule, path) of each problem."""
    async with database.session():
        return [
            verdict.outcome or [(problem.rule.name, problem.path) for problem in verdict.problems]
            async for verdict in import_events(read(data))
        ]


async def captured(database: Database, *events: dict[str, Any]) -> Told:
    """What became of events sent in one document."""
    return await imported(database, as_bytes(document(*events)))


async def fetched(database: Database, sql: str, *args: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement."""
    async with database.session():
        return [tuple(row) for row in await db.fetch(sql, *args)]


async def state(database: Database) -> dict[str, tuple[Any, ...]]:
    """Number of rows and checksum over all columns of each table that a capture writes."""
    return {
        table: (
            await fetched(database, f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY id)) FROM {table} AS t")
        )[0]
        for table in TABLES
    }
