"""The what dimension: things, classes and quantities, containment, inputs and outputs."""

import re

from app.traceability.enums import EventAction, EventType
from app.traceability.epcis.inspection import Inspection
from app.traceability.epcis.json_types import Json, JsonObject
from app.traceability.epcis.members import QUANTITY_ELEMENT
from app.traceability.epcis.problems import shown
from app.traceability.epcis.rules import Rule

_EPC_LISTS = ("epcList", "childEPCs", "inputEPCList", "outputEPCList")
_QUANTITY_LISTS = ("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList")
_UOM = re.compile(r"[A-Z0-9]{2,3}\Z")


def check(
    event: JsonObject, event_type: EventType, action: EventAction | None, path: str, inspection: Inspection
) -> None:
    """Checks every identifier and quantity, and that the event names what its type must name."""
    for name in _EPC_LISTS:
        if name in event:
            _epcs(event[name], f"{path}.{name}", inspection)
    for name in _QUANTITY_LISTS:
        if name in event:
            for element, place in inspection.objects(event[name], f"{path}.{name}"):
                _quantity(element, place, inspection)
    _ids(event, path, inspection)
    if event_type is EventType.TRANSFORMATION:
        _inputs_and_outputs(event, path, inspection)
    elif event_type in {EventType.AGGREGATION, EventType.ASSOCIATION}:
        _containment(event, event_type, action, path, inspection)
    else:
        _named(event, event_type, action, path, inspection)


def _ids(event: JsonObject, path: str, inspection: Inspection) -> None:
    if "parentID" in event:
        inspection.identifier(event["parentID"], f"{path}.parentID")
        children = event.get("childEPCs")
        if isinstance(children, list) and event["parentID"] in children:
            inspection.refuse(Rule.PARENT_AMONG_CHILDREN, f"{path}.parentID", "the parent is its own child")
    if "transformationID" in event:
        inspection.uri(event["transformationID"], f"{path}.transformationID")


def _epcs(value: Json, path: str, inspection: Inspection) -> None:
    seen: set[str] = set()
    for item, place in inspection.items(value, path):
        if inspection.identifier(item, place) is None or not isinstance(item, str):
            continue
        if item in seen:
            inspection.refuse(Rule.LIST_DUPLICATE, place, f"{shown(item)} stands twice")
        seen.add(item)


def _quantity(element: JsonObject, path: str, inspection: Inspection) -> None:
    inspection.members(element, path, QUANTITY_ELEMENT)
    if "epcClass" in element:
        inspection.identifier(element["epcClass"], f"{path}.epcClass")
    else:
        inspection.refuse(Rule.MEMBER_MISSING, f"{path}.epcClass", "a quantity element has an epcClass")
    if "quantity" in element:
        quantity = inspection.number(element["quantity"], f"{path}.quantity")
        if quantity is not None and quantity < 0:
            inspection.refuse(Rule.QUANTITY_NEGATIVE, f"{path}.quantity", f"{quantity} is negative")
    if "uom" in element:
        uom = inspection.text(element["uom"], f"{path}.uom")
        if uom is not None and not _UOM.match(uom):
            inspection.refuse(Rule.UOM_FORMAT, f"{path}.uom", f"{shown(uom)} is not like KGM")
        if "quantity" not in element:
            inspection.refuse(Rule.UOM_WITHOUT_QUANTITY, f"{path}.uom", "a unit without a quantity")


def _named(
    event: JsonObject, event_type: EventType, action: EventAction | None, path: str, inspection: Inspection
) -> None:
    names = any(event.get(name) for name in ("epcList", "quantityList"))
    if event_type is EventType.OBJECT:
        if not names and not (event.get("sensorElementList") and "readPoint" in event):
            message = "an ObjectEvent has an epcList or a quantityList, or sensor data and a readPoint"
            inspection.refuse(Rule.WHAT_MISSING, path, message)
        return
    if not (names or "parentID" in event or action is EventAction.DELETE):
        inspection.refuse(Rule.WHAT_MISSING, path, "a TransactionEvent has an epcList or a quantityList")
    if not event.get("bizTransactionList"):
        place = f"{path}.bizTransactionList"
        inspection.refuse(Rule.TRANSACTIONS_MISSING, place, "a TransactionEvent has a business transaction")


def _containment(
    event: JsonObject, event_type: EventType, action: EventAction | None, path: str, inspection: Inspection
) -> None:
    if "parentID" not in event and not (event_type is EventType.AGGREGATION and action in {EventAction.OBSERVE, None}):
        inspection.refuse(Rule.PARENT_MISSING, f"{path}.parentID", "the event has no parentID")
    children = any(event.get(name) for name in ("childEPCs", "childQuantityList"))
    if not children and action is not EventAction.DELETE:
        inspection.refuse(Rule.CHILDREN_MISSING, path, "the event has no children")


def _inputs_and_outputs(event: JsonObject, path: str, inspection: Inspection) -> None:
    inputs = any(event.get(name) for name in ("inputEPCList", "inputQuantityList"))
    outputs = any(event.get(name) for name in ("outputEPCList", "outputQuantityList"))
    if inputs and outputs:
        return
    if "transformationID" not in event:
        missing = "inputs" if outputs else "outputs" if inputs else "inputs and outputs"
        inspection.refuse(Rule.INPUT_OUTPUT_MISSING, path, f"no {missing} and no transformationID")
    elif not inputs and not outputs:
        inspection.refuse(Rule.INPUT_OUTPUT_MISSING, path, "neither inputs nor outputs")
