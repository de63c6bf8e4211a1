"""Fields of trace events and what they touch."""

from collections.abc import Awaitable

from strawberry import Parent

from app.traceability.models import Lot, LotEvent, TraceEvent
from app.traceability.rules import EventPlace, Temperature
from resolvers.info import Info


def place(parent: Parent[TraceEvent]) -> EventPlace | None:
    """Where it happened."""
    uri = parent.read_point or parent.biz_location
    return None if uri is None else EventPlace(uri, parent.place_name, parent.place_city)


def temperature(parent: Parent[TraceEvent]) -> Temperature | None:
    """What the sensors measured."""
    if parent.temperature_min_c is None and not parent.has_alarm:
        return None
    return Temperature(parent.temperature_min_c, parent.temperature_max_c, parent.has_alarm)


def lots(parent: Parent[TraceEvent], info: Info) -> Awaitable[list[LotEvent]]:
    """The lots it touched."""
    return info.context.loaders.lot_events_by_event.load(parent.id)


def lot_of(parent: Parent[LotEvent], info: Info) -> Awaitable[Lot | None]:
    """The lot touched."""
    return info.context.loaders.lots.load(parent.lot_id)
