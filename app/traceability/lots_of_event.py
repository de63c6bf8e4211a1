"""What an event says of lots and of cold: pure reading of a captured event."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from app.traceability.enums import LotRole
from app.traceability.epcis.event import Event, Item, ItemRole
from app.traceability.epcis.problems import Problem
from app.traceability.epcis.rules import Rule
from app.traceability.epcis.temperatures import temperatures

MAX_LOT_CODE = 20  # GS1 General Specifications, AI (10)
MAX_QUANTITY = Decimal(10**11)  # what the column holds
MAX_DEGREES = Decimal(9999)

_ROLES = {
    ItemRole.EPC: LotRole.OBJECT,
    ItemRole.QUANTITY: LotRole.OBJECT,
    ItemRole.PARENT: LotRole.PARENT,
    ItemRole.CHILD: LotRole.CHILD,
    ItemRole.CHILD_QUANTITY: LotRole.CHILD,
    ItemRole.INPUT: LotRole.INPUT,
    ItemRole.INPUT_QUANTITY: LotRole.INPUT,
    ItemRole.OUTPUT: LotRole.OUTPUT,
    ItemRole.OUTPUT_QUANTITY: LotRole.OUTPUT,
}


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
    """The lots of an event (things with a GTIN and a lot), one line per lot and role.

    A lot listed in two units in one role keeps the first; the canonical event has both.
    """
    found: dict[tuple[str, str, LotRole], list[Item]] = defaultdict(list)
    for item in event.items:
        if item.gtin14 and item.lot:
            found[item.gtin14, item.lot, _ROLES[item.role]].append(item)
    return [LotLine(*key, *_amount(items)) for key, items in found.items()]


def _amount(items: list[Item]) -> tuple[Decimal | None, str | None]:
    uom = items[0].uom
    told = [item.quantity for item in items if item.quantity is not None and item.uom == uom]
    return (sum(told, Decimal(0)), uom) if told else (None, uom)


def lot_problems(event: Event, path: str) -> Problem | None:
    """Why the lots of an event cannot be kept, or None."""
    for line in lot_lines(event):
        if len(line.lot_code) > MAX_LOT_CODE:
            return Problem(Rule.LOT_CODE_LENGTH, path, f"the lot code {line.lot_code[:60]} is too long")
        if line.quantity is not None and line.quantity >= MAX_QUANTITY:
            return Problem(Rule.QUANTITY_RANGE, path, f"the quantity of lot {line.lot_code} is too large")
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
        if value is not None and abs(value) <= MAX_DEGREES
    ]
    has_alarm = any(reading.is_alarm for reading in readings)
    return (min(degrees), max(degrees), has_alarm) if degrees else (None, None, has_alarm)
