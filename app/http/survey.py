"""The one pass over a document before it is validated: counts, scopes, caching and cost, each fragment once.

A document of 1 kB can write out to 2^30 fields by fragments that spread others twice, and graphql-core compares every
pair of equal fields. So everything is counted with a memo per fragment and bounded steps, before anything else is done
with the document. It may still be invalid: what the schema does not know counts, and costs nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from app.http.cost import DEFAULT_SIZE, Cost, Points
from app.http.limits import Limits
from app.http.weights import Weight, declared_sizes, weigh

_INTROSPECTION = {"__schema", "__type"}


def exceeding(what: str, maximum: int) -> str:
    """How a client is told that a document has too much of `what`, the name of a limit."""
    return f"The document exceeds the limit of {what}: {maximum}."


class TooComplexError(Exception):
    """A document has more of something than it may: `what` is the name of a limit."""

    def __init__(self, what: str, maximum: int) -> None:
        super().__init__(exceeding(what, maximum))
        self.what = what
        self.maximum = maximum


class FragmentCycleError(Exception):
    """A fragment spreads itself, by others or at once."""

    def __init__(self, name: str) -> None:
        super().__init__(f'Fragment "{name}" spreads itself.')


@dataclass(slots=True)
class Measure:
    """What a selection comes to, its fragments written out.

    `points` are its cost but for its lists without a size of their own: what one item of those costs is `listed`, and
    the field above says how many there are.
    """

    fields: int = 0
    aliases: int = 0
    directives: int = 0
    depth: int = 0
    points: Points = field(default_factory=Points)
    listed: Points = field(default_factory=Points)

    def count(self, other: "Measure") -> None:
        """Adds the counts of what stands inside."""
        self.fields += other.fields
        self.aliases += other.aliases
        self.directives += other.directives
        self.depth = max(self.depth, other.depth + 1)


class Survey:
    """What the pass found. `measure`: of all operations together. `steps`: how many nodes it looked at.

    Raises:
        TooComplexError: the document has more than `limits` allow.
        FragmentCycleError: its fragments have no end.
    """

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, limits: Limits) -> None:
        self.measure = Measure()
        self.cost = Cost()
        self.max_age: int | None = None
        self.scopes: set[str] = set()
        self.has_directives = False
        self.introspects = False
        self.steps = 0
        self._schema = schema
        self._limits = limits
        self._known: dict[str, Measure | None] = {}  # None while a fragment is being measured
        self._require("definitions", len(document.definitions))
        self._fragments = {
            each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }
        operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
        for operation in operations:
            self.measure.count(self._operation(operation))
            self._check(self.measure)
        for name in self._fragments:
            self._check(self._fragment(name, 0))
        self._pairs = 0
        self._spread: set[str] = set()
        for each in operations:
            self._compare([each.selection_set])
        for name, fragment in self._fragments.items():
            if name not in self._spread:  # an error, which graphql-core tells after comparing it too
                self._compare([fragment.selection_set])

    def _require(self, what: str, count: int) -> None:
        maximum = getattr(self._limits, what)
        if count > maximum:
            raise TooComplexError(what, maximum)

    def _check(self, measure: Measure) -> None:
        for what in ("fields", "aliases", "directives"):
            self._require(what, getattr(measure, what))

    def _operation(self, node: OperationDefinitionNode) -> Measure:
        measure = self._selection(node.selection_set, self._schema.get_root_type(node.operation), 1)
        self._direct(measure, node.directives)
        for variable in node.variable_definitions or ():
            self._direct(measure, variable.directives)
        total = Points()
        total.add(measure.points)
        total.add(measure.listed, DEFAULT_SIZE)
        self.cost.operations[node.name.value if node.name else None] = (total, declared_sizes(node))
        return measure

    def _direct(self, measure: Measure, directives: Iterable[DirectiveNode] | None) -> None:
        count = len(tuple(directives or ()))
        measure.directives += count
        self.steps += count
        self.has_directives = self.has_directives or count > 0

    def _selection(self, node: SelectionSetNode, parent: GraphQLNamedType | None, depth: int) -> Measure:
        self._require("depth", depth)
        measure = Measure()
        for each in node.selections:
            self.steps += 1
            self._direct(measure, each.directives)
            if isinstance(each, FieldNode):
                self._field(measure, each, parent, depth)
                continue
            if isinstance(each, FragmentSpreadNode):
                inner = self._fragment(each.name.value, depth)
            elif isinstance(each, InlineFragmentNode):
                inner = self._selection(each.selection_set, self._condition(each, parent), depth + 1)
            measure.count(inner)
            measure.points.add(inner.points)
            measure.listed.add(inner.listed)
        return measure

    def _condition(
        self, node: InlineFragmentNode | FragmentDefinitionNode, parent: GraphQLNamedType | None
    ) -> GraphQLNamedType | None:
        return self._schema.type_map.get(node.type_condition.name.value) if node.type_condition else parent

    def _fragment(self, name: str, depth: int) -> Measure:
        known = self._known.get(name)
        if known is not None:
            self._require("depth", depth + known.depth)
            return known
        if name in self._known:
            raise FragmentCycleError(name)
        node = self._fragments.get(name)
        if node is None:
            return Measure()
        self._known[name] = None
        measure = self._selection(node.selection_set, self._condition(node, None), depth + 1)
        self._direct(measure, node.directives)
        self._known[name] = measure
        return measure

    def _field(self, measure: Measure, node: FieldNode, parent: GraphQLNamedType | None, depth: int) -> None:
        measure.fields += 1
        measure.aliases += node.alias is not None
        self.introspects = self.introspects or node.name.value in _INTROSPECTION
        weight = weigh(self._schema, parent, node)
        self._declare(weight)
        inner = Measure()
        if node.selection_set is not None:
            inner = self._selection(node.selection_set, weight.type, depth + 1)
            measure.count(inner)
        item = Points(weight.per_item)
        item.add(inner.points)
        if weight.is_list:
            item.add(inner.listed, DEFAULT_SIZE)
            measure.points.fixed += weight.own
            if weight.size is None:
                measure.listed.add(item)
            else:
                measure.points.add(self.cost.multiplied(weight.size, item))
            return
        item.add(self.cost.multiplied(DEFAULT_SIZE if weight.size is None else weight.size, inner.listed))
        measure.points.fixed += weight.own
        measure.points.add(item)

    def _declare(self, weight: Weight) -> None:
        self.scopes.update(weight.scopes)
        if weight.max_age is not None:
            self.max_age = weight.max_age if self.max_age is None else min(self.max_age, weight.max_age)

    def _compare(self, sets: list[SelectionSetNode]) -> None:
        """Counts the pairs of fields that graphql-core will compare: those of one response name in one place."""
        groups: dict[str, list[FieldNode]] = {}
        spread: set[str] = set()
        waiting = list(sets)
        while waiting:
            for each in waiting.pop().selections:
                self.steps += 1
                if isinstance(each, FieldNode):
                    groups.setdefault((each.alias or each.name).value, []).append(each)
                elif isinstance(each, InlineFragmentNode):
                    waiting.append(each.selection_set)
                elif isinstance(each, FragmentSpreadNode) and each.name.value not in spread:
                    spread.add(each.name.value)
                    if (fragment := self._fragments.get(each.name.value)) is not None:
                        waiting.append(fragment.selection_set)
        self._spread |= spread
        for group in groups.values():
            self._pairs += len(group) * (len(group) - 1) // 2
            self._require("duplicates", self._pairs)
        for group in groups.values():
            if inner := [each.selection_set for each in group if each.selection_set is not None]:
                self._compare(inner)
