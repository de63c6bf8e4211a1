"""What happened to lots."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import strawberry

from app.traceability.enums import EventAction, EventType, LotRole, Stage
from app.traceability.models import TraceEvent as Row
from resolvers import trace_event as resolve
from schema.binding import field, of
from schema.types.node import Node

if TYPE_CHECKING:
    from schema.types.lot import Lot

LazyLot = Annotated["Lot", strawberry.lazy("schema.types.lot")]


@strawberry.type(description="Where an event happened.")
class EventPlace:
    """Its source is app.traceability.rules.EventPlace."""

    uri: str = field(description="The location as captured: an EPC URN or a GS1 Digital Link.")
    name: str | None = field(description="What we call it; null where we know no name.")
    city: str | None = field(description="City or county; null where unknown.")


@strawberry.type(description="What sensors measured during an event, in Celsius.")
class Temperature:
    """Its source is app.traceability.rules.Temperature."""

    min_c: Decimal | None = field(description="The coldest reading; null where only an alarm came.")
    max_c: Decimal | None = field(description="The warmest reading; null where only an alarm came.")
    has_alarm: bool = field(description="Whether a sensor raised an alarm.")


@strawberry.type(description="That an event touched a lot.")
class LotEvent:
    """Its source is a row."""

    lot: LazyLot | None = field(resolve.lot_of, description="The lot.")
    role: LotRole = field(description="How it was touched.")
    quantity: Decimal | None = field(description="How much of it; null if not stated.")
    uom: str | None = field(
        description="The unit of the quantity (UN/ECE Recommendation 20, such as KGM); null for pieces."
    )


@strawberry.type(
    description="One EPCIS 2.0 event: what happened, when, where and why. Never changed, only declared wrong."
)
@of(Row)
class TraceEvent(Node):
    """Its source is a row with its place joined."""

    event_type: EventType = field(description="Its EPCIS type.")
    event_time: datetime = field(description="When it happened.")
    event_offset: str = field(description="The time zone offset in force where it happened, such as +08:00.")
    recorded_at: datetime = field(description="When we learned of it.")
    stage: Stage | None = field(description="The step in a shopper's words; null for steps no shopper asks for.")
    action: EventAction | None = field(description="What it says about the life of the goods; null for TRANSFORMATION.")
    biz_step: str | None = field(description="The business step: a bare CBV word such as `packing`, or a URI.")
    disposition: str | None = field(description="The state of the goods afterwards: a bare CBV word, or a URI.")
    place: EventPlace | None = field(resolve.place, description="Where; null if not stated.")
    temperature: Temperature | None = field(resolve.temperature, description="What sensors measured; null if nothing.")
    event_hash: str = field(description="The CBV 2.0 event hash: the same content has the same hash everywhere.")
    error_declared_at: datetime | None = field(description="When it was declared wrong; null while it stands.")
    error_reason: str | None = field(description="Why it was declared wrong.")
    lots: list[LotEvent] = field(resolve.lots, description="The lots it touched.")
