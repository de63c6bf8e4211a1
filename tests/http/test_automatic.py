"""Automatic persisted queries, as Apollo's and urql's clients ask for them."""

import json
from typing import Any

import httpx
import pytest

from app.documents.entries import sha256
from app.http.automatic import KEPT, AutomaticQueries
from app.http.errors import RequestRefused
from app.kit.caller import VISITOR, Caller, CallerKind
from tests.http.toy import bearer
from tests.shop import IDS, Shop

TEXT = "query Automatic { hotWords }"
STRICT = {"accept": "application/graphql-response+json"}


def asked(digest: str, **members: Any) -> dict[str, Any]:
    """A request by hash."""
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest}}, **members}


def told(response: httpx.Response) -> tuple[int, str, str, str]:
    """Status, message, code and caching of a refusal with one error."""
    (error,) = response.json()["errors"]
    return response.status_code, error["message"], error["extensions"]["code"], response.headers["cache-control"]


async def test_a_text_is_sent_once_and_asked_for_by_its_hash_afterwards(shop: Shop) -> None:
    """The miss has the exact words, and is not kept by anybody; then POST and GET are answered."""
    text = f"{TEXT} # once"
    digest = sha256(text)
    missed = await shop.client.post("/graphql", json=asked(digest), headers=STRICT)
    assert told(missed) == (404, "PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND", "no-store")
    taught = await shop.send(json=asked(digest, query=text))
    again = await shop.send(json=asked(digest))
    got = await shop.send("GET", params={"extensions": json.dumps(asked(digest)["extensions"])}, headers=STRICT)
    assert taught.data == again.data == got.data


async def test_a_hash_of_another_text_is_refused_and_not_kept(shop: Shop) -> None:
    """Or one caller could put words into another's mouth."""
    digest = sha256(f"{TEXT} # other")
    response = await shop.client.post("/graphql", json=asked(digest, query=TEXT), headers=STRICT)
    assert told(response) == (400, "provided sha does not match query", "PERSISTED_QUERY_MISMATCH", "no-store")
    missed = await shop.client.post("/graphql", json=asked(digest), headers=STRICT)
    assert told(missed)[1] == "PersistedQueryNotFound"


async def test_a_text_that_is_not_valid_is_not_kept(shop: Shop) -> None:
    """It is refused as any other."""
    text = "query Automatic { nothing }"
    response = await shop.send(json=asked(sha256(text), query=text))
    assert response.codes == ["GRAPHQL_VALIDATION_FAILED"]
    assert (await shop.send(json=asked(sha256(text)))).codes == ["PERSISTED_QUERY_NOT_FOUND"]


async def test_the_hash_of_a_registered_document_is_answered_for_everybody(production: Shop) -> None:
    """Apollo's PersistedQueryLink sends it so; a text beside it must be the registered one."""
    digest = IDS["HotWords"].removeprefix("sha256:")
    for caller in (VISITOR, Caller(CallerKind.CUSTOMER, 1)):
        headers = {} if caller is VISITOR else bearer(caller)
        response = await production.client.post("/graphql", json=asked(digest), headers=headers)
        assert response.json() == {"data": {"hotWords": []}}
    response = await production.client.post("/graphql", json=asked(digest, query=TEXT), headers=STRICT)
    assert told(response)[2] == "PERSISTED_QUERY_MISMATCH"


@pytest.mark.parametrize("members", [{}, {"query": TEXT}])
async def test_who_may_not_send_documents_teaches_none(members: dict[str, str], production: Shop) -> None:
    """The exact words again; staff is answered."""
    for caller in (VISITOR, Caller(CallerKind.CUSTOMER, 1), Caller(CallerKind.PARTNER, 1)):
        headers = STRICT | ({} if caller is VISITOR else bearer(caller))
        response = await production.client.post("/graphql", json=asked(sha256(TEXT), **members), headers=headers)
        assert told(response) == (400, "PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED", "no-store")


@pytest.mark.parametrize(
    "given", [1, {}, {"version": 1}, {"version": 2, "sha256Hash": "x"}, {"version": 1, "sha256Hash": 1}]
)
async def test_what_is_no_persisted_query(given: object, shop: Shop) -> None:
    """Refused as a bad request, whatever else is sent."""
    answer = await shop.send(json={"query": TEXT, "extensions": {"persistedQuery": given}})
    assert (answer.codes, answer.statements) == (["BAD_REQUEST"], [])


def test_only_so_many_texts_are_kept() -> None:
    """The one that was not asked for longest goes."""
    kept = AutomaticQueries()
    for number in range(KEPT):
        kept.keep(str(number), "text")
    assert kept.text("0") == "text"
    kept.keep("new", "text")
    assert kept.text("0") == "text"
    with pytest.raises(RequestRefused):
        kept.text("1")
