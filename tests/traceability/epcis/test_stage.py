"""The stage that shoppers see for an event."""

import pytest

from app.traceability.enums import EventAction, EventType, Stage
from app.traceability.epcis.stage import stage_of
from app.traceability.epcis.vocabulary import BIZ_STEP

OBJECT, TRANSFORMATION = EventType.OBJECT, EventType.TRANSFORMATION
ADD, OBSERVE = EventAction.ADD, EventAction.OBSERVE


@pytest.mark.parametrize(
    ("event_type", "biz_step", "action", "has_sensor_data", "expected"),
    [
        (OBJECT, "commissioning", ADD, False, Stage.HARVESTING),
        (OBJECT, "creating_class_instance", ADD, False, Stage.HARVESTING),
        (OBJECT, "commissioning", OBSERVE, False, None),
        (OBJECT, "sensor_reporting", OBSERVE, True, Stage.COOLING),
        (OBJECT, None, OBSERVE, True, Stage.COOLING),
        (OBJECT, None, OBSERVE, False, None),
        (OBJECT, "storing", OBSERVE, True, Stage.STORING),
        (OBJECT, "transporting", OBSERVE, True, Stage.SHIPPING),
        (EventType.AGGREGATION, "packing", ADD, False, Stage.PACKING),
        (TRANSFORMATION, "commissioning", None, False, Stage.PACKING),
        (TRANSFORMATION, None, None, False, Stage.PACKING),
        (TRANSFORMATION, "repackaging", None, False, Stage.PACKING),
        (TRANSFORMATION, "killing", None, False, None),
        (EventType.TRANSACTION, "shipping", ADD, False, Stage.SHIPPING),
        (OBJECT, "receiving", OBSERVE, False, Stage.RECEIVING),
        (OBJECT, "inspecting", OBSERVE, False, Stage.INSPECTING),
        (OBJECT, "retail_selling", OBSERVE, False, None),
        (OBJECT, "https://example.com/own-step", OBSERVE, False, None),
        (EventType.ASSOCIATION, "commissioning", ADD, True, None),
    ],
)
def test_stage_of_an_event(
    event_type: EventType,
    biz_step: str | None,
    action: EventAction | None,
    *,
    has_sensor_data: bool,
    expected: Stage | None,
) -> None:
    """A named step decides; without one the type and the sensor data do."""
    assert stage_of(event_type, biz_step, action, has_sensor_data=has_sensor_data) is expected


def test_every_stage_is_reached_by_a_cbv_step() -> None:
    """No stage is out of reach, and no step of the mapping is misspelt."""
    reached = {
        stage_of(OBJECT, step, action, has_sensor_data=True) for step in BIZ_STEP.words for action in EventAction
    }
    assert reached == {*Stage, None}
