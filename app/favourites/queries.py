"""Reads of what a customer keeps; a product that is not sold any more is passed over, and comes back with it."""

from datetime import datetime

from app.catalog.models import Product
from app.kit import db, paging
from app.kit.cursors import Column, Sort
from app.kit.paging import Page
from app.kit.rows import select

MAX_PAGE = 50
DEFAULT_PAGE = 20


class _Kept:
    """A list of products a customer keeps in a table, newest first by the column `since`."""

    def __init__(self, table: str, since: str) -> None:
        self.sort = Sort(
            table,
            (
                Column("kept_since", datetime, f"k.{since}", descending=True),
                Column("kept_id", int, "k.id", descending=True),
            ),
        )
        kept = f"""FROM {table} k JOIN product p ON p.id = k.product_id AND p.status = 'PUBLISHED'
WHERE k.customer_id = $1"""
        page = f"SELECT {select(Product, 'p')}, k.{since} AS kept_since, k.id AS kept_id {kept}"
        self._first = f"{page} ORDER BY {self.sort.order_by} LIMIT $2"
        self._after = f"{page} AND {self.sort.after(3)} ORDER BY {self.sort.order_by} LIMIT $2"
        self._count = f"SELECT count(*) {kept}"

    async def page(self, customer_id: int, *, first: int | None, after: str | None) -> Page[Product]:
        """A page of the list.

        Raises:
            BadPageSize: `first` outside 1 to MAX_PAGE.
            BadCursor: `after` is no cursor of this list.
        """
        size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
        if after is None:
            rows = await db.rows(Product, self._first, customer_id, size + 1)
        else:
            rows = await db.rows(Product, self._after, customer_id, size + 1, *self.sort.values(after))

        async def total() -> int:
            return int((await db.fetch(self._count, customer_id))[0][0])

        return paging.cut(rows, size, sort=self.sort, after=after, total=total)


FAVOURITES = _Kept("favourite", "created_at")
SEEN = _Kept("product_view", "viewed_at")

_WHICH = "SELECT product_id FROM favourite WHERE customer_id = $1 AND product_id = ANY($2)"


async def which_are_favourites(product_ids: list[int], *, customer_id: int) -> set[int]:
    """Those of the products that the customer has among her favourites."""
    return {record[0] for record in await db.fetch(_WHICH, customer_id, product_ids)}
