"""The typed value of one EPCIS event that obeys every rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.traceability.enums import EventAction, EventType, LotRole
from app.traceability.epcis.json_types import Json, JsonObject


@dataclass(frozen=True, slots=True)
class LotItem:
    """A lot in a list of an event; `quantity` counts pieces where `uom` (UN/ECE Rec 20, such as KGM) is None."""

    role: LotRole
    gtin: str
    lot_code: str
    quantity: Decimal | None
    uom: str | None


@dataclass(frozen=True, slots=True)
class BizTransaction:
    """A business document of an event; `type` is a CBV word (`po`, `desadv`, `testres`), a URI or None."""

    type: str | None
    uri: str


@dataclass(frozen=True, slots=True)
class Party:
    """A source or a destination; `type` is owning_party, possessing_party, location or a URI."""

    type: str
    uri: str


@dataclass(frozen=True, slots=True)
class ErrorDeclaration:
    """Says that an earlier event with the same data was wrong; `reason` is a CBV word, a URI or None."""

    time: datetime
    reason: str | None
    corrective_event_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One event. Times are UTC to the microsecond; words of CBV are bare (`shipping`), others full URIs.

    `event_id` is None also for a JSON-LD blank node (`_:event1`), which means something in its file only.
    `ilmd` has full names as keys (`urn:epcglobal:cbv:mda:lotNumber`), None where there is none.
    `sensor_elements` are JSON objects as captured, with bare words for type, exception and component; numbers
    in `ilmd` and `sensor_elements` are int or Decimal (write them with `canonical.canonical_json`).
    `canonical` is the event as captured, in canonical JSON that can be read again alone; `hash` is the CBV
    event hash, which leaves out eventID, recordTime and errorDeclaration. What no column is asked by (recordTime,
    persistent dispositions, certificates, things without a lot) stands in `canonical` only.
    """

    type: EventType
    event_id: str | None
    event_time: datetime
    event_time_zone_offset: str
    action: EventAction | None
    biz_step: str | None
    disposition: str | None
    read_point: str | None
    biz_location: str | None
    biz_transactions: tuple[BizTransaction, ...]
    sources: tuple[Party, ...]
    destinations: tuple[Party, ...]
    sensor_elements: tuple[JsonObject, ...]
    ilmd: Mapping[str, Json] | None
    error_declaration: ErrorDeclaration | None
    lots: tuple[LotItem, ...]
    canonical: str
    hash: str
