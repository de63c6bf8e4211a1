"""graphql-core's executor, with a shorter way for fields that only read a leaf from the row."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graphql import GraphQLObjectType, Undefined, get_nullable_type, is_leaf_type, is_non_null_type
from graphql.execution import Executor
from graphql.execution.collect_fields import CollectedFields, FieldDetailsList, GroupedFieldSet
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


@dataclass(frozen=True, slots=True)
class Selections:
    """What a document asks of each type, in the order of the answer: found at the first request, kept for the next.

    The keys are ids of objects that the values keep alive, so that they mean no others meanwhile.
    """

    roots: dict[int, GroupedFieldSet] = field(default_factory=dict)
    collected: dict[tuple[GraphQLObjectType, int], tuple[FieldDetailsList, CollectedFields]] = field(
        default_factory=dict
    )
    splits: dict[int, _Split] = field(default_factory=dict)


class LeafExecutor(Executor[None]):
    """Answers exactly as its base class.

    `selections` may be shared by requests for the same document, if it has no directive (`@skip` or `@include`).

    A field is short if its `extensions["read"]` is a function of the source alone and its type is a scalar or an
    enum. Whatever else happens than a good value (an error, null where none may be, a value its type refuses) is
    left to the base class, which resolves the field again and tells what is wrong with it, and where.
    """

    def __init__(self, *args: Any, selections: Selections, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._selections = selections

    def execute_collected_root_fields(
        self, root_type: GraphQLObjectType, root_value: Any, grouped_field_set: GroupedFieldSet, *rest: Any
    ) -> AwaitableOrValue[dict[str, Any]]:
        """The operation's own fields: those of the first request for it."""
        kept = self._selections.roots.setdefault(id(self.operation), grouped_field_set)
        return super().execute_collected_root_fields(root_type, root_value, kept, *rest)

    def collect_subfields(
        self, return_type: GraphQLObjectType, field_details_list: FieldDetailsList
    ) -> CollectedFields:
        """What is asked of an object of `return_type` below these fields."""
        key = (return_type, id(field_details_list))
        kept = self._selections.collected.get(key)
        if kept is None:
            found = super().collect_subfields(return_type, field_details_list)
            kept = self._selections.collected[key] = (field_details_list, found)
        return kept[1]

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
        found = self._selections.splits.get(id(selection))
        if found is None:
            leaves, others = [], {}
            for name, details in selection.items():
                leaf = _leaf(parent_type, name, details[0].node.name.value)
                if leaf is None:
                    others[name] = details
                else:
                    leaves.append(leaf)
            found = self._selections.splits[id(selection)] = _Split(leaves, others, selection)
        return found


def _leaf(parent_type: GraphQLObjectType, name: str, field_name: str) -> _Leaf | None:
    asked = parent_type.fields.get(field_name)
    if asked is None or "read" not in asked.extensions:
        return None
    kind = get_nullable_type(asked.type)
    if not is_leaf_type(kind):
        return None
    return _Leaf(name, asked.extensions["read"], kind.coerce_output_value, is_non_null_type(asked.type))
