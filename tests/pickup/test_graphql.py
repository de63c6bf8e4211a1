"""Points and their plans as staff meet them: registered documents, refusals as data, lists by page."""

from typing import Any

import pytest

from app.documents import files
from app.kit import ids
from schema.documents import TREE
from tests.http.toy import bearer
from tests.pickup.planning import STAFF, TOMORROW, Planner, planner
from tests.rows import Rows
from tests.shop import Shop

IDS = {each.name: each.id for each in files.read(TREE / "staff")}
NOWHERE = 2**62
POINT = {
    "code": "NEW-1",
    "name": "新店",
    "kind": "STORE",
    "city": "昆明市",
    "district": "五华区",
    "address": "某路9号",
    "phone": "0871-65109999",
    "latitude": "25.04",
    "longitude": "102.71",
    "opensAt": "08:00",
    "closesAt": "21:00",
    "prepMinutes": 45,
}
WINDOW = {"startsAt": "09:00", "endsAt": "11:00", "cutoffDaysBefore": 1, "cutoffAt": "20:00", "capacity": 6}


@pytest.fixture
async def desk(bare_shop: Shop, rows: Rows) -> Planner:
    """A point with slots every evening of the coming days."""
    return await planner(bare_shop, rows)


async def ask(desk: Planner, document: str, /, **variables: Any) -> Any:
    """The one field a document of staff's asks for."""
    headers = {"accept-language": "en", **bearer(STAFF)}
    sent = {"documentId": IDS[document], "variables": variables}
    (answer,) = (await desk.shop.send(json=sent, headers=headers)).data.values()
    return answer


async def write(desk: Planner, document: str, /, **given: Any) -> Any:
    """What a mutation answers."""
    return await ask(desk, document, input=given)


async def test_a_point_from_its_first_day_to_its_last(desk: Planner) -> None:
    """Made once, changed, planned, suspended, reopened, closed; each step by its document."""
    made = [await write(desk, "PickupPointCreate", idempotencyKey="create-1", **POINT) for _ in range(2)]
    assert made[0] == made[1]
    assert (made[0]["code"], made[0]["status"], made[0]["opensAt"]) == ("NEW-1", "OPEN", "08:00:00")
    point = {"pickupPointId": made[0]["id"]}
    assert (await write(desk, "PickupPointChange", **point, name="老店", closesAt="22:00"))["closesAt"] == "22:00:00"
    weekday = {"weekday": TOMORROW.isoweekday()}
    added = await write(desk, "SlotRuleAdd", idempotencyKey="rule-1234", **point, **weekday, **WINDOW)
    assert (added["slotsOpened"], added["slotRule"]["isActive"]) == (1, True)
    rule = {"slotRuleId": added["slotRule"]["id"]}
    assert (await write(desk, "SlotRuleChange", **rule, capacity=7))["slotRule"]["capacity"] == 7
    assert (await write(desk, "SlotRuleDeactivate", **rule))["slotsWithdrawn"] == 1
    assert (await write(desk, "SlotRuleActivate", **rule))["slotsOpened"] == 1
    closed = await write(desk, "DayClose", idempotencyKey="day-12345", **point, closedOn=str(TOMORROW), reason="盘点")
    assert (closed["slotsWithdrawn"], closed["slotClosure"]["reason"]) == (1, "盘点")
    assert (await write(desk, "DayOpen", slotClosureId=closed["slotClosure"]["id"]))["slotsOpened"] == 1
    noon = WINDOW | {"startsAt": "12:00", "endsAt": "13:00"}
    extra = await write(desk, "ExtraSlotAdd", idempotencyKey="extra-123", **point, opensOn=str(TOMORROW), **noon)
    (_, slot) = await ask(desk, "SlotsOn", **point, on=str(TOMORROW))
    assert (slot["startsAt"], slot["capacity"], slot["isOpen"]) == (f"{TOMORROW}T04:00:00+00:00", 6, True)
    assert (await write(desk, "SlotCapacitySet", pickupSlotId=slot["id"], capacity=2))["remaining"] == 2
    assert (await write(desk, "ExtraSlotRemove", extraSlotId=extra["extraSlot"]["id"]))["slotsWithdrawn"] == 1
    assert (await write(desk, "PickupPointSuspend", **point))["pickupPoint"]["status"] == "SUSPENDED"
    assert (await write(desk, "PickupPointReopen", **point))["pickupPoint"]["status"] == "OPEN"
    assert (await write(desk, "PickupPointClose", **point))["pickupPoint"]["status"] == "CLOSED"
    listed = (await ask(desk, "PickupPointList"))["nodes"]
    assert (listed[0]["name"], listed[0]["status"]) == ("老店", "CLOSED")
    assert len(await desk.audited()) == 14


async def test_refusals_are_data_and_change_nothing(desk: Planner) -> None:
    """With the facts to act on; ids that name nothing."""
    slot = await desk.reserve(TOMORROW, 3)
    point, nowhere = ({"pickupPointId": ids.encode("PickupPoint", key)} for key in (desk.point, NOWHERE))
    code = await desk.rows.connection.fetchval("SELECT code FROM pickup_point")
    before = await desk.everything()
    day = {"closedOn": str(TOMORROW), "reason": "盘点", "idempotencyKey": "refused-1"}
    assert await write(desk, "DayClose", **point, **day) == {
        "__typename": "PlacesReserved",
        "places": 3,
        "message": "3 places are reserved: move them first.",
    }
    assert (await write(desk, "PickupPointClose", **point))["places"] == 3
    capacity = {"pickupSlotId": ids.encode("PickupSlot", slot), "capacity": 2}
    assert (await write(desk, "SlotCapacitySet", **capacity))["reserved"] == 3
    taken = POINT | {"code": code, "idempotencyKey": "refused-2"}
    assert (await write(desk, "PickupPointCreate", **taken))["__typename"] == "PickupPointCodeTaken"
    weekly = {"weekday": 1, "idempotencyKey": "refused-3", **WINDOW, "endsAt": "17:30"}
    assert (await write(desk, "SlotRuleAdd", **point, **weekly))["__typename"] == "WindowOverlaps"
    every: dict[str, dict[str, Any]] = {
        "DayClose": day,
        "ExtraSlotAdd": {"opensOn": str(TOMORROW), "idempotencyKey": "refused-4", **WINDOW},
        "PickupPointChange": {},
        "PickupPointClose": {},
        "PickupPointReopen": {},
        "PickupPointSuspend": {},
        "SlotRuleAdd": weekly,
    }
    for name, given in every.items():
        assert (await write(desk, name, **nowhere, **given))["__typename"] == "PickupPointNotFound"
    assert await desk.everything() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "?"},
        {"name": " "},
        {"address": "长" * 121},
        {"phone": "1\n2"},
        {"latitude": "91"},
        {"longitude": "NaN"},
        {"opensAt": "21:00"},
        {"closesAt": "22:00:00+08:00"},
        {"prepMinutes": -1},
    ],
)
async def test_a_point_that_cannot_be(wrong: dict[str, Any], desk: Planner) -> None:
    """Bad input, told in a sentence, with nothing changed."""
    before = await desk.everything()
    sent = {
        "documentId": IDS["PickupPointCreate"],
        "variables": {"input": {"idempotencyKey": "wrong-123", **POINT, **wrong}},
    }
    assert (await desk.shop.send(json=sent, headers=bearer(STAFF))).codes == ["BAD_USER_INPUT"]
    assert await desk.everything() == before


@pytest.mark.parametrize("name", ["PickupPointList", "SlotRuleList", "SlotClosureList", "ExtraSlotList"])
async def test_lists_by_page(name: str, desk: Planner) -> None:
    """Newest first, the second page behind the first; a page of nothing; a size or cursor that cannot be."""
    for number in range(1, 4):
        day = {"pickup_point_id": desk.point}
        await desk.rows.insert("slot_closure", closed_on=TOMORROW.replace(day=number), reason="盘点", **day)
        window = {"cutoff_days_before": 1, "capacity": 5}
        times = await desk.rows.connection.fetchrow("SELECT starts_at, ends_at, cutoff_at FROM slot_rule LIMIT 1")
        await desk.rows.insert("extra_slot", opens_on=TOMORROW.replace(day=number), **day, **window, **dict(times))
    for _ in range(2):
        await desk.rows.point()
    of = {} if name == "PickupPointList" else {"pickupPointId": ids.encode("PickupPoint", desk.point)}
    whole = [each["id"] for each in (await ask(desk, name, **of))["nodes"]]
    first = await ask(desk, name, **of, first=2)
    second = await ask(desk, name, **of, first=2, after=first["pageInfo"]["endCursor"])
    assert [each["id"] for each in first["nodes"] + second["nodes"]] == whole[:4]
    assert (len(first["nodes"]), first["pageInfo"]["hasNextPage"]) == (2, True)
    keys = [ids.parse(each)[1] for each in whole]
    assert keys == sorted(keys, reverse=True)
    if of:
        empty = await ask(desk, name, pickupPointId=ids.encode("PickupPoint", NOWHERE))
        assert empty == {"nodes": [], "pageInfo": {"hasNextPage": False, "endCursor": None}}
    for wrong in ({"first": 0}, {"first": 51}, {"after": "?"}):
        sent = {"documentId": IDS[name], "variables": {**of, **wrong}}
        assert (await desk.shop.send(json=sent, headers=bearer(STAFF))).codes == ["BAD_USER_INPUT"]


async def test_a_day_without_slots(desk: Planner) -> None:
    """An empty list, of a day and of a point that is not there."""
    point, nowhere = (ids.encode("PickupPoint", key) for key in (desk.point, NOWHERE))
    assert await ask(desk, "SlotsOn", pickupPointId=point, on="2020-01-01") == []
    assert await ask(desk, "SlotsOn", pickupPointId=nowhere, on=str(TOMORROW)) == []
    assert [each["remaining"] for each in await ask(desk, "SlotsOn", pickupPointId=point, on=str(TOMORROW))] == [20]
