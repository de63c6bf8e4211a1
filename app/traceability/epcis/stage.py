"""The stage of a lot's way that an event stands for, as shoppers see it."""

from app.traceability.enums import EventAction, EventType, Stage

_BY_STEP = {
    "packing": Stage.PACKING,
    "repackaging": Stage.PACKING,
    "loading": Stage.SHIPPING,
    "departing": Stage.SHIPPING,
    "shipping": Stage.SHIPPING,
    "transporting": Stage.SHIPPING,
    "arriving": Stage.RECEIVING,
    "unloading": Stage.RECEIVING,
    "receiving": Stage.RECEIVING,
    "accepting": Stage.RECEIVING,
    "inspecting": Stage.INSPECTING,
    "sampling": Stage.INSPECTING,
    "storing": Stage.STORING,
    "stocking": Stage.STORING,
    "staging_outbound": Stage.STORING,
}
_BEGINNINGS = frozenset({"commissioning", "creating_class_instance"})


def stage_of(
    event_type: EventType, biz_step: str | None, action: EventAction | None, *, has_sensor_data: bool
) -> Stage | None:
    """The stage, or None for an event that shoppers need not see.

    Harvesting is an ObjectEvent that commissions with ADD; a commissioning (or stepless) TransformationEvent is
    the first packing; cooling is an ObjectEvent that observes with sensor data and says no other step.

    Args:
        event_type: the type of the event.
        biz_step: the bare CBV word, a URI, or None.
        action: the action, None on a TransformationEvent.
        has_sensor_data: whether the event has sensor elements.
    """
    if biz_step in _BY_STEP:
        return _BY_STEP[biz_step]
    if event_type is EventType.TRANSFORMATION and (biz_step is None or biz_step in _BEGINNINGS):
        return Stage.PACKING
    if event_type is not EventType.OBJECT:
        return None
    if biz_step in _BEGINNINGS and action is EventAction.ADD:
        return Stage.HARVESTING
    if biz_step in {None, "sensor_reporting"} and action is EventAction.OBSERVE and has_sensor_data:
        return Stage.COOLING
    return None
