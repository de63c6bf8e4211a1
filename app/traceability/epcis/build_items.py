"""The things of an event, read from its lists in a fixed order."""

from decimal import Decimal
from typing import cast

from app.traceability.epcis.context import Context
from app.traceability.epcis.event import Item, ItemRole
from app.traceability.epcis.identifiers import gs1_key
from app.traceability.epcis.json_types import JsonObject

_EPC_ROLES = {
    "epcList": ItemRole.EPC,
    "childEPCs": ItemRole.CHILD,
    "inputEPCList": ItemRole.INPUT,
    "outputEPCList": ItemRole.OUTPUT,
}
_QUANTITY_ROLES = {
    "quantityList": ItemRole.QUANTITY,
    "childQuantityList": ItemRole.CHILD_QUANTITY,
    "inputQuantityList": ItemRole.INPUT_QUANTITY,
    "outputQuantityList": ItemRole.OUTPUT_QUANTITY,
}


def items_of(event: JsonObject, context: Context) -> tuple[Item, ...]:
    """Every thing of a checked event: the parent, then single things, then quantities, as listed."""
    found: list[Item] = []
    if "parentID" in event:
        found.append(_item(ItemRole.PARENT, cast("str", event["parentID"]), context))
    for name, role in _EPC_ROLES.items():
        found += [_item(role, uri, context) for uri in cast("list[str]", event.get(name, []))]
    for name, role in _QUANTITY_ROLES.items():
        for element in cast("list[JsonObject]", event.get(name, [])):
            quantity = cast("int | Decimal | None", element.get("quantity"))
            found.append(
                _item(
                    role,
                    cast("str", element["epcClass"]),
                    context,
                    None if quantity is None else Decimal(quantity),
                    cast("str | None", element.get("uom")),
                )
            )
    return tuple(found)


def _item(role: ItemRole, uri: str, context: Context, quantity: Decimal | None = None, uom: str | None = None) -> Item:
    expanded = context.expand(uri)
    key = gs1_key(expanded)
    if key is None:
        return Item(role, expanded, quantity=quantity, uom=uom)
    return Item(role, expanded, key.gtin14, key.lot, key.serial, key.sscc, quantity, uom)
