"""Captures EPCIS events: each whole or not at all, and once however often it is sent."""

from dataclasses import asdict, astuple
from enum import StrEnum

import asyncpg
import orjson

from app.kit import clock, db
from app.traceability.epcis.canonical import canonical_json
from app.traceability.epcis.event import Event
from app.traceability.epcis.problems import Problem
from app.traceability.epcis.rules import Rule
from app.traceability.epcis.stage import stage_of
from app.traceability.lots_of_event import LotLine, lot_lines, lot_problems, temperature_range
from app.traceability.master_data import lot_dates


class Outcome(StrEnum):
    """What became of an event that obeys every rule of its document."""

    STORED = "STORED"
    ALREADY_STORED = "ALREADY_STORED"


class EventRefused(Exception):  # noqa: N818 - a refusal, told to the sender, not a fault
    """The shop cannot store this event. Nothing of it was."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


_INSERT_EVENT = """INSERT INTO trace_event (event_type, event_id, event_hash, event_time, event_offset, recorded_at,
  action, biz_step, disposition, stage, read_point, biz_location, biz_transactions, sources, destinations,
  sensor_elements, ilmd, temperature_min_c, temperature_max_c, has_alarm,
  error_declared_at, error_reason, corrective_event_ids, canonical)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
ON CONFLICT DO NOTHING RETURNING id"""
_IS_STORED = "SELECT 1 FROM trace_event WHERE event_hash = $1 AND error_declared_at IS NOT DISTINCT FROM $2"
_INSERT_LOTS = """INSERT INTO lot (gtin, lot_code, sku_id, status, created_at)
SELECT given.gtin, given.code, sku.id, 'SELLABLE', $3
FROM unnest($1::text[], $2::text[]) AS given(gtin, code) LEFT JOIN sku ON sku.gtin = given.gtin
ORDER BY given.gtin, given.code ON CONFLICT (gtin, lot_code) DO NOTHING"""
_LOCK_LOTS = """SELECT lot.id, lot.gtin, lot.lot_code FROM lot
JOIN unnest($1::text[], $2::text[]) AS given(gtin, code) ON lot.gtin = given.gtin AND lot.lot_code = given.code
ORDER BY lot.id FOR UPDATE OF lot"""
_TELL_DATES = """UPDATE lot SET harvested_on = COALESCE(harvested_on, $2), packed_on = COALESCE(packed_on, $3),
  best_before_on = COALESCE(best_before_on, $4), expires_on = COALESCE(expires_on, $5) WHERE id = ANY($1)"""
_LINK = """INSERT INTO lot_event (lot_id, event_id, role, quantity, uom)
SELECT lot_id, $1, role, quantity, uom
FROM unnest($2::bigint[], $3::text[], $4::numeric[], $5::text[]) AS given(lot_id, role, quantity, uom)"""
_SEAL = """INSERT INTO lot_seal (lot_id, sequence, event_id, previous_hash, chain_hash)
SELECT given.lot_id, COALESCE(last.sequence, 0) + 1, $1, last.chain_hash,
  encode(sha256(convert_to(COALESCE(last.chain_hash, '') || $2, 'UTF8')), 'hex')
FROM unnest($3::bigint[]) AS given(lot_id) LEFT JOIN LATERAL (
  SELECT sequence, chain_hash FROM lot_seal WHERE lot_id = given.lot_id ORDER BY sequence DESC LIMIT 1
) AS last ON true"""


async def capture(event: Event, path: str) -> Outcome:
    """Stores `event` with the lots it names, in one transaction; a second time changes nothing.

    Lots that are not known yet are made. `path` is the event's place in its document, for a refusal.

    Raises:
        EventRefused: another event has its id, a lot's dates would contradict each other, or a lot cannot be kept.
    """
    if problem := lot_problems(event, path):
        raise EventRefused(problem)
    try:
        async with db.transaction() as tx:
            stored = await tx.fetch(_INSERT_EVENT, *_columns(event))
            if not stored:
                return await _known(tx, event, path)
            if lines := lot_lines(event):
                await _link(tx, int(stored[0]["id"]), event, lines)
    except asyncpg.CheckViolationError as violated:
        message = f"a lot's dates contradict each other ({violated.constraint_name})"
        raise EventRefused(Problem(Rule.LOT_DATES, f"{path}.ilmd", message)) from None
    return Outcome.STORED


async def _known(tx: db.RequestConnection, event: Event, path: str) -> Outcome:
    declared_at = event.error_declaration.time if event.error_declaration else None
    if await tx.fetch(_IS_STORED, event.hash, declared_at):
        return Outcome.ALREADY_STORED
    raise EventRefused(Problem(Rule.EVENT_ID_TAKEN, f"{path}.eventID", f"{event.event_id} names another event"))


async def _link(tx: db.RequestConnection, event_key: int, event: Event, lines: list[LotLine]) -> None:
    names = sorted({(line.gtin, line.lot_code) for line in lines})
    gtins, codes = [gtin for gtin, _ in names], [code for _, code in names]
    await tx.execute(_INSERT_LOTS, gtins, codes, clock.now())
    keys = {(row["gtin"], row["lot_code"]): row["id"] for row in await tx.fetch(_LOCK_LOTS, gtins, codes)}
    born = sorted({keys[line.gtin, line.lot_code] for line in lines if line.is_born})
    dates = lot_dates(event.ilmd)
    if born and any(astuple(dates)):
        await tx.execute(_TELL_DATES, born, *astuple(dates))
    lot_keys = [keys[line.gtin, line.lot_code] for line in lines]
    await tx.execute(
        _LINK,
        event_key,
        lot_keys,
        [line.role for line in lines],
        [line.quantity for line in lines],
        [line.uom for line in lines],
    )
    await tx.execute(_SEAL, event_key, event.hash, sorted(set(lot_keys)))


def _columns(event: Event) -> tuple[object, ...]:
    """The values of _INSERT_EVENT."""
    coldest, warmest, has_alarm = temperature_range(event)
    declaration = event.error_declaration
    stage = stage_of(event.type, event.biz_step, event.action, has_sensor_data=bool(event.sensor_elements))
    return (
        event.type,
        event.event_id,
        event.hash,
        event.event_time,
        event.event_time_zone_offset,
        clock.now(),
        event.action,
        event.biz_step,
        event.disposition,
        stage,
        event.read_point,
        event.biz_location,
        _json([asdict(each) for each in event.biz_transactions]),
        _json([asdict(each) for each in event.sources]),
        _json([asdict(each) for each in event.destinations]),
        canonical_json(list(event.sensor_elements)),
        canonical_json(dict(event.ilmd or {})),
        coldest,
        warmest,
        has_alarm,
        declaration.time if declaration else None,
        declaration.reason if declaration else None,
        _json(list(declaration.corrective_event_ids) if declaration else []),
        event.canonical,
    )


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
