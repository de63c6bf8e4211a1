"""The printed schema is the committed one, and says of everything what it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import DirectiveDefinitionNode, Node, parse

import schema
from schema.root import SCHEMA

COMMITTED = Path(schema.__file__).parent / "schema.graphql"
UNDESCRIBED = {"SchemaDefinitionNode"}  # it only names the root


def test_the_committed_schema_is_the_printed_one() -> None:
    """Reviews see every change of the schema; `make schema` renews the file."""
    assert COMMITTED.read_text("utf-8") == SCHEMA.as_str() + "\n"


def badly_described(text: str) -> list[str]:
    """The names of all definitions whose description is missing, empty or ends without a full stop."""
    return [
        path
        for definition in parse(text).definitions
        if type(definition).__name__ not in UNDESCRIBED
        for path, node in _described(definition, "")
        if node.description is None or not node.description.value.strip().endswith(".")
    ]


def _described(node: Node, above: str) -> Iterator[tuple[str, Node]]:
    path = f"{above}{node.name.value}"
    yield path, node
    for kind in ("fields", "arguments", "values"):
        # strawberry prints nothing for a directive's arguments: the directive's own description names them
        if kind in node.keys and not isinstance(node, DirectiveDefinitionNode):
            for child in getattr(node, kind) or ():
                yield from _described(child, f"{path}.")


def test_everything_is_described() -> None:
    """Types, fields, their arguments, enum values, input fields and directives."""
    assert badly_described(COMMITTED.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"A." type T { "B." f("C." a: Int): Int }', []),
        ('type T { "B." f: Int }', ["T"]),
        ('"A." type T { "B" f: Int }', ["T.f"]),
        ('"A." type T { "B." f(a: Int): Int }', ["T.f.a"]),
        ('"A." enum E { "" X }', ["E.X"]),
        ('"A." input I { i: Int }', ["I.i"]),
        ("scalar S", ["S"]),
        ("directive @d on FIELD", ["d"]),
    ],
)
def test_what_is_not_described_would_be_found(text: str, found: list[str]) -> None:
    """Each kind of definition."""
    assert badly_described(text) == found
