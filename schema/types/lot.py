"""Lots and their makers."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from app.traceability.enums import LotStatus, ProducerKind
from app.traceability.models import Lot as LotRow
from app.traceability.models import Producer as ProducerRow
from resolvers import lot as resolve
from schema.binding import field, of
from schema.types.inspection import ConformityCertificate, InspectionReport
from schema.types.node import Node
from schema.types.trace_event import TraceEvent

if TYPE_CHECKING:
    from schema.types.sku import Sku

LazySku = Annotated["Sku", strawberry.lazy("schema.types.sku")]


@strawberry.type(description="Who grew, raised, caught or made something.")
@of(ProducerRow)
class Producer(Node):
    """Its source is a row."""

    name: str = field(description="The business's name.")
    kind: ProducerKind = field(description="What kind of business it is.")
    province: str = field(description="Province.")
    city: str = field(description="City or county.")
    story: str = field(description="A few sentences for shoppers.")
    licence_number: str = field(description="The number of its licence.")


@strawberry.type(description="Goods of one kind made together: the unit of trace, of inspection and of recall.")
@of(LotRow)
class Lot(Node):
    """Its source is a row."""

    lot_code: str = field(description="The traceability lot code, as on the label.")
    gtin: str = field(description="The trade item's GTIN, 14 digits.")
    status: LotStatus = field(description="Whether it may be sold.")
    harvested_on: date | None = field(description="When it was harvested; null if unknown.")
    packed_on: date | None = field(description="When it was packed; null if unknown.")
    best_before_on: date | None = field(description="Until when it is at its best; null if not stated.")
    expires_on: date | None = field(description="The last day it may be eaten; null if not stated.")
    days_left: int | None = field(
        resolve.days_left, description="Whole days from today (Asia/Shanghai) to `expiresOn`; null if not stated."
    )
    producer: Producer | None = field(resolve.producer, description="Who made it; null while nobody told us.")
    sku: LazySku | None = field(
        resolve.sku, description="What it is sold as; null while we do not sell it.", max_age=15
    )
    events: list[TraceEvent] = field(
        resolve.events, description="Everything that happened to it, in the order it happened."
    )
    inspection_reports: list[InspectionReport] = field(
        resolve.inspection_reports, description="Accepted laboratory reports, newest first."
    )
    certificates: list[ConformityCertificate] = field(
        resolve.certificates,
        description="The producer's certificates of conformity (承诺达标合格证), newest first.",
    )
