"""Every rule has a document that is refused for it."""

import json
from typing import Any

from app.tables import Database
from app.traceability.epcis.rules import Rule
from tests.traceability.capturing import captured, imported, state
from tests.traceability.epcis.broken import BROKEN_EVENTS, BROKEN_FRAMES
from tests.traceability.epcis.samples import DROP, as_bytes, document, object_event

DATED = {"cbvmda:packagingDate": "2026-11-21", "cbvmda:itemExpirationDate": "2026-11-20"}
MORE: dict[Rule, list[dict[str, Any]]] = {
    Rule.EVENT_ID_TAKEN: [object_event(eventID="urn:x:1"), object_event(eventID="urn:x:1", disposition="damaged")],
    Rule.LOT_DATES: [object_event(ilmd=DATED)],
    Rule.QUANTITY_RANGE: [
        object_event(quantityList=[{"epcClass": "urn:epc:class:lgtin:6901234.012345.L1", "quantity": 10**11}])
    ],
}
"""What only the shop can refuse: the last of these events is."""


async def test_every_rule_refuses_something(database: Database) -> None:
    """Documents that break a rule alone, that contradict the shop, and an event in an unsound document: all rules."""
    refused = {rule for rule, _, _ in BROKEN_FRAMES + BROKEN_EVENTS}
    for rule, events in MORE.items():
        told = (await captured(database, *events))[-1]
        assert [name for name, _ in told] == [rule.name]
        refused.add(rule)
    around = await imported(database, as_bytes(document(object_event(), schemaVersion=DROP)))
    assert around == [[("DOCUMENT_REFUSED", "$")]]
    assert refused | {Rule.DOCUMENT_REFUSED} == set(Rule)


async def test_no_broken_document_leaves_anything(database: Database) -> None:
    """Each document of the tables is refused by the import as by the reader, and the tables stay empty."""
    for _, _, data in BROKEN_FRAMES + BROKEN_EVENTS:
        assert all(isinstance(told, list) for told in await imported(database, data)), data
    assert [rows for rows, _ in (await state(database)).values()] == [0, 0, 0, 0]


async def test_one_broken_event_does_not_hold_back_the_others(database: Database) -> None:
    """A document with one unsound event stores the others; an unsound document stores none of its events."""
    events = [object_event(eventID=f"urn:x:{number}", eventTime=f"2026-11-20T06:3{number}:00Z") for number in range(3)]
    events[1]["action"] = "CREATE"
    unsound = json.loads(json.dumps(document(*events, creationDate=DROP)))
    assert await imported(database, as_bytes(unsound)) == [
        [("DOCUMENT_REFUSED", "$")],
        [("ACTION_VALUE", "$.epcisBody.eventList[1].action")],
        [("DOCUMENT_REFUSED", "$")],
    ]
    assert [rows for rows, _ in (await state(database)).values()] == [0, 0, 0, 0]
    assert await captured(database, *events) == [
        "STORED",
        [("ACTION_VALUE", "$.epcisBody.eventList[1].action")],
        "STORED",
    ]
