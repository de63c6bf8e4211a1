"""What is answered to an Accept header, and what counts as JSON."""

import pytest

from app.http.media_types import GRAPHQL_RESPONSE, JSON, acceptable, is_json
from tests.shop import Shop

CASES = {
    "": JSON,
    "*/*": JSON,
    "application/*": JSON,
    "application/json": JSON,
    "Application/JSON; Charset=UTF-8": JSON,
    "application/graphql-response+json": GRAPHQL_RESPONSE,
    "application/graphql-response+json; charset=utf-8": GRAPHQL_RESPONSE,
    "application/graphql-response+json, application/json;q=0.9": GRAPHQL_RESPONSE,
    "application/json;q=0.9, application/graphql-response+json": GRAPHQL_RESPONSE,
    "application/json, application/graphql-response+json": GRAPHQL_RESPONSE,
    "application/json, application/graphql-response+json;q=0.5": JSON,
    "application/graphql-response+json, */*": GRAPHQL_RESPONSE,
    "text/html, application/xhtml+xml, */*;q=0.8": JSON,
    "*/*, application/json;q=0": GRAPHQL_RESPONSE,
    "*/*, application/graphql-response+json;q=0": JSON,
    "application/*;q=0.5, */*;q=0": JSON,
    "application/json;q=0.001": JSON,
    "text/event-stream, application/json": JSON,
    "multipart/mixed;deferSpec=20220824, application/graphql-response+json, application/json;q=0.9": GRAPHQL_RESPONSE,
    "text/html": None,
    "text/*": None,
    "*/*;q=0": None,
    "application/json;q=0": None,
    "application/json;q=nonsense": None,
    "application/json;q=2": None,
    "application/json; charset=utf-16": None,
    "application/jsonx": None,
    "graphql-response+json": None,
    ",": JSON,
    ";;;,,=": None,
    "text/html" + ",text/x" * 1_000: None,
}


@pytest.mark.parametrize(("accept", "answered"), CASES.items(), ids=lambda value: ascii(value)[:70])
def test_the_best_acceptable_type_is_answered(accept: str, answered: str | None) -> None:
    """By weight, by the most specific range, then the newer type for who names it."""
    assert acceptable(accept) == answered


@pytest.mark.parametrize("accept", ["text/html", "application/json;q=0", "application/json;charset=gbk"])
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_nothing_acceptable_is_refused(accept: str, method: str, shop: Shop) -> None:
    """406, and nothing runs: an answer nobody can read."""
    asked = {"query": "{ categories { id } }"}
    answer = await shop.send(method, headers={"accept": accept}, **{"params" if method == "GET" else "json": asked})
    assert (answer.response.status_code, answer.codes) == (406, ["BAD_REQUEST"])
    assert answer.response.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.statements == []


async def test_several_accept_headers_are_one(shop: Shop) -> None:
    """As HTTP says of lists."""
    headers = [("accept", "text/html"), ("accept", "application/graphql-response+json")]
    answer = await shop.send(json={"query": "{ __typename }"}, headers=headers)
    assert answer.response.headers["content-type"] == "application/graphql-response+json; charset=utf-8"


@pytest.mark.parametrize(
    ("content_type", "is_taken"),
    [
        ("application/json", True),
        ("APPLICATION/JSON", True),
        ("application/json; charset=utf-8", True),
        ('application/json ; charset="UTF-8"', True),
        ("application/json;x=y", True),
        ("application/json; charset=utf-16", False),
        ("application/json; charset=latin1", False),
        ("application/json; charset", False),
        ("application/json; charset=utf-8; charset=gbk", False),
        ("application/json, text/plain", False),
        ("application/json; charset=utf-8, text/plain", False),
        ("text/plain; application/json", False),
        ("text/plain", False),
        ("application/jsonx", False),
        ("application/graphql", False),
        ("application/graphql-response+json", False),
        ("application/x-www-form-urlencoded", False),
        ("multipart/form-data; boundary=x", False),
        ("", False),
    ],
)
def test_json_in_utf_8_alone_is_taken(content_type: str, is_taken: bool) -> None:  # noqa: FBT001 - a case of the test
    """Exactly, whatever looks like it."""
    assert is_json(content_type) is is_taken
