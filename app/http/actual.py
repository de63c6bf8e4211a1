"""What an answer really came to, in the points of app.http.cost: counted only for who asks to be told."""

from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from app.http.prepared import Prepared
from app.http.weights import Weight, weigh


class _Part(NamedTuple):
    """A field that weighs something, and the parts of its objects."""

    weight: Weight
    parts: "dict[str, _Part]"


_Sets = list[tuple[SelectionSetNode, GraphQLNamedType | None]]


class _Parts:
    """The fields of a document that weigh something, by the names they are answered under."""

    def __init__(self, schema: GraphQLSchema, document: Prepared) -> None:
        self._schema = schema
        self._fragments = {
            each.name.value: each for each in document.document.definitions if isinstance(each, FragmentDefinitionNode)
        }

    def of(self, sets: _Sets) -> dict[str, _Part]:
        """The parts of one object. Of types that exclude each other, a name's first field stands for all."""
        found: dict[str, tuple[Weight, _Sets]] = {}
        spread: set[str] = set()
        waiting = list(sets)
        while waiting:
            selection, parent = waiting.pop()
            for node in selection.selections:
                if isinstance(node, FieldNode):
                    weight = weigh(self._schema, parent, node)
                    _, inner = found.setdefault((node.alias or node.name).value, (weight, []))
                    if node.selection_set is not None:
                        inner.append((node.selection_set, weight.type))
                elif isinstance(node, InlineFragmentNode):
                    waiting.append((node.selection_set, self._condition(node, parent)))
                elif isinstance(node, FragmentSpreadNode) and node.name.value not in spread:
                    spread.add(node.name.value)
                    fragment = self._fragments[node.name.value]
                    waiting.append((fragment.selection_set, self._condition(fragment, None)))
        return {name: _Part(weight, self.of(inner)) for name, (weight, inner) in found.items() if inner or weight.own}

    def _condition(
        self, node: InlineFragmentNode | FragmentDefinitionNode, parent: GraphQLNamedType | None
    ) -> GraphQLNamedType | None:
        return self._schema.type_map[node.type_condition.name.value] if node.type_condition else parent


def actual(
    schema: GraphQLSchema, document: Prepared, operation: OperationDefinitionNode, data: dict[str, Any] | None
) -> int:
    """The points of the objects in `data`, the answer to `operation` of `document`; null costs nothing."""
    root: _Sets = [(operation.selection_set, schema.get_root_type(operation.operation))]
    return _count(_Parts(schema, document).of(root), data or {})


def _count(parts: dict[str, _Part], data: dict[str, Any]) -> int:
    total = 0
    for name, (weight, inner) in parts.items():
        value = data.get(name)
        if value is None:
            continue
        total += weight.own
        for item in value if isinstance(value, list) else (value,):
            if item is not None:
                total += weight.per_item + (_count(inner, item) if isinstance(item, dict) else 0)
    return total
