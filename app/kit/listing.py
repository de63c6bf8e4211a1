"""Lists for staff: the rows of one statement, newest first, a page at a time."""

from typing import Any

from app.kit import db, paging
from app.kit.cursors import Column, Sort
from app.kit.paging import Page

DEFAULT_PAGE = 20
MAX_PAGE = 50


class Listing:
    """A list of rows with one text per page kind, newest first by id.

    `source` is from FROM to a condition; `given` says how many values it takes, as $1 and so on.
    """

    def __init__(self, name: str, model: type[Any], columns: str, source: str, alias: str, *, given: int = 0) -> None:
        self._model = model
        self._sort = Sort(name, (Column("id", int, f"{alias}.id", descending=True),))
        order = f"ORDER BY {self._sort.order_by} LIMIT ${given + 1}"
        self._first = f"SELECT {columns} {source} {order}"
        self._after = f"SELECT {columns} {source} AND {self._sort.after(given + 2)} {order}"
        self._count = f"SELECT count(*) {source}"

    async def page(self, *values: Any, first: int | None, after: str | None) -> Page[Any]:
        """A page of the list for these values.

        Raises:
            BadPageSize: `first` outside 1 to MAX_PAGE.
            BadCursor: `after` is no cursor of this list.
        """
        size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
        if after is None:
            rows = await db.rows(self._model, self._first, *values, size + 1)
        else:
            rows = await db.rows(self._model, self._after, *values, size + 1, *self._sort.values(after))

        async def total() -> int:
            return int((await db.fetch(self._count, *values))[0][0])

        return paging.cut(rows, size, sort=self._sort, after=after, total=total)
