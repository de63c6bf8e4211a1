"""What caches may keep: by the least maxAge, never what was asked with a token, never a refusal."""

import httpx
import pytest

from app.http.limits import FREE, REGISTERED
from app.http.prepared import prepare
from app.kit.caller import Caller, CallerKind
from schema.built import GRAPHQL
from schema.documents import MINIPROGRAM
from tests.http.toy import SCHEMA, bearer
from tests.shop import IDS, Shop

MAX_AGES = {
    "CategoryTree": 300,
    "CouponCenter": 15,
    "HomePage": 15,
    "LotTrace": 15,
    "PickupSlots": 15,
    "ProductDetail": 15,
    "ProductList": 15,
    "ProductReviews": 15,
}


@pytest.mark.parametrize("name", MAX_AGES)
async def test_a_document_is_kept_for_the_least_of_its_fields(name: str, shop: Shop) -> None:
    """The seconds of each registered document; CategoryTree over HTTP as well."""
    text = (MINIPROGRAM / f"{name}.graphql").read_text("utf-8")
    assert prepare(GRAPHQL, text, REGISTERED).max_age == MAX_AGES[name]


@pytest.mark.parametrize(
    ("document", "max_age"),
    [
        ("{ long }", 300),
        ("{ long short }", 15),
        ("{ long caller }", 0),
        ("{ box { plain } }", 60),
        ("{ box { plain brief } }", 5),
        ("{ ...F } fragment F on Query { long box { brief } }", 5),
        ("{ long __typename }", 300),
        ("{ __typename }", 0),
        ("{ __schema { types { name } } }", 0),
        ("{ long @skip(if: true) short }", 15),
    ],
)
def test_the_least_max_age_of_a_document(document: str, max_age: int) -> None:
    """A root field without one counts as 0, any other is as fresh as the object it stands on."""
    assert prepare(SCHEMA, document, FREE).max_age == max_age


async def test_a_get_is_kept_and_asked_again_by_etag(shop: Shop) -> None:
    """304 without a body while nothing changed: strong, weak, in a list, or any."""
    asked = {"documentId": IDS["CategoryTree"]}
    first = (await shop.send("GET", params=asked)).response
    assert first.headers["cache-control"] == "public, max-age=300"
    assert {"Accept-Language", "Authorization"} <= set(first.headers["vary"].split(", "))
    etag = first.headers["etag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}', f'"other",W/{etag} , "x"', "*"):
        again = (await shop.send("GET", params=asked, headers={"if-none-match": known})).response
        assert (again.status_code, again.content) == (304, b"")
        assert (again.headers["etag"], again.headers["cache-control"]) == (etag, "public, max-age=300")
        assert again.headers["vary"] == first.headers["vary"]
    for other in ('"other"', etag.strip('"'), ""):
        again = (await shop.send("GET", params=asked, headers={"if-none-match": other})).response
        assert (again.status_code, again.content) == (200, first.content)


async def test_another_answer_has_another_etag(shop: Shop) -> None:
    """The ETag is of the bytes."""
    answers = [
        (
            await shop.send("GET", params={"documentId": IDS["CouponCenter"], "variables": f'{{"first":{first}}}'})
        ).response
        for first in (1, 2, 1)
    ]
    assert answers[0].headers["etag"] == answers[2].headers["etag"] != answers[1].headers["etag"]


async def test_what_a_token_asked_for_is_nobody_elses(toy_client: httpx.AsyncClient) -> None:
    """Even when the fields are public."""
    headers = bearer(Caller(CallerKind.STAFF, 1))
    found = await toy_client.get("/", params={"query": "{ long }"}, headers=headers)
    assert found.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize("document", ["{ caller }", "{ long fails }", "{ __typename }", "{ nothing }"])
async def test_what_is_not_public_or_not_whole_is_not_kept(document: str, toy_client: httpx.AsyncClient) -> None:
    """A field without maxAge, an answer with errors, a refusal."""
    found = await toy_client.get("/", params={"query": document})
    assert found.headers["cache-control"] == "no-store"


async def test_a_post_is_not_kept(shop: Shop) -> None:
    """Caches do not ask what was posted."""
    response = (await shop.registered("CategoryTree")).response
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers
