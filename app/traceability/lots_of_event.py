"""What an event says of lots and of cold: pure reading of a captured event."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from app.traceability.enums import LotRole
from app.traceability.epcis.event import Event, LotItem
from app.traceability.epcis.problems import Problem
from app.traceability.epcis.rules import Rule
from app.traceability.epcis.temperatures import temperatures

_TOO_MUCH = Decimal("99999999999.9995")  # what the column, in thousandths, would round up beyond its range
_MAX_DEGREES = Decimal(9999)


@dataclass(frozen=True, slots=True)
class LotLine:
    """A lot's part in an event; quantities of the same lot, role and unit are added up."""

    gtin: str
    lot_code: str
    role: LotRole
    quantity: Decimal | None
    uom: str | None

    @property
    def is_born(self) -> bool:
        """Whether the event's ilmd describes this lot."""
        return self.role in {LotRole.OBJECT, LotRole.OUTPUT}


def lot_lines(event: Event) -> list[LotLine]:
    """The lots of an event, one line per lot and role, in the order they are first named.

    A lot counted in two units in one role keeps the first; the canonical event has both.
    """
    found: dict[tuple[str, str, LotRole], list[LotItem]] = defaultdict(list)
    for item in event.lots:
        found[item.gtin, item.lot_code, item.role].append(item)
    return [LotLine(*key, *_amount(items)) for key, items in found.items()]


def _amount(items: list[LotItem]) -> tuple[Decimal | None, str | None]:
    told = [(item.quantity, item.uom) for item in items if item.quantity is not None]
    if not told:
        return None, None
    uom = told[0][1]
    return sum((quantity for quantity, unit in told if unit == uom), Decimal(0)), uom


def too_much(lines: list[LotLine], path: str) -> Problem | None:
    """The first quantity that the column cannot hold, or None. `path` is the event's place in its document."""
    for line in lines:
        if line.quantity is not None and line.quantity >= _TOO_MUCH:
            message = f"the quantity of lot {line.lot_code} is a hundred thousand million or more"
            return Problem(Rule.QUANTITY_RANGE, path, message)
    return None


def temperature_range(event: Event) -> tuple[Decimal | None, Decimal | None, bool]:
    """The coldest and warmest reading of an event in Celsius, and whether a sensor raised an alarm.

    A reading no food was ever exposed to (beyond 9999 degrees) is left out.
    """
    readings = list(temperatures(event.sensor_elements))
    degrees = [
        value
        for reading in readings
        for value in (reading.value, reading.minimum, reading.maximum, reading.mean)
        if value is not None and abs(value) <= _MAX_DEGREES
    ]
    has_alarm = any(reading.is_alarm for reading in readings)
    return (min(degrees), max(degrees), has_alarm) if degrees else (None, None, has_alarm)
