"""What a document comes to is counted as if its fragments were written out, without writing them out."""

from dataclasses import replace
from typing import Any

import pytest
from graphql import parse
from hypothesis import given

from app.http.limits import FREE
from app.http.survey import FragmentCycleError, Survey, TooComplexError
from tests.http.trees import SCHEMA, VARIABLES, WrittenOut, documents

ENDLESS = replace(FREE, fields=10**9, aliases=10**9, directives=10**9, duplicates=10**9, depth=100)


def cost(text: str, **variables: Any) -> int:
    """The points of a document's only operation."""
    return Survey(SCHEMA, parse(text), FREE).cost.of(None, variables)


@given(text=documents(), variables=VARIABLES)
def test_a_memo_per_fragment_changes_no_count(text: str, variables: dict[str, Any]) -> None:
    """The same as walking every fragment again wherever it is spread."""
    document = parse(text)
    survey = Survey(SCHEMA, document, ENDLESS)
    slowly = WrittenOut(document, variables)
    assert survey.cost.of("Q", variables) == survey.cost.of(None, variables) == slowly.cost
    counted = survey.measure
    assert (counted.fields, counted.aliases, counted.directives, counted.depth) == (
        slowly.fields,
        slowly.aliases,
        slowly.directives,
        slowly.depth,
    )


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("{ __typename }", 0),
        ("{ tree { leaf } }", 1),
        ("{ tree { leaf leaves } }", 1),
        ("{ tree { tree { tree { leaf } } } }", 3),
        ("{ dear { leaf dearLeaf } }", 10),
        ("{ trees { leaf } }", 10),
        ("{ trees { trees { leaf } } }", 10 * (1 + 10)),
        ("{ pair { tree { leaf } } }", 2 * (1 + 1)),
        ("{ page { next } }", 1),
        ("{ page { nodes { leaf } } }", 1 + 20),
        ("{ page(first: 3) { nodes { leaf } } }", 1 + 3),
        ("{ page(first: 3) { edges { node { leaf } } } }", 1 + 3 * (1 + 1)),
        ("{ page(first: 3) { nodes { leaf } edges { node { leaf } } pair { leaf } } }", 1 + 3 + 6 + 2),
        ("{ page(first: 3) { ...P } } fragment P on Page { nodes { leaf } }", 1 + 3),
        ("{ page(first: 3) { nodes { page(first: 4) { nodes { leaf } } } } }", 1 + 3 * (1 + 1 + 4)),
        ("{ by(ids: [1, 2, 3]) { leaf } }", 3),
        ("{ by { leaf } }", 5),
        ("{ page(first: -3) { nodes { leaf } } }", 1),
        ("{ page(first: 1000000) { nodes { leaf } } }", 1 + 100),
        (f"{{ page(first: {'9' * 4000}) {{ nodes {{ leaf }} }} }}", 1 + 100),
        ("{ page(first: null) { nodes { leaf } } }", 1 + 20),
        ('{ page(first: "3") { nodes { leaf } } }', 1 + 20),
        ("{ a: tree { leaf } b: tree { leaf } }", 2),
        ("mutation { write { leaf } }", 10),
        ("mutation { write { trees { leaf } } a: writeLeaf }", 10 + 10 + 10),
        ("{ nothing { at { all } } }", 0),
        ("{ tree { ...Missing } }", 1),
        ("fragment F on Tree { trees { leaf } } { tree { ...F ...F } }", 1 + 10 + 10),
        ("{ __schema { types { name fields { name } } } }", 1 + 50 + 1 + 50 + 1),
    ],
)
def test_the_points_of_a_document(text: str, points: int) -> None:
    """By hand: objects 1, leaves 0, a mutation 10, lists times their size, weights as declared."""
    assert cost(text) == points


@pytest.mark.parametrize(
    ("variables", "size"),
    [
        ({}, 20),
        ({"n": None}, 20),
        ({"n": 7}, 7),
        ({"n": 0}, 0),
        ({"n": -1}, 0),
        ({"n": 2**63}, 100),
        ({"n": 7.0}, 7),
        ({"n": float("inf")}, 100),
        ({"n": float("nan")}, 20),
        ({"n": "7"}, 20),
        ({"n": True}, 20),
        ({"n": {}}, 20),
    ],
)
def test_a_variable_says_the_size(variables: dict[str, Any], size: int) -> None:
    """What is no number is refused when the document runs; until then the assumed size counts."""
    assert cost("query ($n: Int) { page(first: $n) { nodes { leaf } } }", **variables) == 1 + size


def test_a_variable_has_its_operations_default() -> None:
    """Of two operations around one fragment, each its own."""
    text = """
      query A($n: Int = 2) { page(first: $n) { ...P } }
      query B($n: Int = 3) { page(first: $n) { ...P } ...R }
      fragment P on Page { nodes { page(first: $n) { nodes { leaf } } } }
      fragment R on Query { page(first: $n) { next } }
    """
    found = Survey(SCHEMA, parse(text), FREE).cost
    assert found.of("A", {}) == 1 + 2 * (1 + 1 + 2)
    assert found.of("B", {}) == 1 + 3 * (1 + 1 + 3) + 1
    assert found.of("B", {"n": 1}) == 1 + 1 * (1 + 1 + 1) + 1


@pytest.mark.parametrize("text", ["{ ...A }", "{ leaf }"], ids=["spread", "not-spread"])
def test_fragments_in_a_circle_are_refused(text: str) -> None:
    """By name, also where no operation uses them."""
    circle = "fragment A on Query { tree { ...B } } fragment B on Tree { tree { ...C } } fragment C on Tree { ...B }"
    with pytest.raises(FragmentCycleError, match='Fragment "B" spreads itself'):
        Survey(SCHEMA, parse(f"{text} {circle}"), FREE)


@pytest.mark.parametrize(
    ("what", "text", "count"),
    [
        ("definitions", "query A { __typename } query B { __typename } fragment F on Tree { leaf }", 3),
        ("depth", "{ tree { ... { ...F } } } fragment F on Tree { tree { leaf } }", 5),
        ("fields", "{ tree { ...F ...F } } fragment F on Tree { leaf dearLeaf }", 5),
        ("fields", "query A { a: __typename } query B { b: __typename }", 2),
        ("aliases", "{ a: tree { ...F ...F } } fragment F on Tree { b: leaf }", 3),
        (
            "directives",
            "query ($n: Int @x) @x { tree @x { ...F @x ... @x { leaf } } } fragment F on Tree @x { leaf }",
            6,
        ),
        ("duplicates", "{ tree { leaf leaf leaf } tree { leaf } }", 1 + 6),
        ("duplicates", "{ tree { ...F ...F leaf } tree { ...F } } fragment F on Tree { tree { leaf leaf } }", 1 + 1),
        ("duplicates", "{ a: tree { leaf } b: tree { leaf } }", 0),
        ("duplicates", "{ __typename } fragment Unused on Tree { leaf leaf }", 1),
    ],
)
def test_each_limit_is_exact(what: str, text: str, count: int) -> None:
    """As many as allowed are let through, one more is not."""
    document = parse(text)
    Survey(SCHEMA, document, replace(FREE, **{what: count}))
    if count:
        with pytest.raises(TooComplexError) as caught:
            Survey(SCHEMA, document, replace(FREE, **{what: count - 1}))
        assert (caught.value.what, caught.value.maximum) == (what, count - 1)
