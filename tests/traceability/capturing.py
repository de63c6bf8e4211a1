"""How the tests capture documents and look at what is stored."""

from hashlib import sha256
from itertools import groupby
from operator import itemgetter
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


async def chains(database: Database) -> dict[str, int]:
    """The length of each lot's chain of seals, by lot code, having proved that every link of it holds.

    Sequence without gaps, each link names the one before, each hash is that of the link before and the event, and
    exactly the events linked to the lot are sealed.
    """
    rows = await fetched(
        database,
        """SELECT lot_code, sequence, previous_hash, chain_hash, event_hash, event_id FROM (
          SELECT lot.lot_code, s.sequence, s.previous_hash, s.chain_hash, e.event_hash, e.id AS event_id
          FROM lot_seal s JOIN lot ON lot.id = s.lot_id JOIN trace_event e ON e.id = s.event_id
        ) AS seal ORDER BY lot_code, sequence""",
    )
    linked = await fetched(
        database, "SELECT DISTINCT lot_code, event_id FROM lot_event JOIN lot ON lot.id = lot_id ORDER BY 1, 2"
    )
    assert sorted((row[0], row[5]) for row in rows) == linked
    lengths: dict[str, int] = {}
    for lot_code, seals in groupby(rows, itemgetter(0)):
        last, length = None, 0
        for _, sequence, previous_hash, chain_hash, event_hash, _ in seals:
            length += 1
            assert (sequence, previous_hash) == (length, last)
            last = sha256(((previous_hash or "") + event_hash).encode()).hexdigest()
            assert chain_hash == last
        lengths[lot_code] = length
    return lengths
