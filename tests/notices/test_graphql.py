"""Notices as staff meet them."""

from typing import Any

import pytest

from app.accounts.enums import RoleCode
from app.documents import files
from app.kit import ids
from app.kit.caller import Caller, CallerKind
from schema.documents import TREE
from tests.accounts.desk import hire
from tests.http.toy import bearer
from tests.rows import Rows, days
from tests.shop import NOW, Answer, Shop

IDS = {each.name: each.id for each in files.read(TREE / "staff")}


async def notice(rows: Rows, number: int) -> int:
    """A notice that a product was taken off."""
    return await rows.insert(
        "staff_notice",
        kind="PRODUCT_UNPUBLISHED",
        entity="Product",
        entity_id=number,
        occasion="now",
        ends_on=days(-1),
        product_ids=[number],
        lot_ids=[7, 8],
        created_at=NOW,
    )


@pytest.fixture
async def reader(office: Shop, rows: Rows) -> Caller:
    """A quality manager."""
    desk = await hire(office, rows, "quality", RoleCode.QUALITY_MANAGER)
    return Caller(CallerKind.STAFF, desk.id, frozenset({"notices:handle"}))


async def send(shop: Shop, caller: Caller, document: str, /, **variables: Any) -> Answer:
    """A document's answer."""
    headers = {"accept-language": "en", **bearer(caller)}
    return await shop.send(json={"documentId": IDS[document], "variables": variables}, headers=headers)


async def handled(shop: Shop, caller: Caller, key: int) -> dict[str, Any]:
    """What handling a notice answers."""
    given = {"noticeId": ids.encode("StaffNotice", key)}
    found: dict[str, Any] = (await send(shop, caller, "NoticeHandle", input=given)).data["handleNotice"]
    return found


async def test_a_notice_is_handled_once(office: Shop, rows: Rows, reader: Caller) -> None:
    """It leaves the open ones, stays among all, and stays with whoever handled it first."""
    key = await notice(rows, 3)
    (listed,) = (await send(office, reader, "NoticeList")).data["notices"]["nodes"]
    assert listed == {
        "id": ids.encode("StaffNotice", key),
        "kind": "PRODUCT_UNPUBLISHED",
        "about": ids.encode("Product", 3),
        "endsOn": "2026-11-19",
        "productIds": [ids.encode("Product", 3)],
        "lotIds": [ids.encode("Lot", 7), ids.encode("Lot", 8)],
        "createdAt": "2026-11-20T02:00:00+00:00",
        "handledAt": None,
        "handledBy": None,
    }
    other = await hire(office, rows, "approver", RoleCode.CATALOGUE_APPROVER)
    again = Caller(CallerKind.STAFF, other.id, reader.scopes)
    done = await handled(office, reader, key)
    assert done["handledAt"] == "2026-11-20T02:00:00+00:00"
    assert await handled(office, again, key) == done
    assert await rows.connection.fetchval("SELECT handled_by_id FROM staff_notice") == reader.id
    assert (await send(office, reader, "NoticeList")).data["notices"]["nodes"] == []
    (kept,) = (await send(office, reader, "NoticeList", openOnly=False)).data["notices"]["nodes"]
    assert kept == {name: value for name, value in done.items() if name != "__typename"}
    noted = await rows.connection.fetch(
        "SELECT caller, action, entity_id FROM audit_entry WHERE entity = 'StaffNotice'"
    )
    assert [tuple(row) for row in noted] == [(f"staff:{reader.id}", "handle", key)]


async def test_a_notice_that_is_not_there(office: Shop, rows: Rows, reader: Caller) -> None:
    """A typed refusal; an id of something else is bad input. Nothing is written."""
    await notice(rows, 3)
    assert await handled(office, reader, 2**62) == {
        "__typename": "NoticeNotFound",
        "message": "There is no such notice.",
    }
    wrong = {"noticeId": ids.encode("Product", 3)}
    assert (await send(office, reader, "NoticeHandle", input=wrong)).codes == ["BAD_USER_INPUT"]
    assert await rows.connection.fetchval("SELECT count(*) FROM staff_notice WHERE handled_at IS NOT NULL") == 0
    assert await rows.connection.fetchval("SELECT count(*) FROM audit_entry WHERE entity = 'StaffNotice'") == 0


@pytest.mark.parametrize("open_only", [True, False])
async def test_notices_by_page(open_only: bool, office: Shop, rows: Rows, reader: Caller) -> None:  # noqa: FBT001 - a parameter of the test
    """Newest first, the second page behind the first, then nothing; a size or a cursor that cannot be."""
    keys = [await notice(rows, number) for number in range(1, 4)]
    first = (await send(office, reader, "NoticeList", openOnly=open_only, first=2)).data["notices"]
    behind = first["pageInfo"]["endCursor"]
    second = (await send(office, reader, "NoticeList", openOnly=open_only, first=2, after=behind)).data["notices"]
    seen = [ids.decode(each["id"], "StaffNotice") for each in first["nodes"] + second["nodes"]]
    assert seen == keys[::-1]
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)
    last = second["pageInfo"]["endCursor"]
    assert (await send(office, reader, "NoticeList", openOnly=open_only, after=last)).data["notices"]["nodes"] == []
    for wrong in ({"first": 0}, {"first": 51}, {"after": "?"}):
        assert (await send(office, reader, "NoticeList", openOnly=open_only, **wrong)).codes == ["BAD_USER_INPUT"]
