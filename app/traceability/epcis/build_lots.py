"""The lots of an event, read from its lists in a fixed order."""

from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from app.traceability.enums import LotRole
from app.traceability.epcis.context import Context
from app.traceability.epcis.event import LotItem
from app.traceability.epcis.identifiers import gs1_key
from app.traceability.epcis.json_types import JsonObject

_EPC_ROLES = {
    "epcList": LotRole.OBJECT,
    "childEPCs": LotRole.CHILD,
    "inputEPCList": LotRole.INPUT,
    "outputEPCList": LotRole.OUTPUT,
}
_QUANTITY_ROLES = {
    "quantityList": LotRole.OBJECT,
    "childQuantityList": LotRole.CHILD,
    "inputQuantityList": LotRole.INPUT,
    "outputQuantityList": LotRole.OUTPUT,
}


def lots_of(event: JsonObject, context: Context) -> Iterator[LotItem]:
    """Every thing of a checked event that has a GTIN and a lot: the parent, single things, quantities, as listed."""
    for role, uri, quantity, uom in _things(event):
        key = gs1_key(context.expand(uri))
        if key and key.gtin14 and key.lot:
            yield LotItem(role, key.gtin14, key.lot, quantity, uom)


def _things(event: JsonObject) -> Iterator[tuple[LotRole, str, Decimal | None, str | None]]:
    if "parentID" in event:
        yield LotRole.PARENT, cast("str", event["parentID"]), None, None
    for name, role in _EPC_ROLES.items():
        for uri in cast("list[str]", event.get(name, [])):
            yield role, uri, None, None
    for name, role in _QUANTITY_ROLES.items():
        for element in cast("list[JsonObject]", event.get(name, [])):
            quantity = cast("int | Decimal | None", element.get("quantity"))
            exact = None if quantity is None else Decimal(quantity)
            yield role, cast("str", element["epcClass"]), exact, cast("str | None", element.get("uom"))
