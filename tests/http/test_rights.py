"""Who may look into the schema."""

import httpx
import pytest

from app.http.rights import SCHEMA_READ
from app.kit.caller import Caller, CallerKind
from tests.http.toy import bearer

STAFF = Caller(CallerKind.STAFF, 1, frozenset({SCHEMA_READ}))
CLERK = Caller(CallerKind.STAFF, 2, frozenset({"orders:write"}))
INTROSPECTIONS = (
    "{ __schema { queryType { name } } }",
    '{ a: __type(name: "Box") { name } }',
    "{ ...F } fragment F on Query { ... { __schema { description } } }",
)
HELPED = {
    "{ shor }": "Did you mean 'short'?",
    "query ($x: Bx) { short }": "Did you mean 'Box'?",
    "{ list(id: 1) }": "Did you mean 'ids'?",
}


@pytest.mark.parametrize("query", INTROSPECTIONS)
async def test_introspection_needs_the_scope(query: str, production_client: httpx.AsyncClient) -> None:
    """A visitor may log in, a clerk may not look, staff with the scope may; `__typename` is for all."""
    asked = {"query": query}
    visitor = await production_client.post("/", json=asked)
    assert (visitor.status_code, visitor.headers["www-authenticate"]) == (401, "Bearer")
    assert visitor.json()["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}
    clerk = await production_client.post("/", json=asked, headers=bearer(CLERK))
    assert (clerk.status_code, clerk.json()["errors"][0]["extensions"]) == (403, {"code": "FORBIDDEN"})
    assert "data" not in clerk.json()
    assert "data" in (await production_client.post("/", json=asked, headers=bearer(STAFF))).json()
    assert (await production_client.post("/", json={"query": "{ __typename }"})).json() == {
        "data": {"__typename": "Query"}
    }


@pytest.mark.parametrize(("query", "help_"), HELPED.items())
async def test_names_are_proposed_to_those_who_may_look(
    query: str, help_: str, toy_client: httpx.AsyncClient, production_client: httpx.AsyncClient
) -> None:
    """Everybody in development; in production nobody else learns a name by guessing."""

    async def told(client: httpx.AsyncClient, headers: dict[str, str]) -> str:
        errors = (await client.post("/", json={"query": query}, headers=headers)).json()["errors"]
        return " ".join(error["message"] for error in errors)

    assert help_ in await told(toy_client, {})
    assert help_ in await told(production_client, bearer(STAFF))
    for headers in ({}, bearer(CLERK)):
        hidden = await told(production_client, headers)
        assert "Did you mean" not in hidden
        assert hidden.strip()


async def test_nor_does_a_value_teach_names(
    toy_client: httpx.AsyncClient, production_client: httpx.AsyncClient
) -> None:
    """Variables are coerced after validation, by another message."""
    asked = {"query": "query ($x: Colour!) { paint(with: $x) }", "variables": {"x": "REDD"}}
    assert "Did you mean" in (await toy_client.post("/", json=asked)).text
    refused = await production_client.post("/", json=asked)
    assert refused.json()["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}
    assert "RED'" not in refused.text.replace("REDD", "")
