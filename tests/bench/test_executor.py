"""The short way of leaves answers what graphql-core answers, mishaps included."""

from typing import Any

import orjson
import pytest
from graphql import ExecutionResult, build_schema, execute, parse

from app.http.executor import LeafExecutor

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
    """What both executors make of the same thing; `later` is awaited, everything else is read."""
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
    for kind in (None, LeafExecutor):
        result = execute(schema, parse(DOCUMENT), root, executor_class=kind)
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
    plain, short = await answers({**GOOD, **changed})
    assert orjson.dumps(short.data) == orjson.dumps(plain.data)

    def told(result: ExecutionResult) -> list[bytes]:
        return sorted(orjson.dumps(error.formatted) for error in result.errors or ())

    assert told(short) == told(plain)
    assert {error.message for error in short.errors or ()} == set(messages)
