"""Random input: what no table thought of answers data, null or a refusal too."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kit import ids
from tests.http.arguments import ARGUMENTS, Argument, Kind, of_kind
from tests.http.test_bad_input import DRIVERS_WORDS
from tests.shop import Answer, Shop

SOME = settings(max_examples=25, deadline=None, database=None, derandomize=True)
CLIENTS_FAULTS = {"BAD_USER_INPUT", "BAD_REQUEST", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED"}

NAMES = st.sampled_from(["Product", "PickupPoint", "Category", "Sku", "Lot", "Review", "Money", "product", ""])
KEYS = st.integers() | st.text(max_size=5)
CODED = st.one_of(
    st.builds("{}:{}".format, NAMES, KEYS).map(str.encode),
    st.lists(st.integers() | st.text() | st.none() | st.floats(allow_nan=False)).map(
        lambda parts: repr(parts).encode()
    ),
    st.binary(max_size=60),
)
TEXTS = st.one_of(
    st.text(max_size=80),
    st.builds(ids.encode, NAMES, st.integers(0, 2**64)),
    CODED.map(lambda data: urlsafe_b64encode(data).rstrip(b"=").decode()),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**80), 2**80) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
# a cursor begins with the tag of its list and order: values behind a right tag come further than noise
MOMENTS = st.datetimes().map(lambda moment: f"{moment.isoformat()}+00:00")
VALUES = st.one_of(
    st.tuples(MOMENTS, st.integers(-(2**63), 2**63 - 1)),
    st.lists(st.integers(-(2**70), 2**70) | MOMENTS | st.text(max_size=8), min_size=1, max_size=3),
)


def assert_harmless(answer: Answer) -> None:
    """An answer, or a fault of the client's; nothing was written, nothing of ours is told."""
    assert answer.response.status_code < 500
    assert set(answer.codes) <= CLIENTS_FAULTS, answer.body
    assert not any(word in answer.response.text for word in DRIVERS_WORDS), answer.body
    assert all(statement.startswith("SELECT") for statement in answer.statements)


@pytest.mark.parametrize("argument", of_kind(Kind.TEXT, Kind.ID, Kind.CURSOR), ids=str)
@SOME
@given(text=TEXTS)
async def test_any_text_for_a_text(argument: Argument, text: str, shop: Shop) -> None:
    """Noise, and what is nearly an id or a cursor."""
    assert_harmless(await shop.ask(argument.query, x=text))


@pytest.mark.parametrize("argument", ARGUMENTS, ids=str)
@SOME
@given(value=JSON)
async def test_any_json_for_any_argument(argument: Argument, value: Any, shop: Shop) -> None:
    """Of the right kind or not, and of any size."""
    assert_harmless(await shop.ask(argument.query, x=value))


@pytest.mark.parametrize("argument", of_kind(Kind.CURSOR), ids=str)
@SOME
@given(values=VALUES)
async def test_any_values_in_a_cursor(argument: Argument, values: Sequence[Any], shop: Shop) -> None:
    """Behind the right tag: a page, or refused."""
    tag = json.loads(urlsafe_b64decode(argument.cursor + "=" * (-len(argument.cursor) % 4)))[0]
    cursor = urlsafe_b64encode(json.dumps([tag, *values], separators=(",", ":")).encode()).rstrip(b"=").decode()
    assert_harmless(await shop.ask(argument.query, x=cursor))


@SOME
@given(text=st.text(alphabet='{}()[]:$!"\\ab1-.@#\n\0…', max_size=60))
async def test_any_text_as_a_document(text: str, shop: Shop) -> None:
    """A document of noise does not parse, or is not valid."""
    answer = await shop.ask(text)
    assert_harmless(answer)
    assert answer.codes
    assert answer.statements == []
