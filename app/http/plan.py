"""A registered query as a plan: what is asked of each type, worked out once, so that a request only follows it.

A plan answers queries that go well. Whatever else happens (an error, null where none may be, a value its type
refuses) ends it with UnusualError, and graphql-core runs the query from the start: reads have no effect, loaders keep
what they read, and errors are told, masked and placed by one program only.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Undefined,
    VariableNode,
    get_argument_values,
    is_abstract_type,
    is_leaf_type,
    is_object_type,
)
from graphql.execution.values import VariableValues

from app.context import Context
from app.http.following import Following, UnusualError

MOST_SELECTIONS = 2_000  # of a plan; each type behind an interface has its own
Complete: TypeAlias = Callable[[Any, Following], Any]
"""A value of a field, as the answer holds it; what is still to come is filled in later."""


class NoPlanError(Exception):
    """A document asks for something plans do not know: introspection, or a resolver not known to be plain."""


class _Leaf(NamedTuple):
    """A field that is read from the source and written at once."""

    name: str
    read: Callable[[Any], Any]
    write: Callable[[Any], Any]
    is_required: bool


class _Call(NamedTuple):
    """A field whose resolver is called. `arguments`: of every request, or None if they depend on its variables."""

    name: str
    resolve: Callable[..., Any]
    field: GraphQLField
    node: FieldNode
    arguments: dict[str, Any] | None
    complete: Complete


@dataclass(slots=True)
class Selection:
    """What is asked of an object of one type, in the order of the answer."""

    names: dict[str, Any]
    leaves: list[_Leaf]
    calls: list[_Call]

    def of(self, source: Any, following: Following) -> dict[str, Any]:
        """The answer about `source`, whose later parts `following` fills in."""
        answer = self.names.copy()
        for name, read, write, is_required in self.leaves:
            value = read(source)
            if value is None:
                if is_required:
                    raise UnusualError
            else:
                value = write(value)
                if value is None or value is Undefined:
                    raise UnusualError
                answer[name] = value
        for call in self.calls:
            arguments = call.arguments
            if arguments is None:
                arguments = following.arguments(call.field, call.node)
            value = call.resolve(source, following.info, **arguments)
            following.put(answer, call.name, value, call.complete)
        return answer


class Planner:
    """Makes the plans of a document."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self._schema = schema
        self._fragments = {
            each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }
        self._made = 0

    def plan(self, operation: OperationDefinitionNode) -> Selection:
        """What a query asks of the root.

        Raises:
            NoPlanError: it has no plan.
        """
        root = self._schema.query_type
        assert root is not None  # noqa: S101 - a schema has reads
        return self._selection(root, [operation.selection_set])

    def _selection(self, kind: GraphQLObjectType, sets: list[SelectionSetNode]) -> Selection:
        self._made += 1
        if self._made > MOST_SELECTIONS:
            raise NoPlanError
        groups: dict[str, list[FieldNode]] = {}
        spread: set[str] = set()
        for each in sets:
            for node in self._fields(kind, each, spread):
                groups.setdefault((node.alias or node.name).value, []).append(node)
        found = Selection(dict.fromkeys(groups), [], [])
        for name, nodes in groups.items():
            self._add(found, kind, name, nodes)
        return found

    def _fields(self, kind: GraphQLObjectType, selections: SelectionSetNode, spread: set[str]) -> Iterator[FieldNode]:
        for node in selections.selections:
            if isinstance(node, FieldNode):
                yield node
                continue
            if isinstance(node, FragmentSpreadNode):
                if node.name.value in spread:
                    continue
                spread.add(node.name.value)
                part: FragmentDefinitionNode | InlineFragmentNode = self._fragments[node.name.value]
            elif isinstance(node, InlineFragmentNode):
                part = node
            if self._applies(kind, part):
                yield from self._fields(kind, part.selection_set, spread)

    def _applies(self, kind: GraphQLObjectType, part: FragmentDefinitionNode | InlineFragmentNode) -> bool:
        if part.type_condition is None:
            return True
        condition = self._schema.type_map[part.type_condition.name.value]
        return condition is kind or (is_abstract_type(condition) and self._schema.is_sub_type(condition, kind))

    def _add(self, found: Selection, kind: GraphQLObjectType, name: str, nodes: list[FieldNode]) -> None:
        field_name = nodes[0].name.value
        if field_name == "__typename":
            found.names[name] = kind.name
            return
        field = kind.fields.get(field_name)
        if field is None or "plain" not in field.extensions:
            raise NoPlanError
        read, inner = field.extensions.get("read"), _nullable(field.type)
        is_required = isinstance(field.type, GraphQLNonNull)
        if read is not None and is_leaf_type(inner):
            found.leaves.append(_Leaf(name, read, inner.coerce_output_value, is_required))
            return
        depends = any(_has_variable(argument) for argument in nodes[0].arguments or ())
        try:
            arguments = None if depends else get_argument_values(field, nodes[0])
        except GraphQLError as error:  # graphql-core says what is wrong with it, with each request
            raise NoPlanError from error
        complete = self._complete(field.type, nodes)
        assert field.resolve is not None  # noqa: S101 - a plain field has one
        found.calls.append(_Call(name, field.resolve, field, nodes[0], arguments, complete))

    def _complete(self, kind: GraphQLOutputType, nodes: list[FieldNode]) -> Complete:
        if isinstance(kind, GraphQLNonNull):
            return _required(self._complete(kind.of_type, nodes))
        if isinstance(kind, GraphQLList):
            return _each(self._complete(kind.of_type, nodes))
        if is_leaf_type(kind):
            return _written(kind.coerce_output_value)
        sets = [node.selection_set for node in nodes if node.selection_set is not None]
        if is_object_type(kind):
            return _object(kind, self._selection(kind, sets))
        if is_abstract_type(kind):
            members = self._schema.get_possible_types(kind)
            return _member({member: self._selection(member, sets) for member in members})
        raise NoPlanError


async def follow(plan: Selection, context: Context, variables: VariableValues) -> dict[str, Any] | None:
    """The data of a request that goes well, else None."""
    following = Following(context, variables)
    data: dict[str, Any] | None = None
    try:
        data = plan.of(None, following)
    except Exception as error:  # noqa: BLE001 - graphql-core meets it again and tells it
        following.fail(error)
    try:
        await following.end()
    except UnusualError:
        return None
    return data


def _nullable(kind: GraphQLOutputType) -> GraphQLOutputType:
    return kind.of_type if isinstance(kind, GraphQLNonNull) else kind


def _has_variable(node: Any) -> bool:
    """Whether an argument, or anything inside its value, is a variable."""
    value = node.value
    if isinstance(value, VariableNode):
        return True
    inside = [*getattr(value, "fields", ()), *(_Holder(each) for each in getattr(value, "values", ()))]
    return any(_has_variable(each) for each in inside)


class _Holder(NamedTuple):
    """An element of a list, which has no node around its value."""

    value: Any


def _required(complete: Complete) -> Complete:
    def required(value: Any, following: Following) -> Any:
        if value is None:
            raise UnusualError
        found = complete(value, following)
        if found is None:
            raise UnusualError
        return found

    return required


def _each(complete: Complete) -> Complete:
    def each(value: Any, following: Following) -> list[Any] | None:
        if value is None:
            return None
        if not isinstance(value, list | tuple):
            raise UnusualError
        answer: list[Any] = [None] * len(value)
        for number, item in enumerate(value):
            following.put(answer, number, item, complete)
        return answer

    return each


def _written(write: Callable[[Any], Any]) -> Complete:
    def written(value: Any, _: Following) -> Any:
        if value is None:
            return None
        found = write(value)
        if found is None or found is Undefined:
            raise UnusualError
        return found

    return written


def _object(kind: GraphQLObjectType, selection: Selection) -> Complete:
    is_type_of: Callable[..., Any] | None = kind.is_type_of

    def answered(value: Any, following: Following) -> dict[str, Any] | None:
        if value is None:
            return None
        if is_type_of is not None and is_type_of(value, following.info) is not True:
            raise UnusualError
        return selection.of(value, following)

    return answered


def _member(selections: dict[GraphQLObjectType, Selection]) -> Complete:
    members: list[tuple[Callable[..., Any] | None, Selection]] = [
        (kind.is_type_of, each) for kind, each in selections.items()
    ]

    def member(value: Any, following: Following) -> dict[str, Any] | None:
        if value is None:
            return None
        found = [each for is_type_of, each in members if is_type_of is not None and is_type_of(value, following.info)]
        if len(found) != 1:
            raise UnusualError
        return found[0].of(value, following)

    return member
