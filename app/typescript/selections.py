"""What a selection answers, as a TypeScript type: one object per set of types that answer the same fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_composite_type,
    is_list_type,
    is_non_null_type,
)

from app.typescript.names import Names, array

TYPENAME = "__typename"
_CONDITIONS = {"skip", "include"}


@dataclass(slots=True)
class _Asked:
    """The nodes that answer under one name, and whether one of them always does."""

    nodes: list[FieldNode] = field(default_factory=list)
    is_certain: bool = False


class Selections:
    """Writes the types of one document's selections."""

    def __init__(self, schema: GraphQLSchema, fragments: Mapping[str, FragmentDefinitionNode], names: Names) -> None:
        self._schema = schema
        self._fragments = fragments
        self._names = names

    def written(self, kind: GraphQLNamedType, sets: list[SelectionSetNode], indent: str = "") -> str:
        """The type of an object of `kind`, asked for all `sets` together."""
        shapes: dict[str, list[str]] = {}
        for possible in self._possible(kind):
            asked: dict[str, _Asked] = {}
            for each in sets:
                self._collect(possible, each.selections, asked, is_certain=True)
            shapes.setdefault(self._object(possible, asked, indent), []).append(possible.name)
        return " | ".join(
            shape.replace(_NAMES, " | ".join(f"'{name}'" for name in sorted(names))) for shape, names in shapes.items()
        )

    def _possible(self, kind: GraphQLNamedType) -> Iterable[GraphQLObjectType]:
        if isinstance(kind, GraphQLObjectType):
            return [kind]
        return self._schema.get_possible_types(kind) if is_abstract_type(kind) else []

    def _collect(
        self,
        kind: GraphQLObjectType,
        selections: Iterable[SelectionNode],
        asked: dict[str, _Asked],
        *,
        is_certain: bool,
    ) -> None:
        for each in selections:
            certain = is_certain and not any(directive.name.value in _CONDITIONS for directive in each.directives or ())
            if isinstance(each, FieldNode):
                found = asked.setdefault((each.alias or each.name).value, _Asked())
                found.nodes.append(each)
                found.is_certain = found.is_certain or certain
                continue
            part = self._fragments[each.name.value] if isinstance(each, FragmentSpreadNode) else each
            if isinstance(part, FragmentDefinitionNode | InlineFragmentNode) and self._applies(part, kind):
                self._collect(kind, part.selection_set.selections, asked, is_certain=certain)

    def _applies(self, part: FragmentDefinitionNode | InlineFragmentNode, kind: GraphQLObjectType) -> bool:
        if part.type_condition is None:
            return True
        named = self._schema.type_map[part.type_condition.name.value]
        return named is kind or (is_abstract_type(named) and self._schema.is_sub_type(named, kind))

    def _object(self, kind: GraphQLObjectType, asked: dict[str, _Asked], indent: str) -> str:
        if not asked:
            return "{}"
        inner = indent + "  "
        lines = [
            f"{inner}{name}{'' if each.is_certain else '?'}: {self._field(kind, each.nodes, inner)}"
            for name, each in asked.items()
        ]
        return "\n".join(["{", *lines, f"{indent}}}"])

    def _field(self, kind: GraphQLObjectType, nodes: list[FieldNode], indent: str) -> str:
        name = nodes[0].name.value
        if name == TYPENAME:
            return _NAMES
        sets = [node.selection_set for node in nodes if node.selection_set is not None]
        return self._output(kind.fields[name].type, sets, indent)

    def _output(self, kind: GraphQLOutputType, sets: list[SelectionSetNode], indent: str) -> str:
        inner = get_nullable_type(kind)
        if is_list_type(inner):
            text = array(self._output(inner.of_type, sets, indent))
        elif is_composite_type(inner):
            text = self.written(inner, sets, indent)
        else:
            text = self._names.leaf(get_named_type(inner))
        return text if is_non_null_type(kind) else f"{text} | null"


_NAMES = "\0"  # where the names of the types stand that answer the same fields
