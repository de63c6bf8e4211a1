"""The audit log as those read it who look into it."""

import pytest

from app.kit import ids
from app.kit.caller import Caller, CallerKind
from tests.http.toy import bearer
from tests.rows import Rows, hours
from tests.shop import Answer, Shop
from tests.storefront.walking import walk

AUDITOR = Caller(CallerKind.STAFF, 9, frozenset({"audit:read"}))
LIST = """query ($first: Int!, $after: String, $filter: AuditFilter) {
  auditEntries(first: $first, after: $after, filter: $filter) {
    nodes { key: action caller scope touched before after traceId isSealed happenedAt }
    totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}"""


class Auditor:
    """Somebody who may read the log."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop

    async def ask(self, query: str, **variables: object) -> Answer:
        """Asks with the scope."""
        return await self.shop.send(json={"query": query, "variables": variables}, headers=bearer(AUDITOR))


@pytest.fixture
async def auditor(bare_shop: Shop, rows: Rows) -> Auditor:
    """Over six entries: three products, two people, two actions, an hour apart."""
    rows.tables |= {"audit_entry", "audit_seal", "audit_unsealed"}
    for number in range(6):
        await rows.connection.execute(
            """INSERT INTO audit_entry (happened_at, caller, scope, action, entity, entity_id, before, after, trace_id)
            VALUES ($1, $2, 'catalog:write', $3, 'Product', $4, $5, '{"n": 1}', NULL)""",
            hours(number),
            f"staff:{1 + number % 2}",
            f"act{number}" if number != 4 else "act2",
            number % 3,
            '{"price": 100}' if number else None,
        )
    return Auditor(bare_shop)


async def test_the_newest_comes_first_in_pages_of_any_size(auditor: Auditor) -> None:
    """To the end."""
    for first in (1, 2, 5, 100):
        listed = await walk(auditor, LIST, ("auditEntries",), first=first)
        assert listed == ["act5", "act2", "act3", "act2", "act1", "act0"]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, ["act5", "act2", "act3", "act2", "act1", "act0"]),
        ({"touched": ids.encode("Product", 2)}, ["act5", "act2"]),
        ({"touched": ids.encode("Sku", 2)}, []),
        ({"caller": "staff:2"}, ["act5", "act3", "act1"]),
        ({"action": "act2"}, ["act2", "act2"]),
        ({"since": hours(2).isoformat(), "until": hours(4).isoformat()}, ["act3", "act2"]),
        ({"caller": "staff:1", "action": "act2", "touched": ids.encode("Product", 1)}, ["act2"]),
        ({"caller": "x'; DROP TABLE audit_entry --"}, []),
    ],
)
async def test_entries_are_found(chosen: dict[str, str], found: list[str], auditor: Auditor) -> None:
    """By each condition and by several."""
    page = (await auditor.ask(LIST, first=10, filter=chosen)).data["auditEntries"]
    assert [each["key"] for each in page["nodes"]] == found
    assert page["totalCount"] == len(found)


async def test_an_entry_tells_everything(auditor: Auditor) -> None:
    """The thing by its global id, and the values as they were and became."""
    page = (await auditor.ask(LIST, first=1)).data["auditEntries"]
    assert page["nodes"] == [
        {
            "key": "act5",
            "caller": "staff:2",
            "scope": "catalog:write",
            "touched": ids.encode("Product", 2),
            "before": {"price": 100},
            "after": {"n": 1},
            "traceId": None,
            "isSealed": False,
            "happenedAt": "2026-11-20T07:00:00+00:00",
        }
    ]


@pytest.mark.parametrize(
    "given", [{"first": 0}, {"first": 101}, {"first": 1, "after": "x"}, {"first": 1, "filter": {"touched": "x"}}]
)
async def test_what_means_nothing_is_refused(given: dict[str, object], auditor: Auditor) -> None:
    """As everywhere."""
    assert (await auditor.ask(LIST, **given)).codes == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("scopes", [frozenset(), frozenset({"catalog:write", "me"})])
async def test_nobody_else_reads_it(scopes: frozenset[str], auditor: Auditor) -> None:
    """Neither a member of staff without the scope nor a visitor; no statement is run."""
    asked = {"query": LIST, "variables": {"first": 1}}
    answer = await auditor.shop.send(json=asked, headers=bearer(Caller(CallerKind.STAFF, 1, scopes)))
    assert (answer.response.status_code, answer.codes, answer.statements) == (403, ["FORBIDDEN"], [])
    visitor = await auditor.shop.send(json=asked)
    assert (visitor.response.status_code, visitor.codes, visitor.statements) == (401, ["UNAUTHENTICATED"], [])


async def test_six_entries_take_the_statements_of_one(auditor: Auditor) -> None:
    """One, where they are not counted."""
    one, many = [await auditor.ask(LIST.replace("totalCount", ""), first=first) for first in (1, 6)]
    assert len(many.data["auditEntries"]["nodes"]) == 6
    assert one.statements == many.statements
    assert len(one.statements) == 1
