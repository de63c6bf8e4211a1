"""What the seam between schema and rows hides from the type checkers (STYLE.md 0.1-0.4) holds all the same."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from graphql import GraphQLSchema

import resolvers
from app.loaders import Loaders
from resolvers.node import LOADERS
from schema.built import GRAPHQL
from tests.schema import binding_rules as rules

LONGEST_RESOLVER = 5  # lines, its docstring aside
RULES = [
    rules.unreadable,
    rules.ids_not_global,
    rules.crossed,
    rules.sources_disagree,
    rules.misfits,
    rules.unmarked,
    rules.not_refetchable,
    rules.bad_results,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_schema_is_bound(rule: Callable[[GraphQLSchema], list[str]]) -> None:
    """No field of the schema is an exception to a rule."""
    assert rule(GRAPHQL) == []


def test_every_type_is_reached_from_the_root() -> None:
    """Else a rule that goes from the root would pass over a type."""
    types = {field.owner.name for field in rules.bound_fields(GRAPHQL)} - {"Query", "Mutation", "Subscription"}
    assert rules.handed_over(GRAPHQL).keys() == types


def test_every_loader_of_nodes_is_a_loader() -> None:
    """The names in resolvers.node are attributes of Loaders."""
    assert [name for name in LOADERS.values() if not hasattr(Loaders, name)] == []


def long_functions(source: str) -> list[str]:
    """The functions of a module whose body, without the docstring, has more lines than a resolver may."""
    functions = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    found = []
    for function in functions:
        body = function.body[1:] if ast.get_docstring(function) else function.body
        if body and (body[-1].end_lineno or 0) - body[0].lineno >= LONGEST_RESOLVER:
            found.append(function.name)
    return found


def test_resolvers_are_short() -> None:
    """A resolver unpacks, calls and returns; what is longer belongs to a domain."""
    modules = sorted(Path(resolvers.__file__).parent.glob("*.py"))
    assert {path.name: long for path in modules if (long := long_functions(path.read_text("utf-8")))} == {}


def test_a_long_resolver_would_be_found() -> None:
    """Six lines are too many, five and a docstring are not."""
    text = 'async def six():\n{}\n\ndef five():\n    """Of any length."""\n{}'
    assert long_functions(text.format("    pass\n" * 6, "    pass\n" * 5)) == ["six"]
