"""EPCIS 2.0 events of the demo: built as JSON, hashed by the CBV algorithm, and turned into rows."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from random import Random
from typing import NamedTuple
from uuid import UUID

import orjson

from app.demo.goods import Lot
from app.demo.moments import OFFSET, iso
from app.demo.tables import Book
from app.traceability.enums import EventAction, EventType
from app.traceability.epcis.context import GS1_CONTEXT, NOTHING
from app.traceability.epcis.event_hash import event_hash
from app.traceability.epcis.json_types import Json, JsonObject
from app.traceability.epcis.stage import stage_of

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
    """An event before it has quantities: when, why, where and how.

    Without an action it is a TransformationEvent, whose lots are its output; else an ObjectEvent.
    """

    moment: datetime
    action: EventAction | None
    biz_step: str
    disposition: str
    read_point: str
    biz_location: str | None = None
    chill: Chill | None = None
    transactions: tuple[tuple[str, str], ...] = ()
    handover: tuple[str, str] | None = None
    ilmd: tuple[tuple[str, str], ...] = ()


def record(happening: Happening, lots: Iterable[tuple[Lot, int]], book: Book, rng: Random) -> None:
    """Enters the event, its link to each lot (with the units it touched) and the next seal of each lot's chain.

    The chain hash is sha256 of the link before and the event's hash, as hexadecimal text.
    """
    touched = [(lot, *_quantity(lot, units)) for lot, units in lots]
    event = _json(happening, touched, rng)
    digest = event_hash(event, NOTHING)
    event["eventID"] = _uuid(rng)
    event_id = _enter(happening, event, digest, book)
    role = "OUTPUT" if happening.action is None else "OBJECT"
    for lot, quantity, uom in touched:
        book.add("lot_event", lot.id, event_id, role, quantity, uom)
        before, lot.seals = lot.seal, lot.seals + 1
        lot.seal = sha256(((before or "") + digest).encode()).hexdigest()
        book.add("lot_seal", lot.id, lot.seals, event_id, before, lot.seal)


def _quantity(lot: Lot, units: int) -> tuple[Decimal, str | None]:
    if lot.article.weighed and lot.article.grams is not None:
        return Decimal(units * lot.article.grams) / 1000, _KILOGRAM
    return Decimal(units), None


def _uuid(rng: Random) -> str:
    return f"urn:uuid:{UUID(int=rng.getrandbits(128), version=4)}"


def _json(happening: Happening, touched: Sequence[tuple[Lot, Decimal, str | None]], rng: Random) -> JsonObject:
    quantities: list[Json] = [
        {"epcClass": lot.uri, "quantity": quantity, "uom": uom} if uom else {"epcClass": lot.uri, "quantity": quantity}
        for lot, quantity, uom in touched
    ]
    event: JsonObject = {"eventTime": iso(happening.moment), "eventTimeZoneOffset": OFFSET}
    what: JsonObject
    if happening.action is None:
        what = {"type": EventType.TRANSFORMATION, "outputQuantityList": quantities, "transformationID": _uuid(rng)}
    else:
        what = {"type": EventType.OBJECT, "quantityList": quantities, "action": happening.action}
    event |= what
    event |= {
        "bizStep": happening.biz_step,
        "disposition": happening.disposition,
        "readPoint": {"id": happening.read_point},
    }
    if happening.biz_location:
        event["bizLocation"] = {"id": happening.biz_location}
    if happening.transactions:
        event["bizTransactionList"] = [{"type": kind, "bizTransaction": uri} for kind, uri in happening.transactions]
    if happening.handover:
        giver, taker = happening.handover
        event["sourceList"] = [{"type": "possessing_party", "source": giver}]
        event["destinationList"] = [{"type": "possessing_party", "destination": taker}]
    if happening.chill:
        event["sensorElementList"] = _sensors(happening.chill)
    if happening.ilmd:
        event["ilmd"] = {_MASTER_DATA + name: value for name, value in happening.ilmd}
    return event


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


def _enter(happening: Happening, event: JsonObject, digest: str, book: Book) -> int:
    kind = EventType.TRANSFORMATION if happening.action is None else EventType.OBJECT
    chill = happening.chill
    giver, taker = happening.handover or (None, None)
    return book.add(
        "trace_event",
        kind,
        event["eventID"],
        digest,
        happening.moment,
        OFFSET,
        happening.moment + timedelta(minutes=3),
        happening.action,
        happening.biz_step,
        happening.disposition,
        stage_of(kind, happening.biz_step, happening.action, has_sensor_data=chill is not None),
        happening.read_point,
        happening.biz_location,
        _text([{"type": kind, "uri": uri} for kind, uri in happening.transactions]),
        _parties(giver),
        _parties(taker),
        _text(event.get("sensorElementList", [])),
        _text({_MASTER_DATA_NAMESPACE + name: value for name, value in happening.ilmd}),
        Decimal(chill.lowest) / 10 if chill else None,
        Decimal(chill.highest) / 10 if chill else None,
        chill.alarm if chill else False,
        "[]",
        _text({**event, "@context": [GS1_CONTEXT]}),
    )


def _parties(uri: str | None) -> str:
    return _text([{"type": "possessing_party", "uri": uri}] if uri else [])


def _text(value: Json) -> str:
    """Canonical JSON: all names here are ASCII and all numbers short, so that orjson writes the same, faster."""
    return orjson.dumps(value, default=_number, option=orjson.OPT_SORT_KEYS).decode()


def _number(value: object) -> int | float:
    if not isinstance(value, Decimal):
        raise TypeError(f"{value!r} is not JSON")
    whole = int(value)
    return whole if whole == value else float(value)
