"""Temperatures in the sensor elements of an event."""

from decimal import Decimal
from typing import Any

import pytest

from app.traceability.epcis.event import Event
from app.traceability.epcis.reader import read
from app.traceability.epcis.temperatures import TemperatureReading, temperatures
from tests.traceability.epcis.samples import as_bytes, document, sensor_event


def _readings(**changes: Any) -> list[TemperatureReading]:
    (event,) = read(as_bytes(document(sensor_event(**changes)))).events
    assert isinstance(event, Event)
    return list(temperatures(event.sensor_elements))


def test_an_interval_with_an_alarm() -> None:
    """Least, greatest and mean temperature, exact."""
    assert _readings() == [
        TemperatureReading(
            value=None,
            minimum=Decimal("2.5"),
            maximum=Decimal("11.25"),
            mean=Decimal(4),
            is_alarm=True,
        )
    ]


def test_other_units_and_other_measures() -> None:
    """Fahrenheit and Kelvin become Celsius; humidity and unknown units are left out; URIs name the same type."""
    reports = [
        {"type": "gs1:Temperature", "value": 41, "uom": "FAH"},
        {"type": "https://gs1.org/voc/Temperature", "value": 273.15, "uom": "KEL", "time": "2026-11-20T01:00:00Z"},
        {"type": "AbsoluteHumidity", "value": 12.1, "uom": "A93"},
        {"type": "Temperature", "value": 1, "uom": "XYZ"},
        {"type": "Temperature", "exception": "ERROR_CONDITION"},
    ]
    found = _readings(sensorElementList=[{"sensorReport": reports}])
    assert [(reading.value, reading.is_alarm) for reading in found] == [
        (Decimal("5.00"), False),
        (Decimal("0.00"), False),
        (None, False),
    ]


@pytest.mark.parametrize(("uom", "digits"), [("KEL", "1000"), ("FAH", "5555")])
def test_a_number_of_forty_digits_is_a_temperature(uom: str, digits: str) -> None:
    """No number that can be read is too long to become Celsius."""
    (reading,) = _readings(sensorElementList=[{"sensorReport": [{"type": "Temperature", "value": 10**39, "uom": uom}]}])
    assert reading.value is not None
    assert str(reading.value).startswith(digits)
