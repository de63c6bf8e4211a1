"""Laboratories file reports, and quality management decides on them: once, checked, audited, told."""

import asyncio
from datetime import timedelta
from typing import Any

import asyncpg
import orjson
import pytest

from app.kit import clock, ids
from app.kit.caller import Caller, CallerKind
from app.traceability import reports
from tests.http.toy import bearer
from tests.rows import Rows
from tests.shop import NOW, Shop
from tests.traceability.filing import ACCEPT, FILE, ITEM, REJECT, Lab
from tests.traceability.filing import lab as make_lab

AUDIT = "SELECT caller, scope, action, entity_id FROM audit_entry ORDER BY id"
SHOWN = "query ($id: ID!) { node(id: $id) { id } lot(lotCode: $code) { inspectionReports { number } } }".replace(
    "$id: ID!", "$id: ID!, $code: String!"
)


@pytest.fixture
async def lab(bare_shop: Shop, rows: Rows) -> Lab:
    """A laboratory that may file."""
    return await make_lab(bare_shop, rows)


async def refused(lab: Lab, answer: str, message: str, facts: dict[str, Any] | None = None, **changes: Any) -> None:
    """A report with these changes is refused so, and nothing was changed."""
    before = await lab.everything()
    assert await lab.file(**changes) == {"__typename": answer, "message": message, **(facts or {})}
    assert await lab.everything() == before


async def test_a_report_is_filed_whole(lab: Lab) -> None:
    """The row, its file's use, the audit entry and the event, all of them in one transaction."""
    filed = await lab.file()
    assert filed | {"id": ""} == {
        "__typename": "InspectionReport",
        "id": "",
        "number": "DJ202611-000001",
        "lab": (await lab.rows.connection.fetchval("SELECT name FROM partner")),
        "sampleName": "水蜜桃",
        "sampledOn": "2026-11-19",
        "issuedOn": "2026-11-20",
        "verdict": "PASS",
        "status": "SUBMITTED",
        "rejectionReason": None,
        "items": [ITEM],
    }
    key = ids.decode(filed["id"], "InspectionReport")
    row = await lab.rows.connection.fetchrow("SELECT lot_id, partner_id, file_id, filed_by FROM inspection_report")
    assert tuple(row) == (lab.lot, lab.id, lab.upload, f"partner:{lab.id}")
    assert await lab.rows.connection.fetchval("SELECT referenced_at FROM upload") == NOW
    assert [tuple(row) for row in await lab.rows.connection.fetch(AUDIT)] == [
        (f"partner:{lab.id}", "reports:file", "file", key)
    ]
    event = await lab.rows.connection.fetchrow("SELECT type, payload, partner_id FROM partner_event")
    told = {"inspectionReport": filed["id"], "lot": ids.encode("Lot", lab.lot)}
    assert (event["type"], orjson.loads(event["payload"]), event["partner_id"]) == (
        "InspectionReportFiled",
        told,
        lab.id,
    )
    assert await lab.rows.connection.fetchval("SELECT entrypoint FROM pgqueuer") == "webhooks.fan_out"


async def test_a_retry_files_nothing_twice(lab: Lab) -> None:
    """The same answer; also when both arrive at once."""
    first, again = await asyncio.gather(lab.file(), lab.file())
    assert first == again
    before = await lab.everything()
    assert await lab.file() == first
    assert await lab.everything() == before
    assert await lab.rows.connection.fetchval("SELECT count(*) FROM inspection_report") == 1
    assert await lab.rows.connection.fetchval("SELECT count(*) FROM partner_event") == 1
    text = "This idempotency key was used for another input before: take a new one."
    await refused(lab, "IdempotencyKeyReused", text, number="DJ202611-000002")


async def test_a_lot_is_found_by_its_code(lab: Lab) -> None:
    """With the GTIN where several items share it."""
    code, gtin = await lab.rows.connection.fetchrow("SELECT lot_code, gtin FROM lot WHERE id = $1", lab.lot)
    await lab.rows.lot(None, lot_code=code)
    ambiguous = "Several trade items have a lot of this code: give gtin too."
    await refused(lab, "LotAmbiguous", ambiguous, lotId=None, lotCode=code)
    await refused(lab, "LotNotFound", "There is no such lot.", lotId=None, lotCode=code, gtin="0" * 14)
    await refused(lab, "LotNotFound", "There is no such lot.", lotId=None, lotCode="no such code")
    await refused(lab, "LotNotFound", "There is no such lot.", lotId=ids.encode("Lot", 2**62))
    assert (await lab.file(lotId=None, lotCode=code, gtin=gtin))["__typename"] == "InspectionReport"


async def test_a_number_is_used_once_per_laboratory(lab: Lab) -> None:
    """Another laboratory may have the same."""
    await lab.file()
    second = await lab.rows.upload(f"partner:{lab.id}")
    changes = {"idempotencyKey": "report-0002", "uploadId": ids.encode("Upload", second)}
    await refused(lab, "ReportNumberTaken", "A report of this number was filed before.", **changes)
    other = await make_lab(lab.shop, lab.rows)
    assert (await other.file())["__typename"] == "InspectionReport"


@pytest.mark.parametrize(
    ("sampled", "issued"),
    [("2026-11-20", "2026-11-19"), ("2026-11-20", "2026-11-21"), ("2024-11-19", "2026-11-20")],
)
async def test_days_are_in_order_and_within_bounds(lab: Lab, sampled: str, issued: str) -> None:
    """Sampling, issuing, today in Shanghai; at most two years ago."""
    text = "Sampling comes before issuing, and both are from 2024-11-20 to 2026-11-20."
    bounds = {"earliest": "2024-11-20", "latest": "2026-11-20"}
    await refused(lab, "ReportDatesWrong", text, bounds, sampledOn=sampled, issuedOn=issued)
    assert (await lab.file(sampledOn="2024-11-20"))["status"] == "SUBMITTED"


async def test_items_are_there_and_not_too_many(lab: Lab) -> None:
    """1 to 200."""
    for count in (0, 201):
        bounds = {"least": 1, "most": 200}
        await refused(lab, "ReportItemsWrong", "A report has 1 to 200 items.", bounds, items=[ITEM] * count)
    assert len((await lab.file(items=[ITEM] * 200))["items"]) == 200


async def test_verdicts_follow_from_what_was_measured(lab: Lab) -> None:
    """Each item's, told by position, and the conclusion."""
    over, none = ITEM | {"value": "0.021"}, ITEM | {"limit": "不得检出", "value": "0.1", "verdict": "PASS"}
    text = "The verdicts of some items do not follow from their limits and results."
    await refused(lab, "ItemVerdictsWrong", text, {"positions": [1, 3]}, items=[ITEM, over, ITEM, none])
    fails = over | {"verdict": "FAIL"}
    text = "The conclusion does not follow from the items."
    await refused(lab, "ConclusionWrong", text, {"expected": "FAIL"}, items=[ITEM, fails])
    await refused(lab, "ConclusionWrong", text, {"expected": "PASS"}, conclusion="FAIL")
    assert (await lab.file(items=[ITEM, fails], conclusion="FAIL"))["verdict"] == "FAIL"


async def test_the_file_is_the_laboratorys_own_unused_pdf(lab: Lab) -> None:
    """Nobody else's, no picture, not one that stands in a report already."""
    other = await lab.rows.upload("partner:999999")
    picture = await lab.rows.upload(f"partner:{lab.id}", content_type="image/webp", width=1, height=1)
    used = await lab.rows.upload(f"partner:{lab.id}", referenced_at=NOW)
    for upload, answer, message in (
        (other, "UploadNotFound", "The uploaded file is not there. Please upload it again."),
        (2**62, "UploadNotFound", "The uploaded file is not there. Please upload it again."),
        (picture, "UploadOfWrongKind", "Another kind of file is needed here."),
        (used, "UploadAlreadyUsed", "The file is used already. Please upload it again."),
    ):
        await refused(lab, answer, message, uploadId=ids.encode("Upload", upload))


async def test_a_file_goes_into_one_report(lab: Lab) -> None:
    """Of two filings at once with the same file one is refused."""
    answers = await asyncio.gather(lab.file(), lab.file(idempotencyKey="report-0002", number="DJ202611-000002"))
    assert sorted(each["__typename"] for each in answers) == ["InspectionReport", "UploadAlreadyUsed"]
    assert await lab.rows.connection.fetchval("SELECT count(*) FROM inspection_report") == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"idempotencyKey": "short"},
        {"number": ""},
        {"number": "  "},
        {"number": "9" * 61},
        {"number": "1\n2"},
        {"sampleName": "桃" * 81},
        {"lotCode": "also"},
        {"lotId": None},
        {"lotId": None, "lotCode": ""},
        {"lotId": "x"},
        {"uploadId": "x"},
        {"items": [ITEM | {"name": ""}]},
        {"items": [ITEM | {"value": "1" * 41}]},
    ],
    ids=ascii,
)
async def test_what_cannot_be_a_report_is_bad_input(lab: Lab, wrong: dict[str, Any]) -> None:
    """An error with a code, and nothing changed."""
    before = await lab.everything()
    answer = await lab.ask(FILE, input=lab.input(**wrong))
    assert answer.codes == ["BAD_USER_INPUT"]
    assert await lab.everything() == before


async def test_only_laboratories_with_the_scope_file(lab: Lab) -> None:
    """Not without a key, not with one without the scope, not a partner of another kind."""
    before = await lab.everything()
    asked = {"query": FILE, "variables": {"input": lab.input()}}
    assert (await lab.shop.send(json=asked)).codes == ["UNAUTHENTICATED"]
    bare = await lab.rows.api_key(lab.id, scopes=[])
    assert (await lab.ask(FILE, key=bare, input=lab.input())).codes == ["FORBIDDEN"]
    farm = await lab.rows.api_key(await lab.rows.partner(kind="SUPPLIER"))
    assert (await lab.ask(FILE, key=farm, input=lab.input())).codes == ["FORBIDDEN"]
    with clock.moved_to(NOW):
        staff = bearer(Caller(CallerKind.STAFF, 1, frozenset({"reports:file"})))
    assert (await lab.shop.send(json=asked, headers=staff)).codes == ["FORBIDDEN"]
    assert await lab.everything() == before


async def test_shoppers_see_a_report_when_it_is_accepted(lab: Lab) -> None:
    """Neither by its id nor at its lot before; accepting again changes nothing, rejecting is too late."""
    filed = await lab.file()
    code = await lab.rows.connection.fetchval("SELECT lot_code FROM lot WHERE id = $1", lab.lot)
    asked = {"id": filed["id"], "code": code}
    assert (await lab.shop.ask(SHOWN, **asked)).data == {"node": None, "lot": {"inspectionReports": []}}
    assert await lab.decide(ACCEPT, reportId=filed["id"]) == {
        "__typename": "InspectionReport",
        "status": "ACCEPTED",
        "rejectionReason": None,
    }
    before = await lab.everything()
    assert (await lab.decide(ACCEPT, reportId=filed["id"]))["status"] == "ACCEPTED"
    late = await lab.decide(REJECT, reportId=filed["id"], reason="样品不符")
    assert (late["__typename"], late["status"]) == ("ReportAlreadyDecided", "ACCEPTED")
    other = Caller(CallerKind.STAFF, 8, frozenset({"reports:review"}))
    assert (await lab.decide(ACCEPT, other, reportId=filed["id"]))["__typename"] == "ReportAlreadyDecided"
    assert await lab.everything() == before
    shown = (await lab.shop.ask(SHOWN, **asked)).data
    assert shown == {"node": {"id": filed["id"]}, "lot": {"inspectionReports": [{"number": "DJ202611-000001"}]}}
    assert [row["action"] for row in await lab.rows.connection.fetch(AUDIT)] == ["file", "accepted"]


async def test_a_rejected_report_tells_its_laboratory_why(lab: Lab) -> None:
    """And stays out of the shop."""
    filed = await lab.file()
    before = await lab.everything()
    for wrong in ("", " ", "字" * 301):
        asked = {"query": REJECT, "variables": {"input": {"reportId": filed["id"], "reason": wrong}}}
        with clock.moved_to(NOW):
            headers = bearer(Caller(CallerKind.STAFF, 7, frozenset({"reports:review"})))
        assert (await lab.shop.send(json=asked, headers=headers)).codes == ["BAD_USER_INPUT"]
    missing = await lab.decide(REJECT, reportId=ids.encode("InspectionReport", 2**62), reason="无")
    assert missing == {"__typename": "ReportNotFound", "message": "There is no such report."}
    assert await lab.everything() == before
    await lab.decide(REJECT, reportId=filed["id"], reason="样品编号不符")
    mine = "query ($number: String!) { filedInspectionReport(number: $number) { status rejectionReason } }"
    assert (await lab.ask(mine, number=filed["number"])).data["filedInspectionReport"] == {
        "status": "REJECTED",
        "rejectionReason": "样品编号不符",
    }
    assert (await lab.shop.ask("query ($id: ID!) { node(id: $id) { id } }", id=filed["id"])).data == {"node": None}


async def test_who_filed_does_not_decide(lab: Lab) -> None:
    """By a constraint, whatever scopes the caller has."""
    filed = await lab.file()
    before = await lab.everything()
    maker = Caller(CallerKind.PARTNER, lab.id, frozenset({"reports:review"}))
    answer = await lab.decide(ACCEPT, maker, reportId=filed["id"])
    assert answer == {"__typename": "MakerIsChecker", "message": "Who filed a report does not decide on it."}
    with pytest.raises(asyncpg.CheckViolationError):
        await lab.rows.connection.execute(
            reports.DECIDE, ids.decode(filed["id"], "InspectionReport"), "ACCEPTED", f"partner:{lab.id}", NOW, None
        )
    assert await lab.everything() == before


async def test_a_laboratory_lists_its_own_and_staff_all(lab: Lab) -> None:
    """Newest first, in pages; another laboratory's are not there."""
    other = await make_lab(lab.shop, lab.rows)
    await other.file()
    for number in ("1", "2", "3"):
        upload = ids.encode("Upload", await lab.rows.upload(f"partner:{lab.id}"))
        await lab.file(idempotencyKey=f"report-{number * 8}", number=number, uploadId=upload)
    mine = """query ($after: String) { filedInspectionReports(first: 2, after: $after) {
      nodes { number } totalCount pageInfo { hasNextPage endCursor } } }"""
    first = (await lab.ask(mine)).data["filedInspectionReports"]
    assert ([node["number"] for node in first["nodes"]], first["totalCount"]) == (["3", "2"], 3)
    rest = (await lab.ask(mine, after=first["pageInfo"]["endCursor"])).data["filedInspectionReports"]
    assert ([node["number"] for node in rest["nodes"]], rest["pageInfo"]["hasNextPage"]) == (["1"], False)
    theirs = '{ filedInspectionReport(number: "DJ202611-000001") { id } }'
    assert (await lab.ask(theirs)).data == {"filedInspectionReport": None}
    with clock.moved_to(NOW - timedelta(minutes=1)):
        headers = bearer(Caller(CallerKind.STAFF, 7, frozenset({"reports:review"})))
    asked = {"query": "{ inspectionReports(status: SUBMITTED) { nodes { number } } }"}
    listed = (await lab.shop.send(json=asked, headers=headers)).data["inspectionReports"]["nodes"]
    assert [node["number"] for node in listed] == ["3", "2", "1", "DJ202611-000001"]
    assert (await lab.shop.send(json=asked)).codes == ["UNAUTHENTICATED"]
