"""The short way of leaves answers what graphql-core answers, mishaps included."""

from typing import Any

import orjson
import pytest
from graphql import ExecutionResult, build_schema, execute, parse

from app.http.executor import LeafExecutor, Selections
from app.http.limits import REGISTERED
from app.http.prepared import prepare
from schema.built import GRAPHQL

SDL = """
enum Size { SMALL LARGE }
type Thing { name: String! note: String count: Int! size: Size tags: [String!]! next: Thing later: String! }
type Query { thing: Thing things: [Thing!] }
"""
DOCUMENT = """query ($yes: Boolean = true) {
  thing { second: name name ...Rest next { later note name @skip(if: $yes) } }
  things { __typename later count name note }
}
fragment Rest on Thing { size count tags note name }"""
GOOD = {"name": "a", "note": None, "count": 1, "size": "SMALL", "tags": ["x"], "next": None, "later": "b"}


def raising(_: Any) -> str:
    """A reader that fails."""
    raise ValueError("out of order")


async def answers(thing: dict[str, Any]) -> list[ExecutionResult]:
    """What graphql-core, the short way and its second request make of one thing; only `later` is awaited."""
    schema = build_schema(SDL)

    def read_of(name: str) -> Any:
        return lambda source: value(source) if callable(value := source[name]) else value

    async def later(source: dict[str, Any], _: Any) -> Any:
        return source["later"]

    for name, field in schema.type_map["Thing"].fields.items():  # type: ignore[attr-defined]  # an object type
        read = read_of(name)
        field.resolve = lambda source, _, read=read: read(source)
        if name == "later":
            field.resolve = later
        else:
            field.extensions["read"] = read
    root = {"thing": {**thing, "next": thing}, "things": [GOOD, thing]}
    found = []
    document, kept = parse(DOCUMENT), Selections()
    short = {"executor_class": LeafExecutor, "selections": kept}
    for way in ({}, short, short):
        result = execute(schema, document, root, **way)
        found.append(result if isinstance(result, ExecutionResult) else await result)
    return found


@pytest.mark.parametrize(
    ("changed", "messages"),
    [
        ({}, []),
        ({"note": "n", "size": "LARGE", "later": "c"}, []),
        ({"note": raising}, ["out of order"]),
        ({"count": raising}, ["out of order"]),
        ({"name": None}, ["Cannot return null for non-nullable field Thing.name."]),
        ({"count": "many"}, ["Int cannot represent non-integer value: 'many'"]),
        ({"size": "HUGE"}, ["Enum 'Size' cannot represent value: 'HUGE'"]),
        ({"later": None}, ["Cannot return null for non-nullable field Thing.later."]),
    ],
)
async def test_both_ways_answer_the_same(changed: dict[str, Any], messages: list[str]) -> None:
    """Values, their order, and every error with its path and place."""
    plain, short, again = await answers({**GOOD, **changed})
    assert orjson.dumps(short.data) == orjson.dumps(plain.data)

    def told(result: ExecutionResult) -> list[bytes]:
        return sorted(orjson.dumps(error.formatted) for error in result.errors or ())

    assert told(short) == told(plain)
    assert (again.data, told(again)) == (short.data, told(short))
    assert {error.message for error in short.errors or ()} == set(messages)


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        ("{ categories { ...Known } } fragment Known on Category { id }", True),
        ("query ($all: Boolean!) { categories { id name @include(if: $all) } }", False),
        ("query ($all: Boolean!) { categories { ...Known @skip(if: $all) } } fragment Known on Category { id }", False),
    ],
)
def test_what_directives_change_is_not_kept(text: str, *, is_kept: bool) -> None:
    """Requests share what a document asks for only if it is the same for all of them."""
    assert (prepare(GRAPHQL, text, REGISTERED).selections is not None) is is_kept


def test_a_document_is_collected_once() -> None:
    """The second request for a document finds everything the first one kept."""
    schema, kept = build_schema("type Query { a: Int b: Query }"), Selections()
    document = parse("{ a b { a b { a } } }")
    for _ in range(3):
        root = {"a": 1, "b": {"a": 2, "b": {"a": 3}}}
        result = execute(schema, document, root, executor_class=LeafExecutor, selections=kept)
        assert isinstance(result, ExecutionResult)
        assert result.data == root
    assert (len(kept.roots), len(kept.collected), len(kept.splits)) == (1, 2, 3)
