"""What the schema says of one field of a document: its cost, its size, its scopes, its age."""

from typing import NamedTuple

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_interface_type,
    is_list_type,
)

from app.http.cost import OWN_OBJECT, OWN_OPERATION, Slice, clamped

OWN_INTROSPECTED = 50  # a list of the schema's own parts: there are hundreds, and reading them takes no statement
_DIGITS = 9  # of a literal size; longer ones are too large anyway


class Weight(NamedTuple):
    """A field. `own` is counted once, `per_item` for its object or each of its list.

    `size`: how many items its list has, or the lists right below a page; None if it does not say.
    """

    own: int
    per_item: int
    is_list: bool
    size: int | Slice | None
    scopes: frozenset[str]
    max_age: int | None
    type: GraphQLNamedType | None


UNKNOWN = Weight(0, 0, is_list=False, size=None, scopes=frozenset(), max_age=None, type=None)


def weigh(schema: GraphQLSchema, parent: GraphQLNamedType | None, node: FieldNode) -> Weight:
    """The weight of a field of `parent`; UNKNOWN if there is no such field."""
    if not is_composite_type(parent):
        return UNKNOWN
    field = schema.get_field(parent, node.name.value)
    if field is None:
        return UNKNOWN
    kind = get_named_type(field.type)
    is_list = is_list_type(get_nullable_type(field.type))
    is_object = is_composite_type(kind)
    said = field.extensions
    if parent.name.startswith("__"):
        return Weight(OWN_INTROSPECTED if is_list else 0, int(is_object), is_list, 1, frozenset(), None, kind)
    is_root_of_reads = parent is schema.query_type and not node.name.value.startswith("__")
    return Weight(
        own=said.get("cost", _own(schema, parent, is_leaf_or_list=is_list or not is_object)),
        per_item=OWN_OBJECT if is_list and is_object else 0,
        is_list=is_list,
        size=_size(field, node),
        scopes=_scopes(schema, parent, field, node.name.value),
        max_age=said.get("max_age", 0 if is_root_of_reads else None),
        type=kind,
    )


def _own(schema: GraphQLSchema, parent: GraphQLNamedType, *, is_leaf_or_list: bool) -> int:
    if parent in {schema.mutation_type, schema.subscription_type}:
        return OWN_OPERATION
    return 0 if is_leaf_or_list else OWN_OBJECT


def _scopes(schema: GraphQLSchema, parent: GraphQLNamedType, field: GraphQLField, name: str) -> frozenset[str]:
    """Of an interface's field: all that any object behind it requires for its own."""
    members = [field]
    if is_interface_type(parent) and name in parent.fields:
        members += [member.fields[name] for member in schema.get_possible_types(parent)]
    return frozenset({scope for each in members for scope in each.extensions.get("scopes", ())})


def _size(field: GraphQLField, node: FieldNode) -> int | Slice | None:
    assumed: int | None = field.extensions.get("list_size")
    if assumed is None:
        return None
    slicing = field.extensions["slicing_arguments"]
    for argument in node.arguments or ():
        if argument.name.value in slicing:
            value = argument.value
            if isinstance(value, VariableNode):
                return Slice(value.name.value, assumed)
            said = literal_size(value)
            return assumed if said is None else said
    return assumed


def literal_size(value: ValueNode | None) -> int | None:
    """The size a literal says, or None if it says none."""
    if isinstance(value, IntValueNode):
        return clamped(int(value.value[:_DIGITS]))
    if isinstance(value, ListValueNode):
        return clamped(len(value.values))
    return None


def declared_sizes(operation: OperationDefinitionNode) -> dict[str, int]:
    """The sizes an operation's variables have where no value is sent."""
    found = {}
    for variable in operation.variable_definitions or ():
        if (size := literal_size(variable.default_value)) is not None:
            found[variable.variable.name.value] = size
    return found
