"""What holds between a GraphQL schema and the rows and functions behind it. Each rule answers its exceptions."""

import inspect
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from types import NoneType
from typing import Any, NamedTuple

from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
)

from app.kit.errors import Refusal
from resolvers import node
from tests.schema.annotations import (
    UnreadableError,
    accepts,
    alternatives,
    attribute,
    element,
    leaf,
    parent_of,
    returned,
)

_SCALARS = {
    "ID": str,
    "String": str,
    "Float": float,
    "Int": int,
    "Boolean": bool,
    "Fen": int,
    "Decimal": Decimal,
    "DateTime": datetime,
    "Date": date,
    "Time": time,
    "JSON": Any,
}


class Bound(NamedTuple):
    """A field of an object type, and the function that reads it, if any."""

    owner: GraphQLObjectType
    attribute: str
    type: GraphQLOutputType
    resolver: Callable[..., Any] | None

    def __str__(self) -> str:
        """As people name a field."""
        return f"{self.owner.name}.{self.attribute}"


def bound_fields(schema: GraphQLSchema) -> Iterator[Bound]:
    """Every field of every object type of the schema's own."""
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            for field in kind.fields.values():
                definition = field.extensions["strawberry-definition"]
                resolver = definition.base_resolver and inspect.unwrap(definition.base_resolver.wrapped_func)
                yield Bound(kind, definition.python_name, field.type, resolver)


def declared(kind: Any) -> Any:
    """The rows a type says it is of (`@of`), or None."""
    return getattr(kind.extensions["strawberry-definition"].origin, "source", None)


def handed_over(schema: GraphQLSchema) -> dict[str, set[Any]]:
    """By type: what its fields are read from, as the functions and attributes that hand it over declare it."""
    found: dict[str, set[Any]] = {}
    fields = list(bound_fields(schema))
    roots = {schema.query_type, schema.mutation_type, schema.subscription_type}
    waiting = [(field, None) for field in fields if field.owner in roots]
    while waiting:
        field, source = waiting.pop()
        kind = get_named_type(field.type)
        if not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType):
            continue
        try:
            given = leaf(value_of(field, source))
        except UnreadableError:
            continue
        members = [kind] if isinstance(kind, GraphQLObjectType) else schema.get_possible_types(kind)
        for member in members:
            known = found.setdefault(member.name, set())
            row = given if member is kind else declared(member)
            if row is not Any and row not in known:
                known.add(row)
                waiting += [(each, row) for each in fields if each.owner is member]
    return found


def value_of(field: Bound, source: Any) -> Any:
    """The annotation of a field's value, read from `source`."""
    return attribute(source, field.attribute) if field.resolver is None else returned(field.resolver)


def sources_disagree(schema: GraphQLSchema) -> list[str]:
    """Types that are handed different things, or others than `@of` says."""
    return [
        f"{name} is of {sorted(map(str, sources))}"
        for name, given in handed_over(schema).items()
        if len(sources := given | ({declared(schema.type_map[name])} - {None})) > 1
    ]


def unreadable(schema: GraphQLSchema) -> list[str]:
    """Fields without a resolver that are no column, property or attribute of their source, or are a relation."""
    problems = []
    for field, source in _with_sources(schema):
        if field.resolver is None:
            try:
                attribute(source, field.attribute)
            except UnreadableError as why:
                problems.append(f"{field} {why}")
    return problems


def crossed(schema: GraphQLSchema) -> list[str]:
    """Fields whose resolver reads another type than the one the field stands on."""
    return [
        f"{field} is read by a resolver of {getattr(parent, '__name__', parent)}"
        for field, source in _with_sources(schema)
        if field.resolver is not None
        if (parent := parent_of(field.resolver)) is not None and not accepts(parent, source)
    ]


def misfits(schema: GraphQLSchema) -> list[str]:
    """Fields whose value does not fit their GraphQL type."""
    problems = []
    for field, source in _with_sources(schema):
        try:
            value = value_of(field, source)
        except UnreadableError:
            continue
        if not fits(value, field.type, schema):
            problems.append(f"{field}: {field.type} is given {value}")
    return problems


def fits(value: Any, kind: GraphQLOutputType, schema: GraphQLSchema) -> bool:
    """Whether values of an annotation can be answered as a GraphQL type."""
    found = alternatives(value)
    if isinstance(kind, GraphQLNonNull):
        return NoneType not in found and fits(value, kind.of_type, schema)
    found -= {NoneType}
    if found == {Any} or len(found) != 1:
        return found == {Any}
    one = found.pop()
    if isinstance(kind, GraphQLList):
        return element(one) is not None and fits(element(one), kind.of_type, schema)
    return _fits_named(one, kind, schema)


def is_refusal(kind: GraphQLObjectType) -> bool:
    """Whether a type is answered for a refusal that a write raises, not for what its resolver returns."""
    source = declared(kind)
    return isinstance(source, type) and issubclass(source, Refusal)


def bad_results(schema: GraphQLSchema) -> list[str]:
    """Mutations that do not answer a union of one success and refusals that bear the refusals' own names."""
    problems = []
    for name, field in (schema.mutation_type.fields if schema.mutation_type else {}).items():
        kind = get_named_type(field.type)
        if not isinstance(kind, GraphQLUnionType) or not isinstance(field.type, GraphQLNonNull):
            problems.append(f"{name} answers no union")
            continue
        refusals = [member for member in kind.types if is_refusal(member)]
        if len(kind.types) - len(refusals) != 1 or not refusals:
            problems.append(f"{name} has {len(kind.types) - len(refusals)} successes, {len(refusals)} refusals")
        if kind.name != f"{name[0].upper()}{name[1:]}Result":
            problems.append(f"{name} answers {kind.name}")
        problems += [
            f"{member.name} is of {declared(member).__name__}"
            for member in refusals
            if declared(member).__name__ != member.name
            or not any(each.name == "UserError" for each in member.interfaces)
        ]
    return problems


def _fits_named(one: Any, kind: GraphQLNamedType, schema: GraphQLSchema) -> bool:
    if isinstance(kind, GraphQLScalarType):
        return one is _SCALARS[kind.name]
    if isinstance(kind, GraphQLEnumType):
        return one in {str, kind.extensions["strawberry-definition"].wrapped_cls}
    if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType):
        members = [member for member in schema.get_possible_types(kind) if not is_refusal(member)]
        return bool(members) and all(accepts(one, declared(member)) for member in members)
    return declared(kind) in {None, one}


def ids_not_global(schema: GraphQLSchema) -> list[str]:
    """Fields `id` that are not the global id, and would show a raw key."""
    return [
        f"{field} is not the global id"
        for field in bound_fields(schema)
        if field.attribute == "id" and field.resolver is not node.global_id
    ]


def unmarked(schema: GraphQLSchema) -> list[str]:
    """Types behind an interface or a union without `@of`: graphql-core could not tell their rows apart."""
    abstract = [kind for kind in schema.type_map.values() if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType)]
    members = {member.name: member for kind in abstract for member in schema.get_possible_types(kind)}
    return [f"{name} has no @of" for name, member in members.items() if declared(member) is None]


def not_refetchable(schema: GraphQLSchema) -> list[str]:
    """Nodes whose rows `node(id)` would not find: its loaders go by the name of the row's class."""
    nodes = {kind.name: declared(kind) for kind in schema.get_possible_types(schema.type_map["Node"])}  # type: ignore[arg-type]  # an interface
    return [
        *(f"{name} has no loader" for name in sorted(nodes.keys() - node.LOADERS.keys())),
        *(f"{name} has a loader but is no Node" for name in sorted(node.LOADERS.keys() - nodes.keys())),
        *(f"{name} is of {row.__name__}" for name, row in nodes.items() if row and row.__name__ != name),
    ]


def _with_sources(schema: GraphQLSchema) -> Iterator[tuple[Bound, Any]]:
    sources = handed_over(schema)
    for field in bound_fields(schema):
        for source in sources.get(field.owner.name, {None}):
            yield field, source
