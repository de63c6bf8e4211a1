"""The where and why dimensions: places, business step, disposition, transactions, sources, destinations."""

from app.traceability.epcis.inspection import Inspection
from app.traceability.epcis.json_types import Json, JsonObject
from app.traceability.epcis.members import BIZ_TRANSACTION, PERSISTENT_DISPOSITION, PLACE
from app.traceability.epcis.problems import shown
from app.traceability.epcis.rules import Rule
from app.traceability.epcis.vocabulary import (
    BIZ_STEP,
    BIZ_TRANSACTION_TYPE,
    DISPOSITION,
    SOURCE_DESTINATION_TYPE,
)

_WORDS = {"bizStep": (BIZ_STEP, Rule.BIZ_STEP), "disposition": (DISPOSITION, Rule.DISPOSITION)}


def check(event: JsonObject, path: str, inspection: Inspection) -> None:
    """Checks the form and the words of every member of the two dimensions."""
    for name in ("readPoint", "bizLocation"):
        if name in event:
            _place(event[name], f"{path}.{name}", inspection)
    for name, (vocabulary, rule) in _WORDS.items():
        if name in event:
            inspection.word(event[name], f"{path}.{name}", vocabulary, rule)
    if "persistentDisposition" in event:
        _persistent(event["persistentDisposition"], f"{path}.persistentDisposition", inspection)
    _lists(event, path, inspection)


def _lists(event: JsonObject, path: str, inspection: Inspection) -> None:
    if "bizTransactionList" in event:
        for entry, place in inspection.objects(event["bizTransactionList"], f"{path}.bizTransactionList"):
            _transaction(entry, place, inspection)
    for name, member in (("sourceList", "source"), ("destinationList", "destination")):
        if name in event:
            for entry, place in inspection.objects(event[name], f"{path}.{name}"):
                _party(entry, member, place, inspection)


def _place(value: Json, path: str, inspection: Inspection) -> None:
    place = inspection.object(value, path)
    if place is None:
        return
    inspection.members(place, path, PLACE)
    if "id" in place:
        inspection.identifier(place["id"], f"{path}.id")
    else:
        inspection.refuse(Rule.MEMBER_MISSING, f"{path}.id", "a place has an id")


def _persistent(value: Json, path: str, inspection: Inspection) -> None:
    persistent = inspection.object(value, path)
    if persistent is None:
        return
    inspection.members(persistent, path, PERSISTENT_DISPOSITION)
    if not any(name in persistent for name in PERSISTENT_DISPOSITION):
        inspection.refuse(Rule.MEMBER_MISSING, path, "a persistent disposition has set or unset")
    for name in sorted(PERSISTENT_DISPOSITION & persistent.keys()):
        place = f"{path}.{name}"
        if persistent[name] == []:
            inspection.refuse(Rule.LIST_EMPTY, place, f"{name} is empty")
        seen: set[str] = set()
        for item, item_path in inspection.items(persistent[name], place):
            inspection.word(item, item_path, DISPOSITION, Rule.DISPOSITION)
            if isinstance(item, str):
                if item in seen:
                    inspection.refuse(Rule.LIST_DUPLICATE, item_path, f"{shown(item)} stands twice")
                seen.add(item)


def _transaction(entry: JsonObject, path: str, inspection: Inspection) -> None:
    inspection.members(entry, path, BIZ_TRANSACTION)
    if "type" in entry:
        inspection.word(entry["type"], f"{path}.type", BIZ_TRANSACTION_TYPE, Rule.BIZ_TRANSACTION_TYPE)
    if "bizTransaction" in entry:
        inspection.uri(entry["bizTransaction"], f"{path}.bizTransaction")
    else:
        message = "an entry of bizTransactionList has a bizTransaction"
        inspection.refuse(Rule.MEMBER_MISSING, f"{path}.bizTransaction", message)


def _party(entry: JsonObject, member: str, path: str, inspection: Inspection) -> None:
    inspection.members(entry, path, ("type", member))
    if "type" in entry:
        inspection.word(entry["type"], f"{path}.type", SOURCE_DESTINATION_TYPE, Rule.SOURCE_DESTINATION_TYPE)
    else:
        inspection.refuse(Rule.MEMBER_MISSING, f"{path}.type", f"a {member} has a type")
    if member in entry:
        inspection.identifier(entry[member], f"{path}.{member}")
    else:
        inspection.refuse(Rule.MEMBER_MISSING, f"{path}.{member}", f"the entry names no {member}")
