"""Pages of a list: keyset paging, where a cursor is the sort key of a row and not its position.

Rows inserted or removed between two pages neither repeat nor hide others.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from app.kit.cursors import Sort
from app.kit.errors import BadInput

T = TypeVar("T")


class BadPageSize(BadInput):
    """`first` is less than one or more than the list gives at once."""


def page_size(first: int | None, *, default: int, maximum: int) -> int:
    """How many rows a page holds: what was asked for, or `default`.

    Raises:
        BadPageSize: less than 1 or more than `maximum`.
    """
    if first is None:
        return default
    if not 1 <= first <= maximum:
        raise BadPageSize(f"first must be from 1 to {maximum}")
    return first


@dataclass(frozen=True, slots=True)
class Edge(Generic[T]):
    """A row of a page; its cursor is made when it is read."""

    node: T
    cursor_of: Callable[[T], str]

    @property
    def cursor(self) -> str:
        """Where this row stands in the list."""
        return self.cursor_of(self.node)


@dataclass(frozen=True)
class Page(Generic[T]):
    """A stretch of a list, in its order. `total` counts the whole list, and is called only to be told."""

    rows: Sequence[T]
    has_next: bool
    has_previous: bool
    cursor_of: Callable[[T], str]
    total: Callable[[], Awaitable[int]]

    @cached_property
    def edges(self) -> list[Edge[T]]:
        """The rows with their cursors."""
        return [Edge(row, self.cursor_of) for row in self.rows]

    @property
    def start_cursor(self) -> str | None:
        """The cursor of the first row, or None on an empty page."""
        return self.cursor_of(self.rows[0]) if self.rows else None

    @property
    def end_cursor(self) -> str | None:
        """The cursor of the last row, or None on an empty page."""
        return self.cursor_of(self.rows[-1]) if self.rows else None


def cut(rows: Sequence[T], size: int, *, sort: Sort, after: str | None, total: Callable[[], Awaitable[int]]) -> Page[T]:
    """The page of the first `size` of `rows`, of which the statement fetched `size + 1` when there are more.

    `after` is the cursor the statement began behind. Cursors are read from the attributes that `sort` names.
    """
    return Page(
        rows=rows[:size],
        has_next=len(rows) > size,
        has_previous=after is not None,
        cursor_of=sort.cursor_of,
        total=total,
    )


def known(count: int) -> Callable[[], Awaitable[int]]:
    """A `total` that needs no statement, because the count stands in a row already read."""

    async def total() -> int:
        return count

    return total
