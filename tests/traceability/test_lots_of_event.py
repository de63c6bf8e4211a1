"""Lots and temperatures that an event speaks of."""

from decimal import Decimal
from typing import Any

from app.traceability.enums import LotRole
from app.traceability.epcis.event import Event
from app.traceability.epcis.reader import read
from app.traceability.epcis.rules import Rule
from app.traceability.lots_of_event import LotLine, lot_lines, temperature_range, too_much
from tests.traceability.epcis.samples import as_bytes, document, object_event, sensor_event

GTIN = "06901234123456"
LINK = f"https://id.gs1.org/01/{GTIN}/10/L1"


def _event(event: dict[str, Any]) -> Event:
    (found,) = read(as_bytes(document(event))).events
    assert isinstance(found, Event)
    return found


def test_single_pieces_of_a_lot_do_not_hide_its_quantity() -> None:
    """A lot named by piece and by weight has the weight."""
    event = object_event(epcList=[f"{LINK}/21/1"], quantityList=[{"epcClass": LINK, "quantity": 5, "uom": "KGM"}])
    assert lot_lines(_event(event)) == [LotLine(GTIN, "L1", LotRole.OBJECT, Decimal(5), "KGM")]


def test_a_second_unit_does_not_count() -> None:
    """Kilograms are not added to pieces; the first unit told is kept."""
    amounts = [(2, "KGM"), (30, "H87"), (1, "KGM")]
    event = object_event(
        quantityList=[{"epcClass": LINK, "quantity": quantity, "uom": uom} for quantity, uom in amounts]
    )
    assert lot_lines(_event(event)) == [LotLine(GTIN, "L1", LotRole.OBJECT, Decimal(3), "KGM")]


def test_a_lot_without_a_quantity() -> None:
    """Not stated is not zero."""
    assert lot_lines(_event(object_event(quantityList=[{"epcClass": LINK}]))) == [
        LotLine(GTIN, "L1", LotRole.OBJECT, None, None)
    ]


def test_ilmd_describes_objects_and_outputs() -> None:
    """Inputs, parents and children were born elsewhere."""
    assert [role.name for role in LotRole if LotLine(GTIN, "L1", role, None, None).is_born] == ["OBJECT", "OUTPUT"]


def test_a_sum_may_be_too_much() -> None:
    """Two quantities that each fit need not fit together."""
    half = {"epcClass": LINK, "quantity": 5 * 10**10}
    whole = lot_lines(_event(object_event(quantityList=[half])))
    assert too_much(whole, "$") is None
    double = lot_lines(_event(object_event(quantityList=[half, half])))
    problem = too_much(double, "$")
    assert problem is not None
    assert (problem.rule, problem.path) == (Rule.QUANTITY_RANGE, "$")


def test_the_range_over_all_sensors() -> None:
    """The coldest and the warmest of all readings, whatever sensor they are of; one alarm is enough."""
    event = sensor_event()
    event["sensorElementList"].append({"sensorReport": [{"type": "Temperature", "uom": "FAH", "value": 30.2}]})
    assert temperature_range(_event(event)) == (Decimal("-1.00"), Decimal("11.25"), True)


def test_no_sensor_no_range() -> None:
    """An event without temperatures has none."""
    assert temperature_range(_event(object_event())) == (None, None, False)
