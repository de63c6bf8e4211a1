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
from app.traceability.lots_of_event import LotLine, lot_lines, temperature_range, too_much
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


# The lots are made in one order by every capture, and locked in one order by the next statement: that both orders
# may differ does no harm, because whoever waits in the first holds no lock that another waits for in the second.
_INSERT = """WITH stored AS (
  INSERT INTO trace_event (event_type, event_id, event_hash, event_time, event_offset, recorded_at,
    action, biz_step, disposition, stage, read_point, biz_location, biz_transactions, sources, destinations,
    sensor_elements, ilmd, temperature_min_c, temperature_max_c, has_alarm,
    error_declared_at, error_reason, corrective_event_ids, canonical)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
  ON CONFLICT DO NOTHING RETURNING id
), made AS (
  INSERT INTO lot (gtin, lot_code, sku_id, status, created_at)
  SELECT given.gtin, given.code, sku.id, 'SELLABLE', $6
  FROM stored, unnest($25::text[], $26::text[]) AS given(gtin, code) LEFT JOIN sku ON sku.gtin = given.gtin
  ORDER BY given.gtin, given.code ON CONFLICT (gtin, lot_code) DO NOTHING
) SELECT id FROM stored"""
_IS_STORED = "SELECT 1 FROM trace_event WHERE event_hash = $1 AND error_declared_at IS NOT DISTINCT FROM $2"
# a lock that lets others go on quoting the lot by foreign key
_LOCK_LOTS = """SELECT lot.id, lot.gtin, lot.lot_code FROM lot
JOIN unnest($1::text[], $2::text[]) AS given(gtin, code) ON lot.gtin = given.gtin AND lot.lot_code = given.code
ORDER BY lot.id FOR NO KEY UPDATE OF lot"""
_TELL_DATES = """UPDATE lot SET harvested_on = COALESCE($3, harvested_on), packed_on = COALESCE($4, packed_on),
  best_before_on = COALESCE($5, best_before_on), expires_on = COALESCE($6, expires_on)
WHERE id = ANY($1) AND NOT EXISTS (
  SELECT 1 FROM trace_event WHERE event_hash = $2 AND error_declared_at IS NOT NULL
)"""
_TAKE_DATES_BACK = """UPDATE lot SET harvested_on = NULLIF(harvested_on, $2), packed_on = NULLIF(packed_on, $3),
  best_before_on = NULLIF(best_before_on, $4), expires_on = NULLIF(expires_on, $5) WHERE id = ANY($1)"""
_LINK_AND_SEAL = """WITH linked AS (
  INSERT INTO lot_event (lot_id, event_id, role, quantity, uom)
  SELECT lot_id, $1, role, quantity, uom
  FROM unnest($3::bigint[], $4::text[], $5::numeric[], $6::text[]) AS given(lot_id, role, quantity, uom)
) INSERT INTO lot_seal (lot_id, sequence, event_id, previous_hash, chain_hash)
SELECT given.lot_id, COALESCE(last.sequence, 0) + 1, $1, last.chain_hash,
  encode(sha256(convert_to(COALESCE(last.chain_hash, '') || $2, 'UTF8')), 'hex')
FROM unnest($7::bigint[]) AS given(lot_id) LEFT JOIN LATERAL (
  SELECT sequence, chain_hash FROM lot_seal WHERE lot_id = given.lot_id ORDER BY sequence DESC LIMIT 1
) AS last ON true"""


async def capture(event: Event, path: str) -> Outcome:
    """Stores `event` with the lots it names, in one transaction; a second time changes nothing.

    Lots that are not known yet are made. Their dates are those told last; an error declaration takes back what
    the wrong event told. `path` is the event's place in its document, for a refusal.

    Raises:
        EventRefused: another event has its id, a lot's dates would contradict each other, or a column is too small.
    """
    lines = lot_lines(event)
    if problem := too_much(lines, path):
        raise EventRefused(problem)
    names = list({(line.gtin, line.lot_code) for line in lines})
    try:
        async with db.transaction() as tx:
            gtins, codes = [gtin for gtin, _ in names], [code for _, code in names]
            stored = await tx.fetch(_INSERT, *_columns(event), gtins, codes)
            if not stored:
                return await _known(tx, event, path)
            if lines:
                found = await tx.fetch(_LOCK_LOTS, gtins, codes)
                keys = {(row["gtin"], row["lot_code"]): row["id"] for row in found}
                await _date(tx, event, sorted({keys[line.gtin, line.lot_code] for line in lines if line.is_born}))
                await _link_and_seal(tx, stored[0]["id"], event, lines, keys)
    except asyncpg.CheckViolationError as violated:
        if violated.table_name != "lot":
            raise
        message = "the dates it tells of a lot contradict each other, or what is known of the lot"
        raise EventRefused(Problem(Rule.LOT_DATES, f"{path}.ilmd", message)) from None
    return Outcome.STORED


async def _known(tx: db.RequestConnection, event: Event, path: str) -> Outcome:
    declared_at = event.error_declaration.time if event.error_declaration else None
    if await tx.fetch(_IS_STORED, event.hash, declared_at):
        return Outcome.ALREADY_STORED
    raise EventRefused(Problem(Rule.EVENT_ID_TAKEN, f"{path}.eventID", f"{event.event_id} names another event"))


async def _date(tx: db.RequestConnection, event: Event, born: list[int]) -> None:
    dates = astuple(lot_dates(event.ilmd))
    if not born or not any(dates):
        return
    if event.error_declaration:
        await tx.execute(_TAKE_DATES_BACK, born, *dates)
    else:
        await tx.execute(_TELL_DATES, born, event.hash, *dates)


async def _link_and_seal(
    tx: db.RequestConnection, event_key: int, event: Event, lines: list[LotLine], keys: dict[tuple[str, str], int]
) -> None:
    lot_keys = [keys[line.gtin, line.lot_code] for line in lines]
    await tx.execute(
        _LINK_AND_SEAL,
        event_key,
        event.hash,
        lot_keys,
        [line.role for line in lines],
        [line.quantity for line in lines],
        [line.uom for line in lines],
        sorted(set(lot_keys)),
    )


def _columns(event: Event) -> tuple[object, ...]:
    """The values of the trace_event row of _INSERT."""
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
