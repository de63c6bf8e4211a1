"""A schema of everything that weighs, and random documents of it, written with fragments and written out."""

from collections.abc import Iterator
from typing import Any
from zlib import crc32

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    build_schema,
)
from hypothesis import strategies as st

SDL = """
  type Query { tree: Tree, dear: Tree, trees: [Tree!]!, pair: [Tree!], page(first: Int): Page, by(ids: [Int!]): [Tree] }
  type Tree { leaf: Int, dearLeaf: Int, leaves: [Int!], tree: Tree, trees: [Tree!]!, pair: [Tree!],
    page(first: Int): Page }
  type Page { nodes: [Tree!], edges: [Edge!], next: Int, pair: [Tree!] }
  type Edge { node: Tree }
  type Mutation { write: Tree, writeLeaf: Int }
"""
SCHEMA = build_schema(SDL)
COSTS = {"dear": 7, "dearLeaf": 3}
SIZES = {"pair": 2, "page": 20, "by": 5}
SLICING = {"page": ("first",), "by": ("ids",)}
for _kind in ("Query", "Tree", "Page"):
    _type = SCHEMA.type_map[_kind]
    assert isinstance(_type, GraphQLObjectType)
    for _name, _field in _type.fields.items():
        if _name in COSTS:
            _field.extensions["cost"] = COSTS[_name]
        if _name in SIZES:
            _field.extensions |= {"list_size": SIZES[_name], "slicing_arguments": SLICING.get(_name, ())}

_PAGES = ["page", "page(first: 3)", "page(first: $n)", "page(first: 0)", "page(first: -1)", "page(first: null)"]
_OF = {
    "Tree": (["leaf", "dearLeaf", "leaves"], [*_PAGES, "tree", "trees", "pair"]),
    "Page": (["next"], ["nodes", "edges", "pair"]),
    "Edge": (["__typename"], ["node"]),
}
_INTO = {"nodes": "Tree", "edges": "Edge", "pair": "Tree", "node": "Tree", "tree": "Tree", "trees": "Tree"}
FRAGMENTS = 4


def _alias(asked: str) -> str:
    """One name for equal fields only: what is answered under one name must be one field."""
    return f"a{crc32(asked.encode())}: "


@st.composite
def _selections(draw: st.DrawFn, kind: str, depth: int, fragments: list[str]) -> str:
    leaves, objects = _OF[kind]
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        choice = draw(st.integers(0, 4))
        if choice == 0 and fragments:
            parts.append(f"...{draw(st.sampled_from(fragments))}")
        elif choice == 1 and depth:
            parts.append(f"... on {kind} {draw(_selections(kind, depth - 1, fragments))}")
        elif choice <= 3 and depth:
            asked = draw(st.sampled_from(objects))
            into = _INTO.get(asked, "Page")
            alias = _alias(asked) if "(" in asked or draw(st.booleans()) else ""
            inner = fragments if into == "Tree" else []
            parts.append(f"{alias}{asked} {draw(_selections(into, depth - 1, inner))}")
        else:
            parts.append(draw(st.sampled_from(leaves)) + draw(st.sampled_from(["", " @skip(if: false)"])))
    return f"{{ {' '.join(parts)} }}"


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A query over trees; a fragment spreads only later ones."""
    names = [f"F{number}" for number in range(FRAGMENTS)]
    written = [
        f"fragment {name} on Tree {draw(_selections('Tree', 2, names[number + 1 :]))}"
        for number, name in enumerate(names)
    ]
    default = draw(st.sampled_from(["", " = 4"]))
    root = draw(st.sampled_from(["tree", "dear", "trees", "pair", "by(ids: [1, 2])", "by(ids: $ids)"]))
    head = f"query Q($n: Int{default}, $ids: [Int!])"
    return f"{head} {{ {root} {draw(_selections('Tree', 3, names))} }} {' '.join(written)}"


VARIABLES = st.fixed_dictionaries(
    {},
    optional={
        "n": st.one_of(st.none(), st.integers(-5, 120), st.sampled_from(["x", True, 2.0, 10**30, float("inf"), []])),
        "ids": st.one_of(st.none(), st.lists(st.integers(), max_size=4), st.just("x")),
    },
)


class WrittenOut:
    """A document without its fragments, counted the slow and obvious way."""

    def __init__(self, document: DocumentNode, variables: dict[str, Any]) -> None:
        self.fields = self.aliases = self.directives = self.depth = 0
        self._variables = variables
        self._fragments = {
            each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }
        (operation,) = (each for each in document.definitions if isinstance(each, OperationDefinitionNode))
        self._defaults = {
            each.variable.name.value: int(each.default_value.value)  # type: ignore[attr-defined]  # only $n has one
            for each in operation.variable_definitions or ()
            if each.default_value is not None
        }
        self.cost = self._set(operation.selection_set, listed=10, depth=1)

    def _set(self, selections: SelectionSetNode, *, listed: int, depth: int) -> int:
        self.depth = max(self.depth, depth)
        return sum(self._one(each, listed, depth) for each in self._counted(selections.selections))

    def _counted(self, selections: tuple[SelectionNode, ...]) -> Iterator[SelectionNode]:
        for each in selections:
            self.directives += len(each.directives or ())
            yield each

    def _one(self, node: SelectionNode, listed: int, depth: int) -> int:
        if isinstance(node, InlineFragmentNode):
            return self._set(node.selection_set, listed=listed, depth=depth + 1)
        if isinstance(node, FragmentSpreadNode):
            return self._set(self._fragments[node.name.value].selection_set, listed=listed, depth=depth + 1)
        assert isinstance(node, FieldNode)
        self.fields += 1
        self.aliases += node.alias is not None
        name = node.name.value
        if node.selection_set is None:
            return COSTS.get(name, 0)
        size = self._size(node, name)
        if name in {"trees", "nodes", "edges", "pair", "by"}:
            return (listed if size is None else size) * (1 + self._set(node.selection_set, listed=10, depth=depth + 1))
        inner = self._set(node.selection_set, listed=10 if size is None else size, depth=depth + 1)
        return COSTS.get(name, 1) + inner

    def _size(self, node: FieldNode, name: str) -> int | None:
        assumed = SIZES.get(name)
        for argument in node.arguments or ():
            written = argument.value.to_dict()
            if written["kind"] == "variable":
                variable = written["name"]["value"]
                value = self._variables.get(variable)
                assumed = self._defaults.get(variable, assumed)
            else:
                value = written["values"] if "values" in written else written.get("value") and int(written["value"])
            if isinstance(value, list):
                return len(value)
            if isinstance(value, int | float) and not isinstance(value, bool):
                return int(max(0, min(100, value)))
        return assumed
