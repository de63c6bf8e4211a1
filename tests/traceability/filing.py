"""A laboratory that files reports, and quality management, over the rows of a test."""

from dataclasses import dataclass
from typing import Any

import orjson

from app.kit import clock, ids
from app.kit.caller import Caller, CallerKind
from tests.http.toy import bearer
from tests.rows import Rows
from tests.shop import Answer, Shop

FILE = """mutation ($input: FileInspectionReportInput!) {
  fileInspectionReport(input: $input) {
    __typename
    ... on InspectionReport { id number lab sampleName sampledOn issuedOn verdict status rejectionReason
      items { name limit value unit method verdict } }
    ... on ReportDatesWrong { earliest latest }
    ... on ReportItemsWrong { least most }
    ... on ItemVerdictsWrong { positions }
    ... on ConclusionWrong { expected }
    ... on UserError { message }
  }
}"""
DECIDED = """ { __typename ... on InspectionReport { status rejectionReason }
  ... on ReportAlreadyDecided { status } ... on UserError { message } } }"""
ACCEPT = "mutation ($input: AcceptInspectionReportInput!) { acceptInspectionReport(input: $input)" + DECIDED
REJECT = "mutation ($input: RejectInspectionReportInput!) { rejectInspectionReport(input: $input)" + DECIDED
ITEM = {
    "name": "毒死蜱",
    "method": "GB 23200.113",
    "limit": "≤0.02",
    "value": "0.013",
    "unit": "mg/kg",
    "verdict": "PASS",
}
WRITTEN = ("inspection_report", "partner_event", "pgqueuer", "audit_entry", "idempotent_answer")
REVIEWER = Caller(CallerKind.STAFF, 7, frozenset({"reports:review"}))


@dataclass(frozen=True, slots=True)
class Lab:
    """A laboratory with a key, a lot to test and a report as PDF."""

    shop: Shop
    rows: Rows
    id: int
    key: str
    lot: int
    upload: int

    def input(self, **changes: Any) -> dict[str, Any]:
        """A report that is taken, but for the changes."""
        given = {
            "idempotencyKey": "report-0001",
            "lotId": ids.encode("Lot", self.lot),
            "number": "DJ202611-000001",
            "sampleName": "水蜜桃",
            "sampledOn": "2026-11-19",
            "issuedOn": "2026-11-20",
            "conclusion": "PASS",
            "items": [ITEM],
            "uploadId": ids.encode("Upload", self.upload),
        }
        return {name: value for name, value in (given | changes).items() if value is not None}

    async def ask(self, query: str, *, key: str | None = None, **variables: Any) -> Answer:
        """Asks with the laboratory's key."""
        headers = {"authorization": f"Bearer {key or self.key}", "accept-language": "en"}
        return await self.shop.send(json={"query": query, "variables": variables}, headers=headers)

    async def file(self, **changes: Any) -> dict[str, Any]:
        """Files a report; the answer."""
        found: dict[str, Any] = (await self.ask(FILE, input=self.input(**changes))).data["fileInspectionReport"]
        return found

    async def decide(self, query: str, caller: Caller = REVIEWER, **given: Any) -> dict[str, Any]:
        """Accepts or rejects as staff; the answer."""
        with clock.moved_to(self.shop.now):
            headers = bearer(caller) | {"accept-language": "en"}
        asked = {"query": query, "variables": {"input": given}}
        (found,) = (await self.shop.send(json=asked, headers=headers)).data.values()
        answer: dict[str, Any] = found
        return answer

    async def everything(self) -> bytes:
        """All that filing writes, to see that nothing was changed."""
        found = {
            name: await self.rows.connection.fetchval(f"SELECT json_agg(t ORDER BY id) FROM {name} t")
            for name in (*WRITTEN, "upload")
        }
        return orjson.dumps(found)


async def lab(shop: Shop, rows: Rows, **partner: Any) -> Lab:
    """A laboratory; what it writes is taken away after the test."""
    rows.tables |= set(WRITTEN)
    partner_id = await rows.partner(**partner)
    key = await rows.api_key(partner_id)
    upload = await rows.upload(f"partner:{partner_id}")
    return Lab(shop, rows, partner_id, key, await rows.lot(None), upload)
