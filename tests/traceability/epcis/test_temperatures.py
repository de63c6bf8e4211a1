"""Temperatures in the sensor elements of an event."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from app.traceability.epcis.event import Event
from app.traceability.epcis.reader import read
from app.traceability.epcis.temperatures import TemperatureReading, temperatures
from tests.traceability.epcis.samples import as_bytes, document, sensor_event


def _readings(**changes: Any) -> list[TemperatureReading]:
    (event,) = read(as_bytes(document(sensor_event(**changes)))).events
    assert isinstance(event, Event)
    return list(temperatures(event.sensor_elements))


def test_an_interval_with_an_alarm() -> None:
    """Least, greatest and mean temperature, exact, with the bounds of the interval."""
    assert _readings() == [
        TemperatureReading(
            value=None,
            minimum=Decimal("2.5"),
            maximum=Decimal("11.25"),
            mean=Decimal(4),
            at=None,
            starts_at=datetime(2026, 11, 19, 23, 0, tzinfo=UTC),
            ends_at=datetime(2026, 11, 20, 0, 0, tzinfo=UTC),
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
    assert [reading.at for reading in found] == [None, datetime(2026, 11, 20, 1, 0, tzinfo=UTC), None]
