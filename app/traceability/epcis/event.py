"""The typed value of one EPCIS event that obeys every rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum

from app.traceability.enums import EventAction, EventType
from app.traceability.epcis.json_types import Json, JsonObject


class ItemRole(Enum):
    """The list of an event in which a thing stands."""

    EPC = "EPC"
    QUANTITY = "QUANTITY"
    PARENT = "PARENT"
    CHILD = "CHILD"
    CHILD_QUANTITY = "CHILD_QUANTITY"
    INPUT = "INPUT"
    INPUT_QUANTITY = "INPUT_QUANTITY"
    OUTPUT = "OUTPUT"
    OUTPUT_QUANTITY = "OUTPUT_QUANTITY"


@dataclass(frozen=True, slots=True)
class Item:
    """A thing or a class of things in an event.

    `uri` is the identifier as given (a CURIE expanded); the keys are read from its EPC URN or Digital Link.
    `quantity` counts pieces where `uom` (UN/ECE Rec 20, such as KGM) is None.
    """

    role: ItemRole
    uri: str
    gtin14: str | None = None
    lot: str | None = None
    serial: str | None = None
    sscc: str | None = None
    quantity: Decimal | None = None
    uom: str | None = None


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
class PersistentDisposition:
    """Dispositions that stay on the things until unset; CBV words or URIs."""

    set: tuple[str, ...]
    unset: tuple[str, ...]


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
    event hash, which leaves out `event_id`, `record_time` and `error_declaration`.
    """

    type: EventType
    event_id: str | None
    event_time: datetime
    event_time_zone_offset: str
    record_time: datetime | None
    action: EventAction | None
    biz_step: str | None
    disposition: str | None
    read_point: str | None
    biz_location: str | None
    biz_transactions: tuple[BizTransaction, ...]
    sources: tuple[Party, ...]
    destinations: tuple[Party, ...]
    persistent_disposition: PersistentDisposition | None
    sensor_elements: tuple[JsonObject, ...]
    ilmd: Mapping[str, Json] | None
    certification_info: tuple[str, ...]
    error_declaration: ErrorDeclaration | None
    transformation_id: str | None
    parent_id: str | None
    items: tuple[Item, ...]
    canonical: str
    hash: str
