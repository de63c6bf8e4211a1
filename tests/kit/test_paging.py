"""Page sizes, and pages as connections read them."""

from dataclasses import dataclass

import pytest

from app.kit import paging
from app.kit.cursors import Column, Sort

BY_RATING = Sort("reviews", (Column("rating", int, "r.rating", descending=True), Column("id", int, "r.id")))


@dataclass
class Row:
    """What a statement answers."""

    rating: int
    id: int


async def seven() -> int:
    """A count."""
    return 7


async def never() -> int:
    """A count nobody asked for."""
    raise AssertionError("the count was made without being selected")


ROWS = [Row(5, 1), Row(5, 2), Row(4, 9)]


@pytest.mark.parametrize(("first", "size"), [(None, 20), (1, 1), (50, 50)])
def test_page_size_is_what_was_asked_or_the_default(first: int | None, size: int) -> None:
    """Both ends of the range are in it."""
    assert paging.page_size(first, default=20, maximum=50) == size


@pytest.mark.parametrize("first", [0, -1, 51, 10_000])
def test_page_size_out_of_range_is_refused_with_the_range(first: int) -> None:
    """The message tells what may be asked."""
    with pytest.raises(paging.BadPageSize, match=r"^first must be from 1 to 50$"):
        paging.page_size(first, default=20, maximum=50)


def test_a_page_holds_at_most_its_size_and_knows_of_the_row_beyond() -> None:
    """One row more than asked for means a next page."""
    page = paging.cut(ROWS, 2, sort=BY_RATING, after=None, total=never)
    assert [row.id for row in page.rows] == [1, 2]
    assert (page.has_next, page.has_previous) == (True, False)


def test_the_last_page_has_no_next_but_a_previous() -> None:
    """A page behind a cursor, with all rows that were left."""
    page = paging.cut(ROWS, 3, sort=BY_RATING, after="anything", total=never)
    assert (page.has_next, page.has_previous) == (False, True)


def test_edges_carry_the_rows_and_their_cursors() -> None:
    """The page's own cursors are those of its ends."""
    page = paging.cut(ROWS, 3, sort=BY_RATING, after=None, total=never)
    assert [edge.node for edge in page.edges] == ROWS
    assert [BY_RATING.values(edge.cursor) for edge in page.edges] == [(5, 1), (5, 2), (4, 9)]
    assert page.start_cursor == page.edges[0].cursor
    assert page.end_cursor == page.edges[2].cursor


def test_an_empty_page_has_no_cursors() -> None:
    """Null where there is no row."""
    page = paging.cut([], 3, sort=BY_RATING, after=None, total=never)
    assert (page.edges, page.start_cursor, page.end_cursor) == ([], None, None)


async def test_the_total_is_counted_when_asked_for() -> None:
    """The callable is the count, not a coroutine left waiting."""
    page = paging.cut(ROWS, 3, sort=BY_RATING, after=None, total=seven)
    assert await page.total() == 7
