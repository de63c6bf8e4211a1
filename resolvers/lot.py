"""Fields of lots."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry
from strawberry import Parent

from app.catalog.models import Sku
from app.kit.clock import business_day
from app.kit.errors import BadInput
from app.traceability import queries, rules
from app.traceability.models import Lot, Producer, TraceEvent
from app.traceability.papers import ConformityCertificate, InspectionReport
from resolvers.info import Info

LotCode = Annotated[str, strawberry.argument(description="The traceability lot code, as on the label.")]
Gtin = Annotated[
    str | None,
    strawberry.argument(description="The trade item's GTIN, 14 digits; needed where several items share the code."),
]


async def lot(lot_code: LotCode, gtin: Gtin = None) -> Lot | None:
    """The lot with this code."""
    found = await queries.lots_by_code(lot_code, gtin)
    if len(found) > 1:
        raise BadInput("several trade items have a lot of this code: give gtin too")
    return found[0] if found else None


def days_left(parent: Parent[Lot], info: Info) -> int | None:
    """Whole days to expiry."""
    return rules.days_left(parent.expires_on, business_day(info.context.now))


async def producer(parent: Parent[Lot], info: Info) -> Producer | None:
    """Who made it."""
    return None if parent.producer_id is None else await info.context.loaders.producers.load(parent.producer_id)


async def sku(parent: Parent[Lot], info: Info) -> Sku | None:
    """What it is sold as."""
    return None if parent.sku_id is None else await info.context.loaders.skus.load(parent.sku_id)


def events(parent: Parent[Lot], info: Info) -> Awaitable[list[TraceEvent]]:
    """What happened to it."""
    return info.context.loaders.events_by_lot.load(parent.id)


def inspection_reports(parent: Parent[Lot], info: Info) -> Awaitable[list[InspectionReport]]:
    """Its accepted reports."""
    return info.context.loaders.reports_by_lot.load(parent.id)


def certificates(parent: Parent[Lot], info: Info) -> Awaitable[list[ConformityCertificate]]:
    """Its certificates of conformity."""
    return info.context.loaders.certificates_by_lot.load(parent.id)
