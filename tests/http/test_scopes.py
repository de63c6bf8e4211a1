"""A document that needs scopes runs for who has them all, and not at all for anybody else."""

import httpx
import pytest

from app.kit.caller import Caller, CallerKind
from tests.http import toy
from tests.http.toy import bearer

GRAPHQL = {"accept": "application/graphql-response+json"}


def _staff(*scopes: str) -> dict[str, str]:
    return bearer(Caller(CallerKind.STAFF, 3, frozenset(scopes)))


@pytest.mark.parametrize("accept", [{}, GRAPHQL], ids=["json", "graphql-response"])
async def test_a_visitor_is_told_to_say_who_it_is(accept: dict[str, str], toy_client: httpx.AsyncClient) -> None:
    """One error without a path, with the header that says how."""
    refused = await toy_client.post("/", json={"query": "{ short box { secret } }"}, headers=accept)
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    message = "This needs the scopes box:read, secret:read."
    assert refused.json() == {"errors": [{"message": message, "extensions": {"code": "UNAUTHENTICATED"}}]}


async def test_who_lacks_a_scope_is_told_which(toy_client: httpx.AsyncClient) -> None:
    """Only the missing one is named; what would have been allowed is not answered either."""
    asked = {"query": "{ short staffBox { secret } }"}
    refused = await toy_client.post("/", json=asked, headers=_staff("box:read"))
    assert refused.status_code == 403
    message = "This needs the scope secret:read."
    assert refused.json() == {"errors": [{"message": message, "extensions": {"code": "FORBIDDEN"}}]}
    assert "www-authenticate" not in refused.headers


async def test_who_has_every_scope_is_answered(toy_client: httpx.AsyncClient) -> None:
    """More scopes than needed do no harm."""
    asked = {"query": "{ staffBox { plain } box { secret } }"}
    answer = await toy_client.post("/", json=asked, headers=_staff("box:read", "secret:read", "else:write"))
    assert answer.json() == {"data": {"staffBox": {"plain": 2}, "box": {"secret": 7}}}


@pytest.mark.parametrize(
    "document",
    [
        "mutation { write staffWrite }",
        "mutation { staffWrite @skip(if: true) write }",
        "mutation { ...F } fragment F on Mutation { ... { alias: staffWrite } }",
        "query Q { short } mutation M { staffWrite }",
    ],
)
async def test_no_way_of_writing_it_slips_past(document: str, toy_client: httpx.AsyncClient) -> None:
    """Behind a fragment, an alias, a directive, or in an operation that is not the one asked for: nothing runs."""
    asked = {"query": document, "operationName": "Q" if "query Q" in document else None}
    refused = await toy_client.post("/", json=asked, headers=_staff("box:read"))
    assert refused.json()["errors"][0]["extensions"] == {"code": "FORBIDDEN"}
    assert toy.WRITTEN == []


async def test_a_writer_writes(toy_client: httpx.AsyncClient) -> None:
    """The scope alone is enough."""
    answer = await toy_client.post("/", json={"query": "mutation { staffWrite }"}, headers=_staff("box:write"))
    assert answer.json() == {"data": {"staffWrite": 1}}
    assert toy.WRITTEN.pop() == 1
