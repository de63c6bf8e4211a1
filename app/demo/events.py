"""EPCIS 2.0 events of the demo: built as JSON, hashed by the CBV algorithm, and turned into rows."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from app.demo.goods import Lot
from app.demo.moments import OFFSET, iso
from app.demo.tables import Ids, Rows
from app.traceability.epcis.context import GS1_CONTEXT, NOTHING
from app.traceability.epcis.event_hash import event_hash
from app.traceability.epcis.json_types import Json, JsonObject

_MASTER_DATA = "cbvmda:"
_MASTER_DATA_NAMESPACE = "urn:epcglobal:cbv:mda:"
_KILOGRAM = "KGM"  # UN/ECE Recommendation 20


class Chill(NamedTuple):
    """What a temperature logger saw, in tenths of a degree Celsius; `alarm` when it left its bounds."""

    since: datetime
    until: datetime
    lowest: int
    highest: int
    mean: int
    device: str
    alarm: bool = False


class Happening(NamedTuple):
    """An event before it has quantities: what, when, where, why and how. `units` are counted per lot."""

    moment: datetime
    action: str
    biz_step: str
    disposition: str
    stage: str
    read_point: str
    biz_location: str | None
    chill: Chill | None = None
    transactions: tuple[tuple[str, str], ...] = ()
    source: str | None = None
    destination: str | None = None
    ilmd: tuple[tuple[str, str], ...] = ()


def record(happening: Happening, lots: Iterable[tuple[Lot, int]], rows: Rows, ids: Ids, rng: Random) -> None:
    """Adds the event, its link to each lot (with the units it touched) and the next seal of each lot's chain.

    The chain hash is sha256 of the link before and the event's hash, as hexadecimal text.
    """
    touched = [(lot, *_quantity(lot, units)) for lot, units in lots]
    event = _json(happening, touched)
    digest = event_hash(event, NOTHING)
    event["eventID"] = f"urn:uuid:{UUID(int=rng.getrandbits(128), version=4)}"
    event_id = ids.take("trace_event")
    rows["trace_event"].append(_row(event_id, happening, event, digest))
    links, seals = rows["lot_event"], rows["lot_seal"]
    for lot, quantity, uom in touched:
        links.append((ids.take("lot_event"), lot.id, event_id, "OBJECT", quantity, uom))
        before, lot.seals = lot.seal, lot.seals + 1
        lot.seal = sha256(((before or "") + digest).encode()).hexdigest()
        seals.append((ids.take("lot_seal"), lot.id, lot.seals, event_id, before, lot.seal))


def _quantity(lot: Lot, units: int) -> tuple[Decimal, str | None]:
    if lot.article.weighed and lot.article.grams is not None:
        return Decimal(units * lot.article.grams) / 1000, _KILOGRAM
    return Decimal(units), None


def _text(value: Json) -> str:
    """Canonical JSON: all names here are ASCII and all numbers short, so that orjson writes the same, faster."""
    return orjson.dumps(value, default=_number, option=orjson.OPT_SORT_KEYS).decode()


def _number(value: object) -> int | float:
    if not isinstance(value, Decimal):
        raise TypeError(f"{value!r} is not JSON")
    whole = int(value)
    return whole if whole == value else float(value)


def _json(happening: Happening, touched: Sequence[tuple[Lot, Decimal, str | None]]) -> JsonObject:
    quantities: list[Json] = [
        {"epcClass": lot.uri, "quantity": quantity, "uom": uom} if uom else {"epcClass": lot.uri, "quantity": quantity}
        for lot, quantity, uom in touched
    ]
    event: JsonObject = {
        "type": "ObjectEvent",
        "eventTime": iso(happening.moment),
        "eventTimeZoneOffset": OFFSET,
        "quantityList": quantities,
        "action": happening.action,
        "bizStep": happening.biz_step,
        "disposition": happening.disposition,
        "readPoint": {"id": happening.read_point},
    }
    if happening.biz_location:
        event["bizLocation"] = {"id": happening.biz_location}
    if happening.transactions:
        event["bizTransactionList"] = _transactions(happening)
    if happening.source and happening.destination:
        event["sourceList"] = [{"type": "possessing_party", "source": happening.source}]
        event["destinationList"] = [{"type": "possessing_party", "destination": happening.destination}]
    if happening.chill:
        event["sensorElementList"] = _sensors(happening.chill)
    if happening.ilmd:
        event["ilmd"] = {_MASTER_DATA + name: value for name, value in happening.ilmd}
    return event


def _transactions(happening: Happening) -> list[Json]:
    return [{"type": kind, "bizTransaction": uri} for kind, uri in happening.transactions]


def _sensors(chill: Chill) -> list[Json]:
    report: JsonObject = {
        "type": "Temperature",
        "uom": "CEL",
        "minValue": Decimal(chill.lowest) / 10,
        "maxValue": Decimal(chill.highest) / 10,
        "meanValue": Decimal(chill.mean) / 10,
    }
    if chill.alarm:
        report["exception"] = "ALARM_CONDITION"
    times: JsonObject = {"startTime": iso(chill.since), "endTime": iso(chill.until)}
    return [{"sensorMetadata": {**times, "deviceID": chill.device}, "sensorReport": [report]}]


def _row(event_id: int, happening: Happening, event: JsonObject, digest: str) -> tuple[Any, ...]:
    chill = happening.chill
    return (
        event_id,
        "ObjectEvent",
        event["eventID"],
        digest,
        happening.moment,
        OFFSET,
        happening.moment + timedelta(minutes=3),
        happening.action,
        happening.biz_step,
        happening.disposition,
        happening.stage,
        happening.read_point,
        happening.biz_location,
        _text(event.get("bizTransactionList", [])),
        _text(event.get("sourceList", [])),
        _text(event.get("destinationList", [])),
        _text(event.get("sensorElementList", [])),
        _text({_MASTER_DATA_NAMESPACE + name: value for name, value in happening.ilmd}),
        Decimal(chill.lowest) / 10 if chill else None,
        Decimal(chill.highest) / 10 if chill else None,
        chill.alarm if chill else False,
        "[]",
        _text({**event, "@context": [GS1_CONTEXT]}),
    )
