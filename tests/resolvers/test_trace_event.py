"""What a shopper is told of the cold chain."""

from decimal import Decimal

import pytest

from app.traceability.models import TraceEvent
from app.traceability.rules import Temperature
from resolvers.trace_event import temperature


@pytest.mark.parametrize(
    ("coldest", "warmest", "has_alarm", "told"),
    [
        (None, None, False, None),
        (None, None, True, Temperature(None, None, has_alarm=True)),
        (Decimal(1), Decimal(4), False, Temperature(Decimal(1), Decimal(4), has_alarm=False)),
    ],
)
def test_an_alarm_is_told_even_without_a_number(
    coldest: Decimal | None, warmest: Decimal | None, *, has_alarm: bool, told: Temperature | None
) -> None:
    """A sensor may report nothing but that something is wrong."""
    row = TraceEvent(temperature_min_c=coldest, temperature_max_c=warmest, has_alarm=has_alarm)
    assert temperature(row) == told
