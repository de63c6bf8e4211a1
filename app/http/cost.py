"""What a request may cost at most, in points: a sum that knows the document, and waits for the variables.

A field that answers an object costs 1, a leaf 0, a field of a mutation or a subscription 10; `@cost` says otherwise.
A list costs its size times what one item costs. A field that is asked twice is counted twice, and so are parts that
exclude each other: the points are an upper bound, and `extensions.cost.actual` tells what was answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DEFAULT_SIZE = 10  # items, of a list that does not say
LARGEST_SIZE = 100  # no page is larger: a resolver refuses more before it reads anything
OWN_OBJECT = 1
OWN_OPERATION = 10


@dataclass(slots=True)
class Points:
    """`fixed`, and how often each of a Cost's `factors` is added to it."""

    fixed: int = 0
    times: dict[int, int] = field(default_factory=dict)

    def add(self, other: "Points", times: int = 1) -> None:
        """Adds `other` that often."""
        self.fixed += other.fixed * times
        for factor, count in other.times.items():
            self.times[factor] = self.times.get(factor, 0) + count * times

    def total(self, values: list[int]) -> int:
        """The points, where `values` are those of the factors."""
        return self.fixed + sum(count * values[factor] for factor, count in self.times.items())


@dataclass(frozen=True, slots=True)
class Slice:
    """A list whose size is a variable: `assumed` without a value."""

    variable: str
    assumed: int

    def size(self, given: Mapping[str, Any], declared: Mapping[str, int]) -> int:
        """How many items are counted."""
        size = _size(given.get(self.variable))
        return declared.get(self.variable, self.assumed) if size is None else size


@dataclass(slots=True)
class Cost:
    """The cost of a document's operations.

    `factors`: products of a size and the points of one item, each made of earlier ones. `operations`: by name, None
    for one without; with the sizes its variables have by default.
    """

    factors: list[tuple[Slice, Points]] = field(default_factory=list)
    operations: dict[str | None, tuple[Points, dict[str, int]]] = field(default_factory=dict)

    def multiplied(self, size: "int | Slice", item: Points) -> Points:
        """The points of a list of that size."""
        if isinstance(size, int):
            product = Points()
            product.add(item, size)
            return product
        if not item.fixed and not item.times:
            return item
        self.factors.append((size, item))
        return Points(times={len(self.factors) - 1: 1})

    def of(self, operation_name: str | None, variables: Mapping[str, Any] | None) -> int:
        """The points of an operation asked with `variables` as they were sent; of the only one without a name."""
        if operation_name is None and len(self.operations) == 1:
            points, declared = next(iter(self.operations.values()))
        else:
            points, declared = self.operations[operation_name]
        if not points.times:
            return points.fixed
        given = variables or {}
        values: list[int] = []
        for size, item in self.factors:
            values.append(size.size(given, declared) * item.total(values))
        return points.total(values)


def clamped(size: int) -> int:
    """A size as it is counted: what is negative or too large answers nothing, and is refused by its field."""
    return max(0, min(size, LARGEST_SIZE))


def _size(value: Any) -> int | None:
    """The size a variable says, or None if it says none."""
    if isinstance(value, list):
        return clamped(len(value))
    if isinstance(value, int | float) and not isinstance(value, bool) and value == value:  # noqa: PLR0124 - not NaN
        return int(max(0, min(value, LARGEST_SIZE)))  # a float may be infinite
    return None
