"""Temperatures in the sensor elements of an event."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import cast

from app.traceability.epcis import numbers
from app.traceability.epcis.json_types import Json, JsonObject

_CELSIUS = "CEL"
_CENT = Decimal("0.01")
_WIDE = Context(prec=2 * numbers.MAX_LENGTH)  # no number that was read has more digits
_UNITS = {
    "CEL": (Decimal(0), Decimal(1)),
    "KEL": (Decimal("273.15"), Decimal(1)),
    "FAH": (Decimal(32), Decimal(5) / Decimal(9)),
}
"""Zero point and step of each unit (UN/ECE Rec 20), counted in Celsius."""


@dataclass(frozen=True, slots=True)
class TemperatureReading:
    """One temperature report in degrees Celsius, of an instant (`value`) or an interval (the other three).

    `is_alarm` says that the device reported ALARM_CONDITION, which it may do without any value.
    """

    value: Decimal | None
    minimum: Decimal | None
    maximum: Decimal | None
    mean: Decimal | None
    is_alarm: bool


def temperatures(sensor_elements: Iterable[JsonObject]) -> Iterator[TemperatureReading]:
    """The temperature reports of `Event.sensor_elements`, in their order.

    Kelvin and Fahrenheit become Celsius, rounded to hundredths; reports in other units are left out.
    """
    for element in sensor_elements:
        for report in cast("list[JsonObject]", element["sensorReport"]):
            if report.get("type") == "Temperature" and report.get("uom", _CELSIUS) in _UNITS:
                yield _reading(report)


def _reading(report: JsonObject) -> TemperatureReading:
    uom = cast("str", report.get("uom", _CELSIUS))
    value, minimum, maximum, mean = (
        _celsius(report.get(name), uom) for name in ("value", "minValue", "maxValue", "meanValue")
    )
    return TemperatureReading(value, minimum, maximum, mean, report.get("exception") == "ALARM_CONDITION")


def _celsius(value: Json, uom: str) -> Decimal | None:
    if value is None:
        return None
    degrees = Decimal(cast("int | Decimal", value))
    zero, step = _UNITS[uom]
    return degrees if uom == _CELSIUS else ((degrees - zero) * step).quantize(_CENT, context=_WIDE)
