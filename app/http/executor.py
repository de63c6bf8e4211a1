"""graphql-core's executor, with a shorter way for fields that only read a leaf from the row."""

from collections.abc import Callable
from typing import Any, NamedTuple

from graphql import GraphQLObjectType, Undefined, get_nullable_type, is_leaf_type, is_non_null_type
from graphql.execution import Executor
from graphql.execution.collect_fields import GroupedFieldSet
from graphql.pyutils import AwaitableOrValue, Path


class _Leaf(NamedTuple):
    """A field of a selection: how it is read from the source, and how its value is written for JSON."""

    name: str
    read: Callable[[Any], Any]
    write: Callable[[Any], Any]
    is_required: bool


class _Split(NamedTuple):
    """A selection: the leaves that are read directly, the fields that are not, and all of them in their order."""

    leaves: list[_Leaf]
    others: GroupedFieldSet
    all: GroupedFieldSet


class LeafExecutor(Executor[None]):
    """Answers exactly as its base class.

    A field is short if its `extensions["read"]` is a function of the source alone and its type is a scalar or an
    enum. Whatever else happens than a good value (an error, null where none may be, a value its type refuses) is
    left to the base class, which resolves the field again and tells what is wrong with it, and where.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._splits: dict[int, _Split] = {}

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: GroupedFieldSet,
        position_context: None,
    ) -> AwaitableOrValue[dict[str, Any]]:
        """The fields of one object, in the order of the selection."""
        leaves, others, _ = self._split(parent_type, grouped_field_set)
        results: dict[str, Any] = dict.fromkeys(grouped_field_set)
        for name, read, write, is_required in leaves:
            try:
                value = read(source_value)
                if value is None and not is_required:
                    continue
                written = None if value is None else write(value)
            except Exception:  # noqa: BLE001 - told by the base class, whatever it is
                written = None
            if written is None or written is Undefined:
                others = {**others, name: grouped_field_set[name]}
            else:
                results[name] = written
        if not others:
            return results
        rest = super().execute_fields(parent_type, source_value, path, others, position_context)
        if isinstance(rest, dict):
            results.update(rest)
            return results

        async def both() -> dict[str, Any]:
            results.update(await rest)
            return results

        return both()

    def _split(self, parent_type: GraphQLObjectType, selection: GroupedFieldSet) -> _Split:
        """`selection` split, once per request; kept with it, so that its id means no other one meanwhile."""
        found = self._splits.get(id(selection))
        if found is None:
            leaves, others = [], {}
            for name, details in selection.items():
                leaf = _leaf(parent_type, name, details[0].node.name.value)
                if leaf is None:
                    others[name] = details
                else:
                    leaves.append(leaf)
            found = self._splits[id(selection)] = _Split(leaves, others, selection)
        return found


def _leaf(parent_type: GraphQLObjectType, name: str, field_name: str) -> _Leaf | None:
    field = parent_type.fields.get(field_name)
    if field is None or "read" not in field.extensions:
        return None
    kind = get_nullable_type(field.type)
    if not is_leaf_type(kind):
        return None
    return _Leaf(name, field.extensions["read"], kind.coerce_output_value, is_non_null_type(field.type))
